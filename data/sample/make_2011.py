"""The 2011 reconstruction: an invented extract that comes out exactly at the published findings.

Knows what was published in August 2011 about 25 cases of alleged professional abuse in schools and education
(constants below, with the mark of their source), and a plan of 25 invented cases that adds up to it.
Everything else is drawn at random from a fixed seed. No row is a real person's; see ``2011/README.md``.

Of the random module only ``random`` and ``getrandbits`` are used: the others may change their sequence from
one Python version to the next.

    python data/sample/make_2011.py     writes the thirteen tables into 2011/ beside this file
"""

from __future__ import annotations

import csv
import io
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import TypeVar

# PUBLISHED, in August 2011. Marks: P1 press note on the investigation, P2 press note of BASW Cymru,
# S11 to S13, S35 press reports; 2011/README.md says which.
CASES = 25  # P2, S12, S13
WINDOW = (date(2007, 4, 1), date(2011, 3, 31))  # P1, S13: "April 2007 to March 2011"
FILES_EXAMINED = 14  # P1
FILES_REFERRED_BACK = 6  # P1: of the 14
FILES_WITH_IMMEDIATE_RISK = 3  # P1: of the 6
NOT_SUSPENDED_AGAINST_BOTH = 3  # S12, S13: despite the views of police and social services
AGES = (3, 16)  # P2
CHILDREN_WITH_ADDITIONAL_NEEDS = (7, 20)  # P2, S12 publish "35 %": of known cases is this project's reading
ROLES = {"HEAD", "TEACHER", "SUPPORT", "YOUTH", "ADMIN_SITE"}  # S12, P2
EXITS_INSTEAD_OF_ASSESSMENT = {"REDUNDANCY", "RESIGNED", "RETIRED"}  # P2; counts and SETTLEMENT are invented

# INVENTED from here on.
SEED = 20110811  # the day of publication
AREA = "X06000009"  # no authority has this code
SNAPSHOT = date(2011, 7, 31)  # before publication, after the files were examined
MEETINGS_NOT_ON_SS_FILE, MEETINGS_UNKNOWN_ON_SS_FILE = 7, 1  # P2: records "not always" on file
ACTIONS = ["on_time"] * 20 + ["late"] * 7 + ["overdue"] * 8
ACTIONS += ["undated_done", "undated_open", "undated_open", "cancelled", "superseded"]
LIST_SIZES = {"POLICE": 17, "SS": 21, "EDU": 23, "HR": 19}  # of the 25: no two services hold the same list

# One line per case. Numbers are working days after receipt, but for `after`: calendar days from receipt to
# the outcome (to closing, where `end` is UNK).
#   meetings  D discussion, I initial, R review, O outcome (on the outcome day), a capital when the police
#             attended; * a joint investigation was decided, ! decided and done
#   police ss what each advised on day `adv`; - no row
#   at        the day of the SAFEGUARD decision
#   risk      the day of the risk assessment
#   end       the outcome, or OPEN
PLAN = """
received   role       place aln  band  harm       meetings     police ss  adv decision     at risk end  after
2007-04-26 TEACHER    SEC1  NONE 11-13 PHYSICAL   D1*+O        NOR    SUS 1   SUSPENDED    1  1    UNS  74
2007-05-04 SUPPORT    PRI1  SA   5-7   PHYSICAL+R d1           NOS    NOR 1   NONE         1  -    UNS  46
2007-11-09 YOUTH      YTH1  NONE 14-16 SEXUAL     D5*+O        SUS    SUS 5   NONE         6  -    UNS  121
2008-01-22 HEAD       PRI2  NONE 8-10  SEXUAL     D0+I3!+R60+O SUS    SUS 0   SUSPENDED    0  0    SUB  545
2008-03-14 ADMIN_SITE SEC2  UNK  14-16 CONDUCT    -            UNR    UNR 2   NOT_RECORDED 2  -    UNK  30
2008-05-15 SUPPORT    SPE1  STMT 8-10  PHYSICAL+R d1+I6*+r40   NOS    RES 2   ALTERNATIVE  2  9    UNS  88
2008-08-22 YOUTH      YTH2  UNK  14-16 SEXUAL     D1+r20       NOV    SUS 1   SUSPENDED    1  5    UNF  60
2008-10-07 TEACHER    SEC1  NONE 14-16 SEXUAL     I1*+O        SUS    SUS 1   SUSPENDED    1  0    SUB  150
2008-11-28 TEACHER    SEC2  SAP  11-13 PHYSICAL   d3           UNR    SUS 3   ALTERNATIVE  4  -    UNK  90
2009-01-20 SUPPORT    PRI1  SA   3-4   PHYSICAL+R D0+O         NOR    NOR 0   NONE         0  0    UNF  35
2009-03-05 HEAD       PRI4  NONE 5-7   PHYSICAL   D2*+R30      SUS    SUS 2   NONE         2  -    UNS  97
2009-04-09 TEACHER    PRI2  UNK  8-10  EMOTIONAL  D1+O         RES    RES 1   ALTERNATIVE  1  1    UNS  60
2009-06-12 SUPPORT    SPE1  STMT 11-13 PHYSICAL+R -            NOS    NOS 3   ALTERNATIVE  3  -    UNK  100
2009-09-22 SUPPORT    PRU1  SAP  11-13 PHYSICAL+R I4*          SUS    NOS 4   NONE         5  -    OPEN -
2009-10-16 ADMIN_SITE PRI3  NONE 3-4   EMOTIONAL  D1           NOV    NOS 1   NONE         1  12   UNF  50
2009-12-03 TEACHER    SEC1  NONE 11-13 EMOTIONAL  d1+R25       -      NOV 2   -            -  -    UNK  60
2010-01-19 ADMIN_SITE SEC3  NONE 14-16 CONDUCT    d2           NOS    RES 2   LEFT         12 -    UNK  70
2010-03-11 TEACHER    SEC2  SA   11-13 PHYSICAL   D0*+I8       SUS    SUS 0   ALTERNATIVE  1  3    SUB  110
2010-04-20 TEACHER    PRI1  NONE 5-7   PHYSICAL+R D1*+R30+O    SUS    SUS 1   SUSPENDED    2  1    SUB  130
2010-05-28 TEACHER    SEC3  UNK  14-16 SEXUAL     d0+I7        NOV    NOS 7   LEFT         10 14   UNK  80
2010-06-29 SUPPORT    PRI2  NONE 5-7   PHYSICAL+R D1*          SUS    NOR 1   NONE         1  -    SUB  75
2010-09-24 HEAD       PRI3  NONE 8-10  PHYSICAL   I9*          RES    UNR 3   ALTERNATIVE  3  20   OPEN -
2010-11-04 SUPPORT    ALL1  NONE 8-10  PHYSICAL+R -            NOS    -   4   -            -  -    OPEN -
2011-01-18 YOUTH      YTH1  NONE 14-16 CONDUCT    D0*+o        NOR    RES 0   ALTERNATIVE  0  0    SUB  100
2011-03-18 ADMIN_SITE PRI4  UNK  8-10  NEGLECT    d1           UNR    NOS 6   NONE         6  -    OPEN -
"""
ADVICE = {"SUS": "SUSPEND", "RES": "RESTRICT", "NOR": "NO_RESTRICTION", "NOV": "NO_VIEW", "NOS": "NOT_SOUGHT"}
ADVICE |= {"UNR": "NOT_RECORDED", "-": ""}

