"""Invented authorities: cases drawn at random from a fixed seed, and the extract that shows them on a given day.

Knows how often things happen in an invented authority (all of it made up; no council's figures were used), and the
order in which they can happen. A case is drawn with its whole life at once; an extract shows what of it had happened,
and had been entered, by the snapshot date. So the extracts of successive months agree, and identifiers stay.

Of the random module only ``random`` and ``getrandbits`` are used, through ``make_2011.Chance``.
"""

from __future__ import annotations

import csv
import io
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import accumulate
from typing import Final

from make_2011 import REFERENCE_DATA, Chance, Row, working_day


@dataclass(frozen=True)
class Authority:
    """What makes one invented authority differ from another. Shares are between 0 and 1."""

    area: str
    seed: int
    first_day: date  # of receipt of its cases, as the last
    last_day: date
    cases: int
    in_time: tuple[float, float]  # share of strategy discussions in time, on the first day and on the last
    pace: tuple[float, float] = (1.0, 1.0)  # the time to outcome is multiplied by it, on the first day and the last
    over_threshold: float = 0.75
    advice_sought: float = 0.9  # from each of police and social services
    overridden: float = 0.1  # of the cases in which both advised protection
    minuted: float = 0.8
    late_entry: float = 0.2  # of closures: entered weeks after
    welsh_medium: float = 0.25
    system: str = "WCCIS"
    prepared_by: str = "LADO"

    def at(self, ends: tuple[float, float], day: date) -> float:
        """Between the two ends, as far as ``day`` lies between the first and the last day."""
        passed = (day - self.first_day).days / max((self.last_day - self.first_day).days, 1)
        return ends[0] + (ends[1] - ends[0]) * passed


@dataclass(frozen=True)
class Entry:
    """A row with its history: there from ``since`` until ``gone``; ``before``: cells that said otherwise before a day,
    the latest change first."""

    since: date
    row: Row
    before: tuple[tuple[date, Row], ...] = ()
    gone: date | None = None

    def on(self, day: date) -> Row | None:
        if self.since > day or (self.gone and self.gone <= day):
            return None
        shown = dict(self.row)
        for changed_on, cells in self.before:
            shown |= cells if changed_on > day else {}
        return shown


@dataclass(frozen=True)
class Report:
    """A report as it came in: who is alleged to have done something, and where."""

    on: date
    adult: str
    setting: str
    place: str
    role: str
    prior: int  # earlier reports about the same adult


@dataclass(frozen=True)
class Safeguard:
    """What was advised by agency (value, day), and what was decided; no ``value`` where nothing was."""

    advised: dict[str, tuple[str, date]] = field(default_factory=dict)
    value: str = ""
    on: date | None = None
    reviewed_on: date | None = None
    reviewed: str = ""

    @property
    def is_less_than_advised(self) -> bool:
        return self.value in DECIDED and any(DECIDED[self.value] < ADVISED[value] for value, _ in self.advised.values())


@dataclass(frozen=True)
class Case:
    """The whole life of a case, past any snapshot. ``concluded_on`` is empty where it is closed without an outcome."""

    id: str
    report: Report
    is_over: bool  # the threshold
    threshold_on: date
    discussed_on: date | None
    with_police: bool
    met_on: date | None  # the first strategy meeting
    safeguard: Safeguard
    assessed_on: date | None
    outcome: str
    concluded_on: date | None
    closed_on: date
    entered_on: date  # when the closure stood in the system
    exit_type: str
    exit_on: date | None
    result: str  # of disciplinary proceedings
    heard_on: date | None
    has_child: bool
    # Changes after the fact, set by make_northmoor.py.
    first_received_as: date | None = None
    corrected_on: date | None = None
    reopened_on: date | None = None
    withdrawn_on: date | None = None

    @property
    def ended_on(self) -> date:
        return self.concluded_on or self.closed_on

    @property
    def police_involved(self) -> bool:
        advised = [value for agency, (value, _) in self.safeguard.advised.items() if agency == "POLICE"]
        return self.with_police or any(value not in NOT_GIVEN for value in advised)

    @property
    def is_audited(self) -> bool:
        return int(self.id[-3:], 16) % 19 < 2  # 10 or 11 in a hundred


NOT_GIVEN: Final = {"NOT_SOUGHT", "NOT_RECORDED"}
ADVISED: Final = {"SUSPEND": 2, "RESTRICT": 1, "NO_RESTRICTION": 0, "NO_VIEW": 0, "NOT_SOUGHT": 0, "NOT_RECORDED": 0}
DECIDED: Final = {"SUSPENDED": 2, "ALTERNATIVE": 1, "NONE": 0}
BY_LEVEL: Final = ("NONE", "ALTERNATIVE", "SUSPENDED")
EARLY_END: Final = {"RESIGNED", "RETIRED", "REDUNDANCY", "SETTLEMENT", "CONTRACT_END", "AGENCY_RELEASED"}

# How busy a working day is, by month; fewer reports when schools are shut.
SEASON: Final = {1: 95, 2: 90, 3: 115, 4: 75, 5: 105, 6: 120, 7: 95, 8: 35, 9: 105, 10: 105, 11: 125, 12: 95}
CHRISTMAS: Final = 15  # from 20 December to 3 January

# Time to outcome in calendar days, by share of cases: half within five weeks, and a long tail.
TIME_TO_OUTCOME: Final = ((0.0, 5), (0.25, 18), (0.5, 36), (0.75, 85), (0.9, 190), (0.97, 380), (1.0, 700))

# Where cases arise: chances, roles, employers and the ages of the children, by band.
PLACES = """
PRIMARY            30  TEACHER,TEACHER,SUPPORT,SUPPORT,HEAD,ADMIN_SITE,SUPPLY_AGENCY  MAINTAINED_SCHOOL     5-7,8-10
SECONDARY          22  TEACHER,TEACHER,TEACHER,SUPPORT,HEAD,SUPPLY_AGENCY   MAINTAINED_SCHOOL     11-13,14-16
MIDDLE_ALL_THROUGH  4  TEACHER,SUPPORT                      MAINTAINED_SCHOOL,INDEPENDENT_SCHOOL  5-7,8-10,11-13,14-16
SPECIAL             5  TEACHER,SUPPORT,SUPPORT              MAINTAINED_SCHOOL                     8-10,11-13,14-16
PRU_EOTAS           2  TEACHER,SUPPORT                      LA                                    11-13,14-16
FE                  2  TEACHER,SUPPORT                      FE_COLLEGE                            14-16,17
NURSERY_CHILDCARE   8  EARLY_YEARS                          PRIVATE,PRIVATE,THIRD_SECTOR          0-2,3-4
FOSTER_HOME        10  FOSTER_CARER                         FOSTERING,LA                          5-7,8-10,11-13,14-16
CHILDRENS_HOME      5  RESIDENTIAL                          PRIVATE,LA                            11-13,14-16,17
YOUTH               3  YOUTH,VOLUNTEER                      LA,THIRD_SECTOR                       11-13,14-16
TRANSPORT           3  TRANSPORT                            PRIVATE,SELF_EMPLOYED                 5-7,11-13
CLUB                6  SPORT_LEISURE,VOLUNTEER,FAITH        THIRD_SECTOR,FAITH_BODY               8-10,11-13,14-16
HEALTH              2  HEALTH                               NHS                                   8-10,14-16
"""
_PLACES: Final = {
    line.split()[0]: [cell.split(",") for cell in line.split()[1:]] for line in PLACES.split("\n") if line
}
_PLACE_WEIGHTS: Final = " ".join(f"{name} {columns[0][0]}" for name, columns in _PLACES.items())
SCHOOLS: Final = {"PRIMARY", "SECONDARY", "MIDDLE_ALL_THROUGH", "SPECIAL", "PRU_EOTAS"}
INSPECTED: Final = {"NURSERY_CHILDCARE", "FOSTER_HOME", "CHILDRENS_HOME"}
REGULATORS: Final = {"HEAD": "EWC", "TEACHER": "EWC", "SUPPORT": "EWC", "YOUTH": "EWC", "SUPPLY_AGENCY": "EWC"} | {
    "RESIDENTIAL": "SCW",
    "EARLY_YEARS": "CIW",
    "HEALTH": "NMC",
}