# By number of the case in the plan.
TRIAL = 4  # S11: a headteacher, convicted in mid-2009
FALSE_REFERENCE = 8  # S13, S35: a dismissal for sexual misconduct that the reference called a resignation
LEFT_UNASSESSED = {9: ("RESIGNED", 15), 13: ("SETTLEMENT", 40), 17: ("REDUNDANCY", 12), 20: ("RETIRED", 10)}
OVERRIDDEN = {3: "PREV_GOOD_RECORD", 11: "PREV_GOOD_RECORD;INSUFF_EVIDENCE", 18: "ALTERNATIVE_ADEQUATE"}
OTHER_REASONS = {9: "NOT_RECORDED", 14: "STAFFING", 21: "UNION_REP"}  # one agency only was not followed
IMMEDIATE_RISK = {14, 22, 23}  # still open when the files were examined
REFERRED_BACK = IMMEDIATE_RISK | {3, 9, 11}
EXAMINED = REFERRED_BACK | {1, 4, 6, 8, 13, 16, 18, 21}
REVIEWED = {4: "SUSPENDED", 6: "ALTERNATIVE", 7: "NONE", 11: "NONE", 19: "SUSPENDED"}  # at the review meeting
REVIEWED_ON_REFERRAL = {14: "ALTERNATIVE", 22: "SUSPENDED"}  # after the file was referred back
# P2: other duties were assigned. What they were, and whether they kept the person from children (P: partly).
OTHER_DUTIES = {
    6: ("REDEPLOY_OTHER_SITE;NO_LONE_ACCESS", "Y"),
    9: ("SUPERVISED", "N"),
    12: ("LEAVE", "Y"),
    13: ("SUPERVISED", "P"),
    14: ("REDEPLOY_OTHER_SITE", "Y"),
    18: ("REDEPLOY_SAME_SITE", "N"),
    22: ("NO_LONE_ACCESS", "P"),
    24: ("LEAVE", "Y"),
}
THRESHOLD_UNDATED = {5, 13}
THRESHOLD_LATE = {3: 3, 9: 2, 22: 2}
DISCIPLINARY = {4: "DISMISSED", 8: "DISMISSED", 18: "WARNING", 19: "FINAL_WARNING", 21: "WARNING"}
DISCIPLINARY |= {3: "ADVICE", 22: "PENDING", 24: "ADVICE"}
DUTY_TO_REFER = {4: "Y", 8: "Y", 9: "Y", 13: "U", 17: "U", 20: "Y"}
REFERENCE = {4: "Y", FALSE_REFERENCE: "N", 9: "U", 13: "Y", 17: "U", 20: "U"}
CRIMINAL = {TRIAL: "CONVICTED", 8: "NFA", 14: "PENDING", 22: "PENDING"}

SETTING_TYPES = {"PRI": "PRIMARY", "SEC": "SECONDARY", "SPE": "SPECIAL", "PRU": "PRU_EOTAS"}
SETTING_TYPES |= {"YTH": "YOUTH", "ALL": "MIDDLE_ALL_THROUGH"}
MEETING_TYPES = {"D": "DISCUSSION", "I": "INITIAL", "R": "REVIEW", "O": "OUTCOME"}
PROTECTIVE = {"SUSPEND", "RESTRICT"}
REMOVED = {"SUSPENDED": "Y", "NONE": "N", "LEFT": "Y"}  # from children, by the decision itself

HERE = Path(__file__).parent
REFERENCE_DATA = HERE.parent / "reference"

Row = dict[str, str]
T = TypeVar("T")


class Chance:
    """Random choices that are the same in every Python version."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)

    def one(self, *options: T) -> T:
        return options[int(self._random.random() * len(options))]

    def between(self, low: int, high: int) -> int:
        return low + int(self._random.random() * (high - low + 1))

    def yes(self, probability: float) -> bool:
        return self._random.random() < probability

    def yn(self, probability: float) -> str:
        return "Y" if self.yes(probability) else "N"

    def some(self, options: Sequence[T], count: int) -> list[T]:
        """``count`` of the options, in the order in which they stand."""
        drawn = sorted(range(len(options)), key=lambda _: self._random.random())[:count]
        return [options[n] for n in sorted(drawn)]

    def id(self, letter: str) -> str:
        """A made-up pseudonym, of the form the council's keyed hash would have."""
        return f"{letter}_{self._random.getrandbits(64):016x}"


def _bank_holidays() -> frozenset[date]:
    with (REFERENCE_DATA / "bank_holidays.csv").open(encoding="utf-8", newline="") as source:
        return frozenset(date.fromisoformat(row["date"]) for row in csv.DictReader(source))


BANK_HOLIDAYS = _bank_holidays()


def working_day(day: date, number: int = 0) -> date:
    """The working day ``number`` after ``day`` (before, if negative); 0 is ``day`` itself or the next one."""
    step = timedelta(days=-1 if number < 0 else 1)
    while number:
        day += step
        number -= step.days if _works(day) else 0
    while not _works(day):
        day += step
    return day


def _works(day: date) -> bool:
    return day.weekday() < 5 and day not in BANK_HOLIDAYS


@dataclass
class Meeting:
    """A planned meeting; ``on`` is set when the case's dates are known."""

    type: str
    on: date
    with_police: bool
    joint: str  # "", "*" decided, "!" decided and done
    id: str = ""


@dataclass
class Case:
    """One line of the plan with its dates worked out."""

    number: int
    id: str
    received: date
    plan: Row
    outcome_on: date | None  # None while open, and when it was closed without an outcome
    closed_on: date | None
    exit_type: str
    exit_on: date | None
    audited_on: date | None
    meetings: list[Meeting] = field(default_factory=list)

    def day(self, column: str) -> date | None:
        """The date that a column of the plan gives in working days after receipt."""
        number = self.plan[column]
        return None if number == "-" else working_day(self.received, int(number))

    @property
    def threshold_on(self) -> date | None:
        if self.number in THRESHOLD_UNDATED:
            return None
        late = THRESHOLD_LATE.get(self.number, 1 if self.number % 6 == 1 else 0)
        return working_day(self.received, late)

    @property
    def police_involved(self) -> bool:
        advised = self.plan["police"] not in {"-", "NOS", "UNR"}
        return advised or any(meeting.with_police for meeting in self.meetings)

    @property
    def referred_back_on(self) -> date | None:
        return working_day(self.audited_on, 3) if self.audited_on and self.number in REFERRED_BACK else None


def planned_cases(chance: Chance) -> list[Case]:
    header, *lines = (line.split() for line in PLAN.strip().splitlines())
    plans = [dict(zip(header, line, strict=True)) for line in lines]
    return [_case(number, plan, chance) for number, plan in enumerate(plans, start=1)]


def _case(number: int, plan: Row, chance: Chance) -> Case:
    received = date.fromisoformat(plan["received"])
    ended = None if plan["after"] == "-" else working_day(received + timedelta(days=int(plan["after"])))
    concluded = ended if plan["end"] in {"SUB", "UNS", "UNF"} else None
    exit_type, exit_on = _exit(number, received, concluded)
    case = Case(
        number=number,
        id=chance.id("c"),
        received=received,
        plan=plan,
        outcome_on=concluded,
        closed_on=working_day(concluded, chance.between(5, 20)) if concluded else ended,
        exit_type=exit_type,
        exit_on=exit_on,
        audited_on=working_day(date(2011, 5, 16), chance.between(0, 38)) if number in EXAMINED else None,
    )
    case.meetings = [_meeting(token, case, chance) for token in plan["meetings"].split("+") if token != "-"]
    return case


def _exit(number: int, received: date, concluded: date | None) -> tuple[str, date | None]:
    if number in LEFT_UNASSESSED:
        exit_type, days = LEFT_UNASSESSED[number]
        return exit_type, working_day(received, days)
    if DISCIPLINARY.get(number) == "DISMISSED" and concluded:
        return "DISMISSED", working_day(concluded, 4)  # on the day of the hearing
    return "NONE", None


def _meeting(token: str, case: Case, chance: Chance) -> Meeting:
    joint = token[-1] if token[-1] in "*!" else ""
    kind, day = token[0], token[1:].rstrip("*!")
    on = working_day(case.received, int(day)) if day else case.outcome_on
    assert on is not None, "an outcome meeting needs an outcome"
    return Meeting(MEETING_TYPES[kind.upper()], on, kind.isupper(), joint, chance.id("m"))


# The tables. Each function makes the rows of one; an empty cell may be left out.


def extract_rows(chance: Chance) -> Iterator[Row]:
    yield {
        "extract_id": chance.id("e"),
        "area_code": AREA,
        "source_service": "LEAD",
        "source_system": "SPREADSHEET",
        "period_start": str(WINDOW[0]),
        "period_end": str(WINDOW[1]),
        "snapshot_date": str(SNAPSHOT),
        "procedure_edition": "AWCPP_2008",
        "schema_version": "1",
        "services_included": "EDU;HR;LEAD;POLICE;SS",
        "prepared_by_role": "OTHER",
    }