def pick(chance: Chance, weights: str) -> str:
    """One of the names in ``weights``, each followed by the number of chances it has: ``Y 3 N 1``."""
    names, shares = weights.split()[::2], [int(share) for share in weights.split()[1::2]]
    drawn = chance.between(1, sum(shares))
    return next(name for name, upto in zip(names, accumulate(shares), strict=True) if drawn <= upto)


def text(day: date | None) -> str:
    return str(day) if day else ""


# Reports


def reports(authority: Authority) -> list[Report]:
    """As many as the authority has, in order; sometimes several of one setting within days."""
    chance = Chance(authority.seed)
    settings = [(chance.id("s"), pick(chance, _PLACE_WEIGHTS)) for _ in range(max(12, authority.cases // 3))]
    days, total = _days(authority)
    found: list[tuple[date, tuple[str, str]]] = []
    while len(found) < authority.cases:
        first, setting = _busy_day(days, total, chance), chance.one(*settings)
        for more in range(int(pick(chance, "1 90 2 5 3 3 4 2"))):
            on = working_day(first, chance.between(0, 4)) if more else first
            found.append((min(on, authority.last_day), setting))
    found = sorted(found[: authority.cases])
    return list(_with_adults(found, chance))


def _days(authority: Authority) -> tuple[list[tuple[int, date]], int]:
    """Every working day with the running total of how busy it is, and the total."""
    span = range((authority.last_day - authority.first_day).days + 1)
    every = (authority.first_day + timedelta(days=n) for n in span)
    days = [day for day in every if working_day(day) == day]
    totals = list(accumulate(_busyness(day) for day in days))
    return list(zip(totals, days, strict=True)), totals[-1]


def _busyness(day: date) -> int:
    at_christmas = (day.month, day.day) >= (12, 20) or (day.month, day.day) <= (1, 3)
    return CHRISTMAS if at_christmas else SEASON[day.month]


def _busy_day(days: list[tuple[int, date]], total: int, chance: Chance) -> date:
    drawn = chance.between(1, total)
    day = next(day for upto, day in days if drawn <= upto)
    is_weekend_report = day.weekday() == 4 and day != days[-1][1] and chance.yes(0.12)
    return day + timedelta(days=1) if is_weekend_report else day


def _with_adults(found: Iterable[tuple[date, tuple[str, str]]], chance: Chance) -> Iterator[Report]:
    """Some of the adults have been reported before, at the same setting."""
    known: list[Report] = []
    times: Counter[str] = Counter()
    for on, (setting, place) in found:
        earlier = [report for report in known if report.setting == setting]
        if earlier and chance.yes(0.2):
            adult, role = chance.one(*((report.adult, report.role) for report in earlier))
        else:
            adult, role = chance.id("a"), chance.one(*_PLACES[place][1])
        before_the_window = 1 if chance.yes(0.06) else 0
        known.append(Report(on, adult, setting, place, role, times[adult] + before_the_window))
        times[adult] += 1
        yield known[-1]


# Lives


def cases(authority: Authority) -> list[tuple[Case, Chance]]:
    """Every case, each with chances of its own, so that a change in one leaves the others as they are."""
    found = []
    for number, report in enumerate(reports(authority), start=1):
        chance = Chance(authority.seed * 10_000 + number)
        is_over = chance.yes(authority.over_threshold)
        found.append(((_over if is_over else _not_met)(authority, report, chance), chance))
    return found


def _not_met(authority: Authority, report: Report, chance: Chance) -> Case:
    threshold_on = working_day(report.on, int(pick(chance, "0 5 1 3 2 1 4 1")))
    closed_on = working_day(threshold_on, chance.between(0, 8))
    return Case(
        id=chance.id("c"),
        report=report,
        is_over=False,
        threshold_on=threshold_on,
        discussed_on=None,
        with_police=False,
        met_on=None,
        safeguard=Safeguard(),
        assessed_on=threshold_on if chance.yes(0.3) else None,
        outcome="NMT",
        concluded_on=None,
        closed_on=closed_on,
        entered_on=_entered_on(authority, closed_on, chance),
        exit_type="NONE",
        exit_on=None,
        result="NONE",
        heard_on=None,
        has_child=chance.yes(0.6),
    )


def _over(authority: Authority, report: Report, chance: Chance) -> Case:
    discussed_on, with_police = _discussion(authority, report, chance)
    met_on = (
        working_day(discussed_on or report.on, int(pick(chance, "2 2 4 3 6 3 9 2 14 1"))) if chance.yes(0.6) else None
    )
    safeguard = _safeguard(authority, report, discussed_on, chance)
    threshold_on = working_day(report.on, int(pick(chance, "0 6 1 4 2 1 5 1")))
    first = min(day for day in (discussed_on, met_on, threshold_on) if day)
    settled = max(day for day in (discussed_on, met_on, safeguard.on, threshold_on) if day)
    waited = _time_to_outcome(chance) * authority.at(authority.pace, report.on)
    ended_on = working_day(max(settled, report.on + timedelta(days=int(waited))))
    outcome = pick(chance, "SUB 34 UNS 28 UNF 26 MAL 1 UNK 6")
    result, heard_on = _discipline(outcome, ended_on, chance)
    exit_type, exit_on = _exit(report, safeguard, ended_on, chance)
    assessed_on = _assessed_on(report, safeguard, exit_on, ended_on, chance)
    if exit_on:
        result, heard_on = "NOT_APPLICABLE", None
    elif result == "DISMISSED":
        exit_type, exit_on = "DISMISSED", heard_on
    closed_on = working_day(max(heard_on or ended_on, ended_on), int(pick(chance, "0 4 2 3 5 2 12 1")))
    return Case(
        id=chance.id("c"),
        report=report,
        is_over=True,
        threshold_on=min(threshold_on, first),
        discussed_on=discussed_on,
        with_police=with_police,
        met_on=met_on,
        safeguard=_with_review(safeguard, exit_on, ended_on, chance),
        assessed_on=assessed_on,
        outcome=outcome,
        concluded_on=None if outcome == "UNK" else ended_on,
        closed_on=closed_on,
        entered_on=_entered_on(authority, closed_on, chance),
        exit_type=exit_type,
        exit_on=exit_on,
        result=result,
        heard_on=heard_on,
        has_child=chance.yes(0.85),
    )


def _discussion(authority: Authority, report: Report, chance: Chance) -> tuple[date | None, bool]:
    """The day of the strategy discussion, if one was held, and whether the police were there."""
    if chance.yes(authority.at(authority.in_time, report.on)):
        return working_day(working_day(report.on), chance.between(0, 1)), True
    how = pick(chance, "late 14 without_police 3 never 3")
    if how == "never":
        return None, False
    wait = chance.between(0, 2) if how == "without_police" else int(pick(chance, "2 8 3 5 5 4 8 2 15 1"))
    return working_day(working_day(report.on), wait), how == "late"


def _time_to_outcome(chance: Chance) -> float:
    share = chance.between(0, 9_999) / 10_000
    upper = next(n for n, (upto, _) in enumerate(TIME_TO_OUTCOME) if share < upto)
    (low, shortest), (high, longest) = TIME_TO_OUTCOME[upper - 1 : upper + 1]
    return shortest + (longest - shortest) * (share - low) / (high - low)


def _entered_on(authority: Authority, closed_on: date, chance: Chance) -> date:
    days, is_late = chance.between(8, 45), chance.yes(authority.late_entry)
    return closed_on + timedelta(days=days if is_late else 0)


def _safeguard(authority: Authority, report: Report, discussed_on: date | None, chance: Chance) -> Safeguard:
    """The advice of both agencies, and the answer to it: within a working day of the later, but for overrides."""
    start = min(working_day(report.on, chance.one(0, 0, 1, 2)), discussed_on or date.max)
    later = working_day(start, 1) if chance.yes(0.2) else start
    severity = pick(chance, "high 45 medium 25 low 30")
    police = (_advice(authority, severity, chance), later)
    social = (_advice(authority, severity, chance), start)
    advised = {"POLICE": police, "SS": social}
    jointly = min(ADVISED[value] for value, _ in advised.values())
    is_overridden = jointly > 0 and chance.yes(authority.overridden)
    is_silent = is_overridden and chance.yes(0.2)
    is_slow = is_silent or (jointly == 0 and chance.yes(0.12))
    value = _decision(advised, jointly, is_overridden and not is_silent, chance)
    on = working_day(later, chance.between(2, 5)) if is_slow else working_day(later, chance.one(0, 0, 1))
    return _as_told(advised, value, on)


def _as_told(advised: dict[str, tuple[str, date]], value: str, on: date) -> Safeguard:
    """Advice that was not sought stands on the day of the decision it should have informed."""
    dated = {agency: (said, on if said in NOT_GIVEN else day) for agency, (said, day) in advised.items()}
    return Safeguard(dated, value, on if value else None)


def _advice(authority: Authority, severity: str, chance: Chance) -> str:
    if not chance.yes(authority.advice_sought):
        return pick(chance, "NOT_SOUGHT 4 NOT_RECORDED 1")
    views = {
        "high": "SUSPEND 12 RESTRICT 5 NO_VIEW 2 NO_RESTRICTION 1",
        "medium": "SUSPEND 2 RESTRICT 10 NO_RESTRICTION 6 NO_VIEW 2",
        "low": "RESTRICT 2 NO_RESTRICTION 14 NO_VIEW 4",
    }
    return pick(chance, views[severity])


def _decision(advised: dict[str, tuple[str, date]], jointly: int, is_overridden: bool, chance: Chance) -> str:
    levels = [ADVISED[value] for value, _ in advised.values()]
    if is_overridden:
        return BY_LEVEL[chance.between(0, jointly - 1)]
    if jointly:
        return pick(chance, f"{BY_LEVEL[max(levels)]} 70 {BY_LEVEL[jointly]} 28 LEFT 2")
    if max(levels):  # one agency only
        return pick(chance, f"{BY_LEVEL[max(levels)]} 72 {BY_LEVEL[max(levels) - 1]} 20 LEFT 3 NOT_RECORDED 3")
    value = pick(chance, "NONE 70 ALTERNATIVE 18 SUSPENDED 4 LEFT 2 NOT_RECORDED 3 - 3")
    return "" if value == "-" else value


def _with_review(safeguard: Safeguard, exit_on: date | None, ended_on: date, chance: Chance) -> Safeguard:
    """Some weeks later, what protects is looked at again: kept, or lowered as both agencies then advise."""
    if safeguard.on is None or DECIDED.get(safeguard.value, 0) == 0 or chance.yes(0.15):
        return safeguard
    on = working_day(safeguard.on, chance.between(17, 26))
    if on >= min(exit_on or ended_on, ended_on):
        return safeguard
    lower = BY_LEVEL[DECIDED[safeguard.value] - 1]
    reviewed = safeguard.value if chance.yes(0.65) else lower
    return Safeguard(safeguard.advised, safeguard.value, safeguard.on, on, reviewed)


def _exit(report: Report, safeguard: Safeguard, ended_on: date, chance: Chance) -> tuple[str, date | None]:
    kind = pick(chance, "RESIGNED 12 CONTRACT_END 3 RETIRED 2 REDUNDANCY 2 SETTLEMENT 2")
    kind = "AGENCY_RELEASED" if report.role == "SUPPLY_AGENCY" else kind
    if safeguard.value == "LEFT" and safeguard.on:
        return kind, safeguard.on
    if not chance.yes(0.1):
        return "NONE", None
    wait = chance.between(2, 7) if chance.yes(0.3) else chance.between(10, 70)
    left_on = working_day(safeguard.on or report.on, wait)
    return (kind, left_on) if left_on < ended_on else ("NONE", None)


def _assessed_on(
    report: Report, safeguard: Safeguard, exit_on: date | None, ended_on: date, chance: Chance
) -> date | None:
    """Mostly before the decision; sometimes after, never, or only when the person had gone."""
    how = pick(chance, "before 78 after 13 never 9")
    if exit_on and (exit_on - report.on).days < 14 and chance.yes(0.6):
        how = "never"
    if how == "never":
        return None
    decided_on = safeguard.on or working_day(report.on, 2)
    if how == "before":
        return min(decided_on, working_day(report.on, chance.between(0, 2)))
    return min(working_day(decided_on, chance.between(2, 12)), ended_on)


def _discipline(outcome: str, ended_on: date, chance: Chance) -> tuple[str, date | None]:
    """The result, and the day of the hearing, or of advice given without one."""
    chances = {
        "SUB": "NONE 20 ADVICE 30 WARNING 20 FINAL_WARNING 12 DISMISSED 18",
        "UNS": "NONE 80 ADVICE 15 WARNING 5",
    }
    result = pick(chance, chances.get(outcome, "NONE 1"))
    if result == "NONE":
        return result, None
    return result, working_day(
        ended_on, int(pick(chance, "1 5 3 4 6 1") if result == "ADVICE" else pick(chance, "8 3 13 4 18 3 30 1"))
    )


# Tables. Each function makes the entries of one for one case.


def case_entry(case: Case, chance: Chance) -> Entry:
    report, over = case.report, case.is_over
    at_risk = over and chance.yes(0.06)
    row = {
        "case_id": case.id,
        "adult_id": report.adult,
        "setting_id": report.setting,
        **_receipt(case, chance),
        "threshold_criteria": pick(chance, "T1 9 T2 2 T3 6 T4 4 T1;T2 3 T1;T3 3 T3;T4 2"),
        "threshold_met": "Y" if over else "N",
        "threshold_decision_date": str(case.threshold_on),
        "threshold_rationale_recorded": chance.yn(0.86),
        "recorded_against_adult": chance.yn(0.8),
        **_harm(case, chance),
        "immediate_risk": "Y" if at_risk else "N",
        "immediate_risk_date": str(report.on) if at_risk else "",
        "prior_reports_count": str(report.prior),
        "police_involved": "Y" if case.police_involved else "N",
        "s47_linked": pick(chance, "Y 3 N 6 U 1") if over and case.has_child else "N",
        "criminal_outcome": _criminal(case, chance),
        "meeting_decided": "Y" if case.met_on or (over and chance.yes(0.05)) else "N",
        "risk_assessment_date": text(case.assessed_on),
        **_ending(case),
        **_leaving(case, chance),
        **_referral(case, chance),
        "named_contact_given": chance.yn(0.7) if over else pick(chance, "Y 1 N 2 U 1"),
    }
    changes = tuple(_case_changes(case, row))
    return Entry(report.on, row | REOPENED if case.reopened_on else row, changes)


ENDING: Final = ("status", "closed_date", "outcome_code", "outcome_date", "outcome_forum")
REOPENED: Final = dict.fromkeys(ENDING, "") | {"status": "REOPENED", "outcome_code": "OPEN"}


def _case_changes(case: Case, row: Row) -> Iterator[tuple[date, Row]]:
    """What the cells said before each thing happened or was entered, the latest first."""
    if case.reopened_on:
        yield case.reopened_on, {name: row[name] for name in ENDING}
    if case.corrected_on:
        yield case.corrected_on, {"received_date": text(case.first_received_as)}
    for column in ("dbs_referral_date", "regulator_referral_date"):
        if row[column]:
            yield max(date.fromisoformat(row[column]), case.entered_on), {column: ""}
    yield case.entered_on, _while_open(case)
    if case.exit_on and case.exit_type != "DISMISSED":
        yield case.exit_on, {"exit_type": "NONE", "exit_date": "", "reference_agreed": "NA"}
    if case.assessed_on:
        yield case.assessed_on, {"risk_assessment_date": ""}
    undecided = {"threshold_met": "U", "threshold_decision_date": "", "threshold_rationale_recorded": "U"}
    yield case.threshold_on, {**undecided, "recorded_against_adult": "U", "meeting_decided": "U"}


def _while_open(case: Case) -> Row:
    blank = ("closed_date", "outcome_date", "outcome_forum", "removal_date", "employer_action_date", "hearing_date")
    cells = {name: "" for name in blank} | {"status": "OPEN", "outcome_code": "OPEN", "dbs_duty_met": "N"}
    cells["criminal_outcome"] = "PENDING" if case.police_involved else "NONE"
    cells["disciplinary_result"] = "PENDING" if case.safeguard.value == "SUSPENDED" else "NONE"
    if case.exit_type == "DISMISSED":
        cells |= {"exit_type": "NONE", "exit_date": "", "reference_agreed": "NA"}
    return cells


def _receipt(case: Case, chance: Chance) -> Row:
    report, known = case.report, chance.yes(0.85)
    in_school = report.place in SCHOOLS
    employer = "EMPLOYER_SCHOOL 45" if in_school else "EMPLOYER_OTHER 40"
    others = (
        "POLICE 14 SOCIAL_SERVICES 16 PARENT 9 HEALTH 4 CIW_ESTYN 3 WHISTLEBLOWER 2 CHILD 2 ANON 2 NSPCC_HELPLINE 2"
    )
    aware = working_day(report.on, -int(pick(chance, "0 12 1 9 2 3 5 2 15 1 40 1"))) if known else None
    return {
        "received_date": str(report.on),
        "received_time": f"{chance.between(8, 17):02}:{chance.between(0, 59):02}" if chance.yes(0.6) else "",
        "concern_aware_date": text(min(aware, report.on) if aware else None),
        "incident_period": pick(chance, "CURRENT 85 NON_RECENT 11 UNKNOWN 4"),
        "report_source": pick(chance, f"{employer} {others}"),
        "role_group": report.role,
        "setting_type": report.place,
        "employer_type": "AGENCY" if report.role == "SUPPLY_AGENCY" else chance.one(*_PLACES[report.place][2]),
        "work_context": pick(chance, "WORK 74 PRIVATE 15 BOTH 5 ONLINE 6"),
    }


def _harm(case: Case, chance: Chance) -> Row:
    kinds = "PHYSICAL 40 SEXUAL 14 EMOTIONAL 12 NEGLECT 7 CONDUCT_SUITABILITY 14 ONLINE 4"
    main = pick(chance, f"{kinds} GROOMING_EXPLOITATION 4 DOMESTIC_PRIVATE 4 FINANCIAL 1")
    more = ";EMOTIONAL" if main in {"PHYSICAL", "SEXUAL"} and chance.yes(0.2) else ""
    return {
        "harm_category": main,
        "harm_categories": main + more,
        "restraint_involved": chance.yn(0.2) if main == "PHYSICAL" else "N",
        "identifiable_child": "Y" if case.has_child else "N",
    }


def _criminal(case: Case, chance: Chance) -> str:
    if not case.police_involved:
        return "NONE"
    if case.outcome == "SUB":
        return pick(chance, "NFA 70 NONE 14 CAUTION 6 CHARGED 3 CONVICTED 7")
    return pick(chance, "NFA 75 NONE 23 ACQUITTED 2")


def _ending(case: Case) -> Row:
    return {
        "status": "CLOSED",
        "closed_date": str(case.closed_on),
        "outcome_code": case.outcome,
        "outcome_date": text(case.concluded_on),
        "outcome_forum": _outcome_forum(case) if case.concluded_on else "",
    }


def _outcome_forum(case: Case) -> str:
    if case.met_on:
        return "S5_MEETING"
    return "S5_DISCUSSION" if case.discussed_on else "OUTSIDE_PROCESS"


def _leaving(case: Case, chance: Chance) -> Row:
    dismissed = case.result == "DISMISSED"
    heard = case.result in {"WARNING", "FINAL_WARNING", "DISMISSED"}
    return {
        "exit_type": case.exit_type,
        "exit_date": text(case.exit_on),
        "reference_agreed": pick(chance, "Y 6 N 1 U 3") if case.exit_on else "NA",
        "removal_date": text(case.exit_on) if dismissed else "",
        "disciplinary_result": case.result,
        "employer_action_date": text(case.heard_on) if case.result == "ADVICE" else "",
        "hearing_date": text(case.heard_on) if heard else "",
    }


def _referral(case: Case, chance: Chance) -> Row:
    left_first = case.exit_type in EARLY_END and case.outcome == "SUB"
    has_duty = case.exit_type == "DISMISSED" or left_first
    regulator = REGULATORS.get(case.report.role, "NONE")
    start = max(case.exit_on or case.ended_on, case.ended_on)
    referred, told = chance.yes(0.8), chance.yes(0.75)
    wait = chance.between(2, 35)
    return {
        "dbs_duty_met": "Y" if has_duty else "N",
        "dbs_referral_date": str(working_day(start, wait)) if has_duty and referred else "",
        "regulator_code": regulator,
        "regulator_referral_date": str(working_day(start, wait + 2))
        if has_duty and told and regulator != "NONE"
        else "",
    }


def child_entries(authority: Authority, case: Case, chance: Chance) -> Iterator[Entry]:
    count = int(pick(chance, "1 85 2 11 3 4")) if case.has_child else 0
    in_welsh = chance.yn(authority.welsh_medium)
    for _ in range(count):
        status = _aln(case, chance)
        has_needs = status not in {"NONE", "UNK"}
        row = {
            "child_id": chance.id("k"),
            "case_id": case.id,
            "age_band": chance.one(*_PLACES[case.report.place][3]) if chance.yes(0.97) else "UNK",
            "sex": pick(chance, "F 49 M 49 U 2"),
            "ethnic_group": pick(chance, "WHITE 84 MIXED 5 ASIAN 4 BLACK 2 OTHER 1 REFUSED 1 UNK 3"),
            "aln_status": status,
            "aln_needs": pick(chance, "MLD 3 BESD 4 ASD 4 ADHD 3 SLCD 3 DYSL 2 BESD;SLCD 1") if has_needs else "",
            "disability": pick(chance, "Y 3 N 6 U 1") if has_needs else pick(chance, "Y 2 N 90 U 8"),
            "looked_after": "Y"
            if case.report.place in {"FOSTER_HOME", "CHILDRENS_HOME"}
            else pick(chance, "Y 4 N 93 U 3"),
            "cp_register": pick(chance, "Y 6 N 90 U 4"),
            "welsh_medium": in_welsh if case.report.place in SCHOOLS | {"NURSERY_CHILDCARE", "YOUTH"} else "U",
            "views_recorded": chance.yn(0.62) if case.is_over else pick(chance, "Y 2 N 3 NA 5"),
            "advocacy_offered": chance.yn(0.45) if case.is_over else pick(chance, "Y 1 N 4 NA 5"),
        }
        yield Entry(case.report.on, row)


def _aln(case: Case, chance: Chance) -> str:
    """About one in five of those known; the older codes ended with the school year 2024/25."""
    if case.report.place == "SPECIAL":
        return "IDP_LA"
    plans = "IDP_SCHOOL 9 IDP_LA 4" if case.report.on >= date(2025, 9, 1) else "IDP_SCHOOL 6 IDP_LA 3 SAP 3 STMT 1"
    return pick(chance, f"NONE 79 UNK 13 {plans}")


def advice_entries(case: Case, chance: Chance) -> Iterator[Entry]:
    safeguard = case.safeguard
    for agency, (value, on) in safeguard.advised.items():
        yield _advice_entry(case, agency, value, on, chance)
    if safeguard.on and case.report.place in SCHOOLS and chance.yes(0.15):
        value = pick(chance, "NO_RESTRICTION 3 NO_VIEW 2 RESTRICT 1")
        yield _advice_entry(case, "HR", value, safeguard.on, chance)
    if safeguard.reviewed_on and safeguard.reviewed != safeguard.value:
        given = {"ALTERNATIVE": "RESTRICT", "NONE": "NO_RESTRICTION"}[safeguard.reviewed]
        for agency in ("POLICE", "SS"):
            yield _advice_entry(case, agency, given, safeguard.reviewed_on, chance)


def _advice_entry(case: Case, agency: str, value: str, on: date, chance: Chance) -> Entry:
    given = value not in NOT_GIVEN
    reasons = {"NO_RESTRICTION": "NO_ONGOING_RISK", "NO_VIEW": "INSUFFICIENT_INFORMATION"}
    why = (
        pick(chance, "RISK_TO_CHILDREN 7 RISK_TO_EVIDENCE 2 RISK_TO_SUBJECT 1")
        if ADVISED[value]
        else reasons.get(value, "")
    )
    form = "MEETING" if on in {case.discussed_on, case.met_on} else pick(chance, "PHONE 5 EMAIL 4 LETTER 1")
    row = {
        "advice_id": chance.id("v"),
        "case_id": case.id,
        "agency": agency,
        "advice_date": str(on),
        "advice_time": _time(9, 12, chance) if given else "",
        "advice_value": value,
        "form": form if given else "UNK",
        "on_file": chance.yn(0.83) if given else "N",
        "reason_code": why,
    }
    return Entry(on, row)


def _time(first: int, last: int, chance: Chance) -> str:
    """Advice is timed in the morning and decisions in the afternoon: none precedes what it answers."""
    clock = f"{chance.between(first, last):02}:{chance.between(0, 59):02}"
    return clock if chance.yes(0.35) else ""


def decision_entries(case: Case, chance: Chance) -> Iterator[Entry]:
    safeguard = case.safeguard
    yield _decision_entry(case, "THRESHOLD", case.threshold_on, "MET" if case.is_over else "NOT_MET", "LADO", chance)
    if safeguard.on:
        yield _safeguard_entry(case, "SAFEGUARD", safeguard.on, safeguard.value, chance)
    if safeguard.reviewed_on:
        yield _safeguard_entry(case, "REVIEW", safeguard.reviewed_on, safeguard.reviewed, chance)
    if case.concluded_on and case.outcome != "NMT":
        entry = _decision_entry(
            case, "OUTCOME", case.concluded_on, case.outcome, chance.one("LADO", "SS_MANAGER"), chance
        )
        yield Entry(case.entered_on, {**entry.row, "forum": _outcome_forum(case)})
    if case.heard_on and case.result not in {"ADVICE", "NONE"}:
        entry = _decision_entry(case, "DISCIPLINARY", case.heard_on, case.result, "PANEL", chance)
        yield Entry(case.entered_on, {**entry.row, "forum": "DISCIPLINARY"})


def _decision_entry(case: Case, kind: str, on: date, value: str, role: str, chance: Chance) -> Entry:
    held = "S5_DISCUSSION" if on == case.discussed_on else "S5_MEETING" if on == case.met_on else ""
    row = {
        "decision_id": chance.id("d"),
        "case_id": case.id,
        "decision_type": kind,
        "decision_date": str(on),
        "decision_time": _time(14, 17, chance),
        "decision_value": value,
        "decision_maker_role": role,
        "forum": held or pick(chance, "S5_DISCUSSION 6 OUTSIDE_PROCESS 3 UNKNOWN 1"),
        "alternatives_rejected_reason_recorded": "U",
        "access_to_children_removed": "U",
    }
    return Entry(on, row)


def _safeguard_entry(case: Case, kind: str, on: date, value: str, chance: Chance) -> Entry:
    safeguard, protects = case.safeguard, DECIDED.get(value, 0) > 0
    maker = "CHAIR_GOV" if case.report.role == "HEAD" else "HEAD" if case.report.place in SCHOOLS else "HOS"
    entry = _decision_entry(case, kind, on, value, maker, chance)
    confirmed = working_day(on, int(pick(chance, "0 4 1 4 2 1 6 1"))) if value == "SUSPENDED" else None
    is_reviewed = kind == "SAFEGUARD" and safeguard.reviewed_on
    reviewed = safeguard.reviewed_on if is_reviewed else None
    ended = _protection_ended(case, kind, value) if protects else None
    row = {
        **entry.row,
        "alternatives_used": pick(chance, ALTERNATIVES) if value == "ALTERNATIVE" else "",
        "risk_assessment_date": text(case.assessed_on),
        "alternatives_considered": pick(chance, ALTERNATIVES) if protects and chance.yes(0.7) else "",
        "alternatives_rejected_reason_recorded": chance.yn(0.6) if value == "SUSPENDED" else "U",
        "access_to_children_removed": _access_removed(value, chance),
        "written_confirmation_date": text(confirmed),
        "review_due_date": str(working_day(on, 20)) if protects else "",
        "reviewed_date": text(reviewed),
        "end_date": text(ended),
        **(_override(case, on, chance) if kind == "SAFEGUARD" and safeguard.is_less_than_advised else {}),
    }
    return Entry(on, row, tuple(_blank_until(row, *WAITING_IN_DECISIONS)))


ALTERNATIVES: Final = (
    "SUPERVISED 4 NO_LONE_ACCESS 4 REDEPLOY_SAME_SITE 2 REDEPLOY_OTHER_SITE 3 LEAVE 1 SUPERVISED;NO_LONE_ACCESS 2"
)
WAITING_IN_DECISIONS: Final = ("written_confirmation_date", "risk_assessment_date", "reviewed_date", "end_date")


def _blank_until(row: Row, *columns: str) -> Iterator[tuple[date, Row]]:
    for column in columns:
        if row[column]:
            yield date.fromisoformat(row[column]), {column: ""}
    if signed := row.get("senior_signoff_date"):
        yield date.fromisoformat(signed), {"senior_signoff_date": "", "senior_signoff_role": ""}


def _access_removed(value: str, chance: Chance) -> str:
    if value == "ALTERNATIVE":
        return pick(chance, "Y 6 P 3 N 1")
    return {"SUSPENDED": "Y", "NONE": "N", "LEFT": "Y"}.get(value, "U")


def _protection_ended(case: Case, kind: str, value: str) -> date:
    """A review that changed nothing ended nothing."""
    safeguard = case.safeguard
    if kind == "SAFEGUARD" and safeguard.reviewed_on and safeguard.reviewed != value:
        return safeguard.reviewed_on
    return case.exit_on or case.heard_on or case.ended_on


def _override(case: Case, on: date, chance: Chance) -> Row:
    """Why less was done than one or both agencies advised; signed off by someone senior in about half."""
    first = pick(
        chance, "ALTERNATIVE_ADEQUATE 5 INSUFF_EVIDENCE 5 PREV_GOOD_RECORD 4 STAFFING 2 UNION_REP 1 NOT_RECORDED 2"
    )
    more = ";HR_LEGAL_ADVICE" if first != "NOT_RECORDED" and chance.yes(0.25) else ""
    signed_on = working_day(on, chance.between(0, 5))
    role = chance.one("DIRECTOR", "HOS") if chance.yes(0.55) else ""
    return {
        "override_reasons": first + more,
        "senior_signoff_role": role,
        "senior_signoff_date": str(signed_on) if role else "",
    }


@dataclass(frozen=True)
class Meeting:
    """One of a case's meetings; ``since``: when it was entered."""

    id: str
    type: str
    on: date
    since: date
    with_police: bool


def meetings(case: Case, chance: Chance) -> list[Meeting]:
    held = []
    if case.discussed_on:
        held.append(("DISCUSSION", case.discussed_on, case.with_police))
    if case.met_on:
        held.append(("INITIAL", case.met_on, case.with_police or chance.yes(0.6)))
        on = working_day(case.met_on, chance.between(22, 40))
        while on < case.ended_on and sum(kind == "REVIEW" for kind, *_ in held) < 4:
            held.append(("REVIEW", on, chance.yes(0.7)))
            on = working_day(on, chance.between(30, 60))
        if case.concluded_on:
            held.append(("OUTCOME", case.concluded_on, chance.yes(0.7)))
    if case.reopened_on:
        held.append(("REVIEW", working_day(case.reopened_on, 3), True))
    return [
        Meeting(chance.id("m"), kind, on, case.entered_on if kind == "OUTCOME" else on, police)
        for kind, on, police in held
    ]


def meeting_entry(authority: Authority, case: Case, meeting: Meeting, chance: Chance) -> Entry:
    """Before its minutes are circulated, a meeting has none on any file."""
    on_file = pick(chance, "U 3 N 97") if not chance.yes(authority.minuted) else "Y"
    minutes_on = working_day(meeting.on, int(pick(chance, "2 3 5 5 8 4 12 3 20 2 30 1"))) if on_file == "Y" else None
    joint = meeting.type in {"DISCUSSION", "INITIAL"} and meeting.with_police and chance.yes(0.35)
    also = [agency for agency in ("HR", "EMPLOYER", "HEALTH") if chance.yes(0.35)]
    in_school = ["EDU"] if case.report.place in SCHOOLS else []
    row = {
        "meeting_id": meeting.id,
        "case_id": case.id,
        "meeting_type": meeting.type,
        "meeting_date": str(meeting.on),
        "chair_role": pick(chance, "LADO 7 SS_MANAGER 3"),
        "attended": ";".join([*(["POLICE"] if meeting.with_police else []), "SS", *in_school, *also, "LADO"]),
        "minutes_date": text(minutes_on),
        "minutes_on_ss_file": on_file,
        "minutes_on_edu_file": chance.yn(0.72) if minutes_on else "N",
        "minutes_on_hr_file": chance.yn(0.6) if minutes_on else "N",
        "minutes_quality": pick(chance, "1 1 2 3 3 4 4 3") if minutes_on and case.is_audited else "",
        "joint_decided": "Y" if joint else "N",
        "joint_done": chance.yn(0.7) if joint else "N",
    }
    if not minutes_on:
        return Entry(meeting.since, row)
    unwritten = {"minutes_date": "", "minutes_quality": ""} | {
        f"minutes_on_{place}_file": "N" for place in ("ss", "edu", "hr")
    }
    audited = ((working_day(case.closed_on, 10), {"minutes_quality": ""}),)
    return Entry(meeting.since, row, (*audited, (minutes_on, unwritten)))


def action_entries(case: Case, held: list[Meeting], chance: Chance) -> Iterator[Entry]:
    for meeting in held:
        for _ in range(int(pick(chance, "0 3 1 4 2 3")) if meeting.type != "OUTCOME" else 0):
            yield _action_entry(case, meeting, chance)


def _action_entry(case: Case, meeting: Meeting, chance: Chance) -> Entry:
    agency = pick(chance, "SS 5 EDU 3 HR 2 POLICE 2 EMPLOYER 2")
    owners = {"SS": "SOCIAL_WORKER", "EDU": "EDU_MANAGER", "HR": "HR", "POLICE": "POLICE", "EMPLOYER": "HEAD"}
    fate = pick(chance, "on_time 70 late 16 never 4 undated 5 CANCELLED 3 SUPERSEDED 2")
    due = working_day(meeting.on, chance.one(3, 5, 10, 10, 15, 20, 30))
    moved = chance.one(1, 1, 2) if fate in {"late", "never"} and chance.yes(0.5) else 0
    early = working_day(meeting.on, chance.between(0, 8))
    late = working_day(due, int(pick(chance, "2 4 6 4 15 3 40 2 70 1")))
    done_on = {"late": late, "never": None, "undated": late}.get(fate, min(early, due))
    is_done = fate in {"on_time", "late", "undated"} and done_on
    row = {
        "action_id": chance.id("t"),
        "case_id": case.id,
        "meeting_id": meeting.id,
        "owner_agency": agency,
        "owner_role": owners[agency],
        "category": "INVESTIGATE" if agency == "POLICE" else pick(chance, ACTION_CATEGORIES),
        "agreed_date": str(meeting.on),
        "original_due_date": str(due) if fate != "undated" else "",
        "current_due_date": str(working_day(due, 10 * moved)) if fate != "undated" else "",
        "due_changes": str(moved),
        "completed_date": text(done_on) if is_done else "",
        "status": "DONE" if is_done else "OPEN" if fate == "never" else fate,
        "evidence_on_file": chance.yn(0.68) if is_done else "N",
    }
    unfinished = {"completed_date": "", "status": "OPEN", "evidence_on_file": "N"}
    unmoved = {"current_due_date": row["original_due_date"], "due_changes": "0"}
    changes = [(done_on, unfinished)] if done_on else []
    return Entry(meeting.since, row, (*changes, *([(due, unmoved)] if moved else [])))


ACTION_CATEGORIES: Final = "SAFEGUARD 4 INVESTIGATE 3 INFORM 3 SUPPORT_CHILD 3 SUPPORT_ADULT 2 REFER 1 RECORD 2 LEARN 1"


def sharing_entries(case: Case, chance: Chance) -> Iterator[Entry]:
    """Whom the procedures require to be told, of what, from which day."""
    if not case.is_over:
        return
    start, place = case.report.on, case.report.place
    yield _share(case, "SS", "ALLEGATION", start, 0.96, chance)
    yield _share(case, "POLICE", "ALLEGATION", start, 0.93, chance)
    if place in SCHOOLS:
        chair = case.report.role == "HEAD" or chance.yes(0.3)
        yield _share(case, "CHAIR_GOV" if chair else "HEAD", "ALLEGATION", start, 0.88, chance)
    if place in INSPECTED:
        yield _share(case, "CIW", "ALLEGATION", start, 0.86, chance)
    if case.has_child:
        yield _share(case, "PARENT", "ALLEGATION", start, 0.78, chance)
        yield _share(case, "PARENT", "OUTCOME", case.entered_on, 0.6, chance)
    if case.safeguard.value == "SUSPENDED" and case.safeguard.on:
        yield _share(case, "CHIEF_OFFICER", "SAFEGUARD", case.safeguard.on, 0.8, chance)
    yield _share(case, "SUBJECT", "OUTCOME", case.entered_on, 0.85, chance)


def _share(case: Case, recipient: str, purpose: str, start: date, told: float, chance: Chance) -> Entry:
    is_told = chance.yes(told)
    shared_on = working_day(working_day(start), int(pick(chance, "0 6 1 6 2 2 4 2 7 1 12 1"))) if is_told else None
    why = pick(chance, "NOT_RECORDED 5 POLICE_ADVICE 3 RISK_TO_CHILD 2") if recipient == "PARENT" else "NOT_RECORDED"
    row = {
        "share_id": chance.id("i"),
        "case_id": case.id,
        "recipient": recipient,
        "purpose": purpose,
        "required": "Y",
        "not_shared_reason": "" if is_told else why,
        "due_date": str(working_day(start, 5 if recipient in {"PARENT", "SUBJECT"} else 1)),
        "shared_date": text(shared_on),
        "method": pick(chance, "PHONE 4 EMAIL 3 MEETING 3 LETTER 2 SECURE_PORTAL 2") if is_told else "",
    }
    return Entry(start, row, ((shared_on, {"shared_date": "", "method": ""}),) if shared_on else ())


def audit_entries(case: Case, chance: Chance) -> Iterator[Entry]:
    """A sample of the closed files."""
    if not case.is_audited:
        return
    on = working_day(max(case.closed_on, case.entered_on), chance.between(10, 60))
    findings = list(_findings(case, chance))
    back = working_day(on, 3) if len(findings) > 1 and chance.yes(0.5) else None
    settled = working_day(back, chance.between(8, 60)) if back else None
    row = {
        "audit_id": chance.id("u"),
        "case_id": case.id,
        "auditor_type": pick(chance, "INTERNAL 6 PEER 3 EXTERNAL 1"),
        "audit_date": str(on),
        "grade": "NOT_MET" if back else "PARTLY" if findings else "MET",
        "finding_codes": ";".join(findings),
        "immediate_risk_found": "Y" if back and chance.yes(0.1) else "N",
        "referred_back": "Y" if back else "N",
        "referred_back_by": pick(chance, "INTERNAL_AUDIT 4 CIW 1 BOARD 1") if back else "",
        "referred_back_date": text(back),
        "referred_back_closed_date": text(settled),
        "agrees_with_record": "N" if back else chance.yn(0.85),
    }
    open_again = ((settled, {"referred_back_closed_date": ""}),) if settled else ()
    yield Entry(back or on, row, open_again)


def _findings(case: Case, chance: Chance) -> Iterator[str]:
    if case.is_over and not case.assessed_on:
        yield "NO_RISK_ASSESSMENT"
    if case.safeguard.is_less_than_advised:
        yield "ADVICE_NOT_FOLLOWED"
    for code, share in (("POOR_RECORDING", 0.3), ("CHILD_NOT_HEARD", 0.2), ("ACTIONS_NOT_FOLLOWED_UP", 0.15)):
        if chance.yes(share):
            yield code


def list_entries(case: Case, chance: Chance) -> Iterator[Entry]:
    """What each service's own list says of the case: now and then not on it, or another day or outcome."""
    place = case.report.place
    listed = {"SS": 0.96 if case.is_over else 0.8, "EDU": 0.92 if place in SCHOOLS | {"FE", "YOUTH"} else 0.0}
    listed |= {
        "HR": 0.82 if place in SCHOOLS and case.is_over else 0.0,
        "POLICE": 0.88 if case.police_involved else 0.0,
    }
    for service, share in listed.items():
        is_listed, row = chance.yes(share), {"service": service, "case_id": case.id, **_listed(case, service, chance)}
        if is_listed:
            yield Entry(working_day(case.report.on, 4), row, tuple(_list_changes(case, row)))


def _listed(case: Case, service: str, chance: Chance) -> Row:
    safeguard = case.safeguard
    decided_on = safeguard.on if service != "POLICE" else None
    return {
        "received_date": str(working_day(case.report.on, int(pick(chance, "0 88 1 8 3 4")))),
        "safeguard_decision_value": safeguard.value if decided_on and chance.yes(0.96) else "",
        "safeguard_decision_date": text(decided_on),
        "outcome_code": case.outcome if chance.yes(0.95) else "UNK",
        "file_held": chance.yn(0.93),
        "strategy_record_on_file": pick(chance, "Y 75 N 20 U 5") if case.discussed_on else "N",
    }


def _list_changes(case: Case, row: Row) -> Iterator[tuple[date, Row]]:
    yield case.entered_on, {"outcome_code": "OPEN"}
    if decided := row["safeguard_decision_date"]:
        yield date.fromisoformat(decided), {"safeguard_decision_value": "", "safeguard_decision_date": ""}


# The extract


TABLES: Final = (
    "cases",
    "children",
    "advice",
    "decisions",
    "meetings",
    "actions",
    "information_sharing",
    "file_audits",
)
SERVICES: Final = ("POLICE", "SS", "EDU", "HR")

History = dict[str, list[Entry]]


def history(authority: Authority, lives: Iterable[tuple[Case, Chance]]) -> History:
    """Every row of every case, with its own history."""
    found: History = {table: [] for table in (*TABLES, "service_lists")}
    for case, chance in lives:
        for table, entries in _entries(authority, case, chance).items():
            found[table] += [replace(entry, gone=case.withdrawn_on) for entry in entries]
    return found


def _entries(authority: Authority, case: Case, chance: Chance) -> History:
    held = meetings(case, chance)
    return {
        "cases": [case_entry(case, chance)],
        "children": list(child_entries(authority, case, chance)),
        "advice": list(advice_entries(case, chance)),
        "decisions": list(decision_entries(case, chance)),
        "meetings": [meeting_entry(authority, case, meeting, chance) for meeting in held],
        "actions": list(action_entries(case, held, chance)),
        "information_sharing": list(sharing_entries(case, chance)),
        "file_audits": list(audit_entries(case, chance)),
        "service_lists": list(list_entries(case, chance)),
    }


def extract(authority: Authority, told: History, snapshot: date, missing: str = "") -> dict[str, list[Row]]:
    """The thirteen tables as they stood on the snapshot date; ``missing``: a service that sent nothing."""
    services = [service for service in SERVICES if service != missing]
    shown = {table: [row for entry in entries if (row := entry.on(snapshot))] for table, entries in told.items()}
    shown["service_lists"] = [row for row in shown["service_lists"] if row["service"] in services]
    header = {"extract": [_extract_row(authority, snapshot, services)]}
    return (
        header
        | shown
        | {
            "control_totals": list(_control_rows(authority, shown, snapshot, services)),
            "training": list(_training_rows(authority, snapshot)),
            "helpline": list(_helpline_rows(authority, snapshot)),
        }
    )


def _extract_row(authority: Authority, snapshot: date, services: list[str]) -> Row:
    return {
        "extract_id": Chance(authority.seed * 10_000 + snapshot.toordinal()).id("e"),
        "area_code": authority.area,
        "source_service": "LEAD",
        "source_system": authority.system,
        "period_start": str(authority.first_day),
        "period_end": str(snapshot),
        "snapshot_date": str(snapshot),
        "procedure_edition": "WSP_NEW",
        "schema_version": "1",
        "services_included": ";".join(sorted(["LEAD", *services])),
        "prepared_by_role": authority.prepared_by,
    }


def _control_rows(
    authority: Authority, shown: dict[str, list[Row]], snapshot: date, services: list[str]
) -> Iterator[Row]:
    """What each service counts of its own accord: near its list, and not always equal to it."""
    for service in services:
        chance = Chance(authority.seed * 10_000 + sum(map(ord, service)))
        listed = [row for row in shown["service_lists"] if row["service"] == service]
        for year in range(authority.first_day.year - 1, snapshot.year + 1):
            start, end = max(date(year, 4, 1), authority.first_day), min(date(year + 1, 3, 31), snapshot)
            if start < end:
                counted = sum(str(start) <= row["received_date"] <= str(end) for row in listed)
                yield _control(service, "CASES_RECEIVED", start, end, counted + chance.one(0, 0, 0, 1, 2))
        month = (snapshot.replace(day=1), snapshot)
        still_open = sum(row["outcome_code"] == "OPEN" for row in listed)
        yield _control(service, "CASES_OPEN", *month, still_open + chance.one(0, 0, 1))
        if service == "HR":
            yield _control(service, "SUSPENSIONS_CURRENT", *month, _suspended(shown, snapshot) + chance.one(0, 0, 1))
        if service in {"POLICE", "SS"}:
            held = sum(row["meeting_date"] >= str(month[0]) for row in shown["meetings"])
            yield _control(service, "STRATEGY_MEETINGS", *month, held + chance.one(0, 1))


def _suspended(shown: dict[str, list[Row]], snapshot: date) -> int:
    standing = [row for row in shown["decisions"] if row["decision_value"] == "SUSPENDED" and not row.get("end_date")]
    return len({row["case_id"] for row in standing})


def _control(service: str, measure: str, start: date, end: date, value: int) -> Row:
    keys = {"service": service, "measure": measure, "period_start": str(start), "period_end": str(end)}
    return {**keys, "value": str(value)}


def _training_rows(authority: Authority, snapshot: date) -> Iterator[Row]:
    """At each quarter's end, by role group, for every hundred cases a fair-sized workforce."""
    years = (authority.last_day - authority.first_day).days / 365
    staff = {
        "HEAD": 0.5,
        "TEACHER": 9,
        "SUPPORT": 8,
        "ADMIN_SITE": 3,
        "YOUTH": 0.6,
        "RESIDENTIAL": 0.8,
        "FOSTER_CARER": 1.5,
    }
    for year in range(authority.first_day.year, snapshot.year + 1):
        for end in (date(year, 3, 31), date(year, 6, 30), date(year, 9, 30), date(year, 12, 31)):
            if authority.first_day <= end <= snapshot:
                chance = Chance(authority.seed * 10_000 + end.toordinal())
                for role, each in staff.items():
                    in_scope = 5 + int(each * authority.cases / years)
                    in_date = in_scope * chance.between(78, 96) // 100
                    yield {
                        "role_group": role,
                        "period_end": str(end),
                        "in_scope": str(in_scope),
                        "in_date": str(in_date),
                    }


def _helpline_rows(authority: Authority, snapshot: date) -> Iterator[Row]:
    for start, end in _months(authority.first_day, snapshot):
        chance = Chance(authority.seed * 10_000 + start.toordinal())
        for channel, most in (("PHONE", 9), ("EMAIL", 5), ("WEB", 4), ("NSPCC", 2)):
            contacts = chance.between(0, most)
            converted = min(contacts, chance.between(0, 2))
            period = {"period_start": str(start), "period_end": str(end)}
            yield {"channel": channel, **period, "contacts": str(contacts), "converted_to_reports": str(converted)}


def _months(first: date, last: date) -> Iterator[tuple[date, date]]:
    start = first
    while start <= last:
        following = (start + timedelta(days=32)).replace(day=1)
        yield start, following - timedelta(days=1)
        start = following


def files(tables: dict[str, list[Row]]) -> dict[str, str]:
    """The text of each file by table; headers as ``data/reference/extract.toml`` declares them; LF."""
    with (REFERENCE_DATA / "extract.toml").open("rb") as source:
        declared = tomllib.load(source)
    return {table: _csv(list(declared[table]["columns"]), tables[table]) for table in declared}


def _csv(columns: list[str], rows: list[Row]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