def case_rows(cases: list[Case], chance: Chance) -> Iterator[Row]:
    settings = {place: chance.id("s") for place in sorted({case.plan["place"] for case in cases})}
    for case in cases:
        yield {
            "case_id": case.id,
            "adult_id": chance.id("a"),
            "setting_id": settings[case.plan["place"]],
            **_receipt(case, chance),
            **_threshold(case, chance),
            **_harm(case, chance),
            **_police(case, chance),
            **_ending(case),
            **_employment(case),
            **_referral(case),
            "named_contact_given": chance.yn(0.2),
        }


def _receipt(case: Case, chance: Chance) -> Row:
    in_school = case.plan["place"][:3] != "YTH"
    time = f"{chance.between(8, 16):02}:{chance.between(0, 59):02}"
    aware = working_day(case.received, -chance.one(0, 0, 0, 1, 1, 4, 9))
    employer = "EMPLOYER_SCHOOL" if in_school else "EMPLOYER_OTHER"
    return {
        "received_date": str(case.received),
        "received_time": time if chance.yes(0.5) else "",
        "concern_aware_date": str(aware) if chance.yes(0.8) else "",
        "incident_period": chance.one(*["CURRENT"] * 8, "NON_RECENT", "UNKNOWN"),
        "report_source": chance.one(employer, employer, "PARENT", "CHILD", "SOCIAL_SERVICES", "POLICE"),
        "role_group": case.plan["role"],
        "setting_type": SETTING_TYPES[case.plan["place"][:3]],
        "employer_type": "MAINTAINED_SCHOOL" if in_school and case.plan["place"] != "PRU1" else "LA",
        "work_context": chance.one("WORK", "WORK", "WORK", "WORK", "BOTH"),
        "prior_reports_count": str(chance.one(0, 0, 0, 0, 0, 1, 1, 2)),
    }


def _threshold(case: Case, chance: Chance) -> Row:
    return {
        "threshold_criteria": chance.one("T1", "T2", "T3", "T1;T3", "T3;T4"),
        "threshold_met": "Y",
        "threshold_decision_date": _text(case.threshold_on),
        "threshold_rationale_recorded": chance.yn(0.6),
        "recorded_against_adult": chance.yn(0.7),
    }


def _harm(case: Case, chance: Chance) -> Row:
    planned, _, restraint = case.plan["harm"].partition("+")
    category = "CONDUCT_SUITABILITY" if planned == "CONDUCT" else planned
    more = ";EMOTIONAL" if category == "PHYSICAL" and chance.yes(0.3) else ""
    at_risk = case.number in IMMEDIATE_RISK
    return {
        "harm_category": category,
        "harm_categories": category + more,
        "restraint_involved": "Y" if restraint else "N",
        "identifiable_child": "Y",
        "immediate_risk": "Y" if at_risk else "N",
        "immediate_risk_date": _text(case.audited_on) if at_risk else "",
    }


def _police(case: Case, chance: Chance) -> Row:
    usual = chance.one("NFA", "NFA", "NONE") if case.police_involved else "NONE"
    return {
        "police_involved": "Y" if case.police_involved else "N",
        "s47_linked": chance.one("Y", "N", "N", "U"),
        "criminal_outcome": CRIMINAL.get(case.number, usual),
        "meeting_decided": "Y" if any(meeting.type != "DISCUSSION" for meeting in case.meetings) else "N",
    }


def _ending(case: Case) -> Row:
    return {
        "risk_assessment_date": _text(case.day("risk")),
        "status": "CLOSED" if case.closed_on else "OPEN",
        "closed_date": _text(case.closed_on),
        "outcome_code": case.plan["end"],
        "outcome_date": _text(case.outcome_on),
        "outcome_forum": _outcome_forum(case),
        "exit_type": case.exit_type,
        "exit_date": _text(case.exit_on),
        "reference_agreed": REFERENCE.get(case.number, "NA"),
    }


def _outcome_forum(case: Case) -> str:
    if case.closed_on is None:
        return ""
    if any(meeting.type == "OUTCOME" for meeting in case.meetings):
        return "S5_MEETING"
    return "OUTSIDE_PROCESS" if case.number % 2 else "UNKNOWN"


def _employment(case: Case) -> Row:
    result = DISCIPLINARY.get(case.number, "NONE" if case.exit_type == "NONE" else "NOT_APPLICABLE")
    heard = result in {"DISMISSED", "WARNING", "FINAL_WARNING"}
    return {
        "removal_date": _text(case.exit_on) if result == "DISMISSED" else "",
        "disciplinary_result": result,
        "employer_action_date": _text(_hearing_on(case)) if heard or result == "ADVICE" else "",
        "hearing_date": _text(_hearing_on(case)) if heard else "",
    }


def _hearing_on(case: Case) -> date:
    assert case.outcome_on is not None, "a hearing needs an outcome"
    return working_day(case.outcome_on, 4)


def _referral(case: Case) -> Row:
    registered = case.plan["role"] in {"HEAD", "TEACHER"}
    return {
        "dbs_duty_met": DUTY_TO_REFER.get(case.number, "N"),
        "dbs_referral_date": _text(_referred_on(case)),
        "regulator_code": "EWC" if registered else "NONE",
        "regulator_referral_date": _text(_referred_on(case)) if case.number == TRIAL else "",
    }


def _referred_on(case: Case) -> date | None:
    waits = {TRIAL: 9, FALSE_REFERENCE: 31}  # the other two whose duty was met were never referred
    wait = waits.get(case.number)
    return working_day(case.exit_on, wait) if case.exit_on and wait else None


def child_rows(cases: list[Case], chance: Chance) -> Iterator[Row]:
    for case in cases:
        status = case.plan["aln"]
        needs = ("MLD", "BESD", "BESD;SLCD", "ASD", "ADHD")
        yield {
            "child_id": chance.id("k"),
            "case_id": case.id,
            "age_band": case.plan["band"],
            "sex": chance.one("F", "M"),
            "ethnic_group": chance.one("WHITE", "WHITE", "WHITE", "WHITE", "MIXED", "UNK"),
            "aln_status": status,
            "aln_needs": "" if status in {"NONE", "UNK"} else chance.one(*needs),
            "disability": "Y" if status == "STMT" else chance.one("N", "N", "N", "U"),
            "looked_after": chance.one("N", "N", "N", "N", "N", "Y"),
            "cp_register": chance.one("N", "N", "N", "N", "N", "U"),
            "welsh_medium": chance.one("N", "N", "Y", "U"),
            "views_recorded": chance.yn(0.2),
            "advocacy_offered": chance.yn(0.1),
        }


def advice_rows(cases: list[Case], chance: Chance) -> Iterator[Row]:
    for case in cases:
        given = case.day("adv")
        assert given is not None
        for agency, column in (("POLICE", "police"), ("SS", "ss")):
            if value := ADVICE[case.plan[column]]:
                yield _advice(case, agency, given, value, chance)
    yield from _changed_advice({case.number: case for case in cases}, chance)


def _changed_advice(cases: dict[int, Case], chance: Chance) -> Iterator[Row]:
    """Views given before or after the one in the plan, and of other agencies."""
    yield _advice(cases[19], "POLICE", cases[19].received, "NO_VIEW", chance)  # the next day they had one
    yield _advice(cases[7], "SS", _review_on(cases[7]), "NO_RESTRICTION", chance)  # before the return to work
    yield _advice(cases[11], "HR", working_day(cases[11].received, 1), "NO_RESTRICTION", chance)
    yield _advice(cases[18], "LEGAL", working_day(cases[18].received, 1), "NO_VIEW", chance)
    yield _advice(cases[4], "LADO", cases[4].received, "SUSPEND", chance)


def _advice(case: Case, agency: str, on: date, value: str, chance: Chance) -> Row:
    reasons = {"NO_RESTRICTION": "NO_ONGOING_RISK", "NO_VIEW": "INSUFFICIENT_INFORMATION"}
    given = value not in {"NOT_SOUGHT", "NOT_RECORDED"}
    met = any(meeting.on == on and (meeting.with_police or agency != "POLICE") for meeting in case.meetings)
    why = chance.one("RISK_TO_CHILDREN", "RISK_TO_CHILDREN", "RISK_TO_EVIDENCE")
    return {
        "advice_id": chance.id("v"),
        "case_id": case.id,
        "agency": agency,
        "advice_date": str(on),
        "advice_value": value,
        "form": "UNK" if not given else "MEETING" if met else chance.one("PHONE", "EMAIL", "LETTER"),
        "on_file": chance.yn(0.7) if given else "N",
        "reason_code": why if value in PROTECTIVE else reasons.get(value, ""),
    }


def decision_rows(cases: list[Case], chance: Chance) -> Iterator[Row]:
    for case in cases:
        if case.threshold_on:
            yield _decision(case, "THRESHOLD", case.threshold_on, "MET", "LADO", chance)
        if safeguarded := case.day("at"):
            yield _safeguard(case, "SAFEGUARD", safeguarded, case.plan["decision"], chance)
        if case.number in REVIEWED:
            yield _safeguard(case, "REVIEW", _review_on(case), REVIEWED[case.number], chance)
        if case.number in REVIEWED_ON_REFERRAL and case.referred_back_on:
            after = working_day(case.referred_back_on, 2)
            yield _safeguard(case, "REVIEW", after, REVIEWED_ON_REFERRAL[case.number], chance)
        yield from _closing_decisions(case, chance)


def _closing_decisions(case: Case, chance: Chance) -> Iterator[Row]:
    result = DISCIPLINARY.get(case.number, "NONE")
    if case.outcome_on:
        role = chance.one("SS_MANAGER", "PANEL", "EDU_MANAGER")
        row = _decision(case, "OUTCOME", case.outcome_on, case.plan["end"], role, chance)
        yield {**row, "forum": _outcome_forum(case)}
    if result not in {"NONE", "PENDING", "ADVICE"}:
        row = _decision(case, "DISCIPLINARY", _hearing_on(case), result, "PANEL", chance)
        yield {**row, "forum": "DISCIPLINARY"}
    if referred := _referred_on(case):
        value = "BOTH" if case.number == TRIAL else "DBS"
        yield {**_decision(case, "REFERRAL", referred, value, "HR", chance), "forum": "DISCIPLINARY"}


def _decision(case: Case, kind: str, on: date, value: str, role: str, chance: Chance) -> Row:
    return {
        "decision_id": chance.id("d"),
        "case_id": case.id,
        "decision_type": kind,
        "decision_date": str(on),
        "decision_value": value,
        "decision_maker_role": role,
        "forum": _forum(case, on),
        "alternatives_rejected_reason_recorded": "U",
        "access_to_children_removed": "U",
    }


def _forum(case: Case, on: date) -> str:
    if case.number in OVERRIDDEN:
        return "OUTSIDE_PROCESS"
    held = [meeting.type for meeting in case.meetings if meeting.on == on]
    if not held:
        return "UNKNOWN" if case.number % 3 == 0 else "OUTSIDE_PROCESS"
    return "S5_DISCUSSION" if held == ["DISCUSSION"] else "S5_MEETING"


def _safeguard(case: Case, kind: str, on: date, value: str, chance: Chance) -> Row:
    duties, removed = OTHER_DUTIES.get(case.number, ("", "")) if value == "ALTERNATIVE" else ("", "")
    interval = 20 if kind == "SAFEGUARD" else 10
    review_due = working_day(on, interval) if value in {"SUSPENDED", "ALTERNATIVE"} else None
    confirmed = working_day(on, chance.one(0, 1, 1, 3)) if value == "SUSPENDED" else None
    return {
        **_decision(case, kind, on, value, _employer_role(case), chance),
        "alternatives_used": duties,
        "risk_assessment_date": _text(case.day("risk")),
        "alternatives_considered": chance.one("", "", "SUPERVISED", "REDEPLOY_OTHER_SITE;SUPERVISED"),
        "alternatives_rejected_reason_recorded": chance.yn(0.3) if value == "SUSPENDED" else "N",
        "access_to_children_removed": removed or REMOVED.get(value, "U"),
        "written_confirmation_date": _text(confirmed),
        "review_due_date": _text(review_due),
        "reviewed_date": _text(_review_on(case)) if kind == "SAFEGUARD" and case.number in REVIEWED else "",
        "end_date": _text(_decision_ended(case, kind, value)),
        **(_override(case, on) if kind == "SAFEGUARD" else {}),
    }


def _override(case: Case, on: date) -> Row:
    """Why advice was not followed; one of the three overrides of both agencies was signed off, late."""
    reasons = OVERRIDDEN.get(case.number) or OTHER_REASONS.get(case.number, "")
    signed = case.number == 18
    return {
        "override_reasons": reasons,
        "senior_signoff_role": "DIRECTOR" if signed else "",
        "senior_signoff_date": str(working_day(on, 6)) if signed else "",
    }


def _employer_role(case: Case) -> str:
    if case.plan["role"] == "YOUTH":
        return "HOS"
    return "CHAIR_GOV" if case.plan["role"] == "HEAD" else "HEAD"


def _review_on(case: Case) -> date:
    return next(meeting.on for meeting in case.meetings if meeting.type == "REVIEW")


def _decision_ended(case: Case, kind: str, value: str) -> date | None:
    """The day on which the state it brought about ended; a review that changed nothing ended nothing."""
    if value not in {"SUSPENDED", "ALTERNATIVE", "NONE"}:
        return None
    if kind == "SAFEGUARD" and REVIEWED.get(case.number, value) != value:
        return _review_on(case)
    if kind == "SAFEGUARD" and case.number in REVIEWED_ON_REFERRAL and case.referred_back_on:
        return working_day(case.referred_back_on, 2)
    return None if value == "NONE" else case.exit_on or case.outcome_on or case.closed_on


def meeting_rows(cases: list[Case], chance: Chance) -> Iterator[Row]:
    meetings = [(case, meeting) for case in cases for meeting in case.meetings]
    exceptions = chance.some(range(len(meetings)), MEETINGS_NOT_ON_SS_FILE + MEETINGS_UNKNOWN_ON_SS_FILE)
    unknown = chance.some(exceptions, MEETINGS_UNKNOWN_ON_SS_FILE)
    for number, (case, meeting) in enumerate(meetings):
        on_file = "U" if number in unknown else "N" if number in exceptions else "Y"
        minuted = on_file == "Y" and chance.yes(0.8)
        yield {
            "meeting_id": meeting.id,
            "case_id": case.id,
            "meeting_type": meeting.type,
            "meeting_date": str(meeting.on),
            "chair_role": chance.one("SS_MANAGER", "SS_MANAGER", "EDU_MANAGER", "LADO"),
            "attended": _attended(case, meeting, chance),
            "minutes_date": str(working_day(meeting.on, chance.between(2, 25))) if minuted else "",
            "minutes_on_ss_file": on_file,
            "minutes_on_edu_file": chance.yn(0.6),
            "minutes_on_hr_file": chance.yn(0.4),
            "minutes_quality": str(chance.between(0, 3)) if minuted and case.audited_on else "",
            "joint_decided": "Y" if meeting.joint else "N",
            "joint_done": "Y" if meeting.joint == "!" else "N",
        }


def _attended(case: Case, meeting: Meeting, chance: Chance) -> str:
    agencies = ["POLICE"] if meeting.with_police else []
    if meeting.with_police or case.plan["ss"] not in {"-", "NOS"} or chance.yes(0.5):
        agencies.append("SS")
    agencies.append("EDU")
    return ";".join(agencies + [agency for agency in ("HR", "EMPLOYER") if chance.yes(0.5)])


def action_rows(cases: list[Case], chance: Chance) -> Iterator[Row]:
    # Early enough for every action to have fallen due, and for every finished one to be finished.
    held = [(case, meeting) for case in cases for meeting in case.meetings if meeting.on < date(2011, 1, 31)]
    for fate in ACTIONS:
        case, meeting = chance.one(*held)
        agency = chance.one("SS", "SS", "EDU", "EDU", "HR", "POLICE")
        yield {
            "action_id": chance.id("t"),
            "case_id": case.id,
            "meeting_id": meeting.id,
            "owner_agency": agency,
            "owner_role": _owner(agency, chance),
            "category": _category(agency, chance),
            "agreed_date": str(meeting.on),
            **_progress(fate, meeting.on, chance),
        }


def _owner(agency: str, chance: Chance) -> str:
    roles = {"SS": ("SS_MANAGER", "SOCIAL_WORKER"), "EDU": ("EDU_MANAGER", "HEAD"), "HR": ("HR",)}
    return chance.one(*roles.get(agency, ("POLICE",)))


def _category(agency: str, chance: Chance) -> str:
    if agency == "POLICE":
        return "INVESTIGATE"
    return chance.one("SAFEGUARD", "INVESTIGATE", "INFORM", "SUPPORT_CHILD", "REFER", "RECORD")


def _progress(fate: str, agreed: date, chance: Chance) -> Row:
    due = working_day(agreed, chance.one(5, 10, 20, 30))
    changes = chance.one(0, 0, 1, 2) if fate in {"late", "overdue"} else 0
    dated = not fate.startswith("undated")
    status = {"cancelled": "CANCELLED", "superseded": "SUPERSEDED", "overdue": "OPEN", "undated_open": "OPEN"}
    row = {
        "original_due_date": str(due) if dated else "",
        "current_due_date": str(working_day(due, 15 * changes)) if dated else "",
        "due_changes": str(changes),
        "status": status.get(fate, "DONE"),
        "evidence_on_file": "N",
    }
    if row["status"] != "DONE":
        return row
    if fate == "late":
        completed = working_day(due, chance.between(3, 50))
    else:
        completed = min(due, working_day(agreed, chance.between(1, 30)))
    return {**row, "completed_date": str(completed), "evidence_on_file": chance.yn(0.6)}


def sharing_rows(cases: list[Case], chance: Chance) -> Iterator[Row]:
    for case in cases:
        police = 0.9 if case.police_involved else 0.0
        for recipient, told in (("SS", 0.9), ("POLICE", police), ("PARENT", 0.45)):
            yield _share(case, recipient, "ALLEGATION", case.received, chance.yes(told), chance)
        if case.plan["role"] == "HEAD" or chance.yes(0.3):
            yield _share(case, "CHAIR_GOV", "ALLEGATION", case.received, chance.yes(0.5), chance)
        if case.plan["decision"] == "SUSPENDED":
            yield _share(case, "CHIEF_OFFICER", "SAFEGUARD", case.received, chance.yes(0.3), chance)
        if case.closed_on:
            ended = case.outcome_on or case.closed_on
            yield _share(case, "PARENT", "OUTCOME", ended, chance.yes(0.3), chance)
            yield _share(case, "SUBJECT", "OUTCOME", ended, chance.yes(0.8), chance)
        if case.number == FALSE_REFERENCE and case.exit_on:
            yield _share(case, "OTHER_EMPLOYER", "REFERENCE", case.exit_on, True, chance)


def _share(case: Case, recipient: str, purpose: str, start: date, told: bool, chance: Chance) -> Row:
    parent = recipient == "PARENT"
    reason = chance.one("NOT_RECORDED", "NOT_RECORDED", "NOT_RECORDED", "POLICE_ADVICE")
    return {
        "share_id": chance.id("i"),
        "case_id": case.id,
        "recipient": recipient,
        "purpose": purpose,
        "required": "Y",
        "not_shared_reason": "" if told else reason if parent else "NOT_RECORDED",
        "due_date": str(working_day(start, 5 if parent or recipient == "SUBJECT" else 1)),
        "shared_date": str(working_day(start, chance.one(0, 1, 1, 2, 5, 9))) if told else "",
        "method": chance.one("MEETING", "PHONE", "LETTER") if told else "",
    }


def audit_rows(cases: list[Case], chance: Chance) -> Iterator[Row]:
    for case in (case for case in cases if case.audited_on):
        back, findings = case.referred_back_on, list(_findings(case))
        closed = working_day(back, 12) if back and case.number in {9, 22} else None
        yield {
            "audit_id": chance.id("u"),
            "case_id": case.id,
            "auditor_type": "INSPECTORATE",
            "audit_date": _text(case.audited_on),
            "grade": "NOT_MET" if back else "PARTLY" if findings else "MET",
            "finding_codes": ";".join(findings),
            "immediate_risk_found": "Y" if case.number in IMMEDIATE_RISK else "N",
            "referred_back": "Y" if back else "N",
            "referred_back_by": chance.one("CIW", "ESTYN") if back else "",
            "referred_back_date": _text(back),
            "referred_back_closed_date": _text(closed),
            "agrees_with_record": "N" if back else chance.yn(0.6),
        }


def _findings(case: Case) -> Iterator[str]:
    if case.plan["risk"] == "-":
        yield "NO_RISK_ASSESSMENT"
    if not case.meetings:
        yield "NO_MINUTES"
    if case.number in OVERRIDDEN:
        yield from ("ADVICE_NOT_FOLLOWED", "DECISION_OUTSIDE_PROCESS")
    if case.number in REFERRED_BACK:
        yield from ("CHILD_NOT_HEARD", "INFO_NOT_SHARED")


def list_rows(cases: list[Case], chance: Chance) -> Iterator[Row]:
    for service, size in LIST_SIZES.items():
        for case in chance.some(cases, size):
            yield {"service": service, "case_id": case.id, **_listed(case, service, chance)}


def _listed(case: Case, service: str, chance: Chance) -> Row:
    """What a service's own list says: now and then another date, decision or outcome."""
    decided = case.day("at") if service != "POLICE" else None
    value, outcome = case.plan["decision"], case.plan["end"]
    said = chance.one(value, value, value, value, value, "NOT_RECORDED")
    said_on = working_day(decided, chance.one(0, 0, 0, 0, 1)) if decided else None
    return {
        "received_date": str(working_day(case.received, chance.one(0, 0, 0, 0, 1, 3))),
        "safeguard_decision_value": said if decided else "",
        "safeguard_decision_date": _text(said_on),
        "outcome_code": chance.one(outcome, outcome, outcome, outcome, "UNK"),
        "file_held": chance.one("Y", "Y", "Y", "N"),
        "strategy_record_on_file": chance.one("Y", "N", "U") if case.meetings else "N",
    }


def control_rows(cases: list[Case], chance: Chance) -> Iterator[Row]:
    """What each service counts of its own accord: near its list, and not equal to it."""
    for service, size in LIST_SIZES.items():
        received = Counter(_financial_year(case.received) for case in chance.some(cases, size))
        received[2010] += chance.one(1, 2)
        for year, value in sorted(received.items()):
            yield _control(service, "CASES_RECEIVED", date(year, 4, 1), date(year + 1, 3, 31), value)
        month = (date(2011, 3, 1), WINDOW[1])
        yield _control(service, "CASES_OPEN", *month, chance.between(3, 6))
        yield _control(service, "SUSPENSIONS_CURRENT", *month, chance.between(0, 1))
        if service in {"POLICE", "SS"}:
            yield _control(service, "STRATEGY_MEETINGS", *WINDOW, chance.between(24, 38))


def _control(service: str, measure: str, start: date, end: date, value: int) -> Row:
    keys = {"service": service, "measure": measure, "period_start": str(start), "period_end": str(end)}
    return {**keys, "value": str(value)}


def _financial_year(day: date) -> int:
    return day.year if day.month >= 4 else day.year - 1


def training_rows(chance: Chance) -> Iterator[Row]:
    staff = {"HEAD": 40, "TEACHER": 600, "SUPPORT": 450, "YOUTH": 60, "ADMIN_SITE": 210}
    for role, in_scope in staff.items():
        in_date = in_scope * chance.between(55, 90) // 100
        numbers = {"in_scope": str(in_scope), "in_date": str(in_date)}
        yield {"role_group": role, "period_end": str(WINDOW[1]), **numbers}


def tables() -> dict[str, list[Row]]:
    """Every table by name, in the order of the extract."""
    chance = Chance(SEED)
    cases = planned_cases(chance)
    check(cases)
    return {
        "extract": list(extract_rows(chance)),
        "cases": list(case_rows(cases, chance)),
        "children": list(child_rows(cases, chance)),
        "advice": list(advice_rows(cases, chance)),
        "decisions": list(decision_rows(cases, chance)),
        "meetings": list(meeting_rows(cases, chance)),
        "actions": list(action_rows(cases, chance)),
        "information_sharing": list(sharing_rows(cases, chance)),
        "file_audits": list(audit_rows(cases, chance)),
        "service_lists": list(list_rows(cases, chance)),
        "control_totals": list(control_rows(cases, chance)),
        "training": list(training_rows(chance)),
        "helpline": [],  # it was set up after publication (P2)
    }


def check(cases: list[Case]) -> None:
    """Stop if the plan no longer adds up to what was published."""
    known = [case.plan["aln"] for case in cases if case.plan["aln"] != "UNK"]
    bands = {tuple(map(int, case.plan["band"].split("-"))) for case in cases}
    exits = {case.exit_type for case in cases}
    assert len(cases) == CASES and {case.plan["role"] for case in cases} == ROLES
    assert all(WINDOW[0] <= case.received <= WINDOW[1] for case in cases)
    assert (len(known) - known.count("NONE"), len(known)) == CHILDREN_WITH_ADDITIONAL_NEEDS
    assert (min(low for low, _ in bands), max(high for _, high in bands)) == AGES
    assert len(OVERRIDDEN) == NOT_SUSPENDED_AGAINST_BOTH and exits >= EXITS_INSTEAD_OF_ASSESSMENT
    counts = (len(EXAMINED), len(REFERRED_BACK), len(IMMEDIATE_RISK))
    assert counts == (FILES_EXAMINED, FILES_REFERRED_BACK, FILES_WITH_IMMEDIATE_RISK)


def as_csv() -> dict[str, str]:
    """The text of each file by table; headers as ``data/reference/extract.toml`` declares them; LF."""
    with (REFERENCE_DATA / "extract.toml").open("rb") as source:
        declared = tomllib.load(source)
    return {table: _csv(list(declared[table]["columns"]), rows) for table, rows in tables().items()}


def _csv(columns: list[str], rows: list[Row]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _text(day: date | None) -> str:
    return str(day) if day else ""


if __name__ == "__main__":
    for name, text in as_csv().items():
        (HERE / "2011" / f"{name}.csv").write_text(text, encoding="utf-8", newline="\n")
