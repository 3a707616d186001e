"""How far the figures of a release can be relied on: who sent, what failed, what is filled, what agrees, who looked.

Knows the bounds from which a figure counts as reconciled or independently checked, and the one order of asking. Refuses
to change a figure: what is withheld is decided in :mod:`assurance.figures`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from assurance import figures, period
from assurance.figures import Figure
from assurance.indicator import ASPECTS, AUDITS, SERVICES, Both, Definition
from assurance.judgement import MIN_N
from assurance.release import Area, Release

AGREE_AT_LEAST: Final = 0.95
"""Services' lists that state so large a share of cases alike confirm a figure (a bound of this project's own)."""
AUDITED_AT_LEAST: Final = 0.1
MIN_AUDITED: Final = 5
"""So large a share of closed cases, and no fewer than so many, have their files examined (K43)."""
AUDITS_AGREE_AT_LEAST: Final = 0.8
"""Where fewer files agreed with the record, that somebody looked confirms nothing (a bound of this project's own)."""
COMPLETE_AT_LEAST: Final = 0.98
"""So many of the cells that have to be filled say something (K13)."""

State = Literal["sent", "silent", "never"]
Line = Literal["independently_checked", "reconciled", "self_reported"]
"""Which line of assurance stands behind a figure: an examiner, the other services, or the lead service alone."""
COMPARED: Final = ("received", "decision", "decided_on", "outcome", "file_held", "strategy_record")
"""What a service's list states of a case that both hold, in the order shown."""


@dataclass(frozen=True)
class Service:
    """A service of an authority, by code, and the day of what it last sent; None if it never has."""

    area: str
    service: str
    state: State
    last_on: date | None


@dataclass(frozen=True)
class Arrived:
    """What became of the rows of a table, by the service that sent the extract."""

    service: str
    table: str
    read: int
    accepted: int
    quarantined: int


@dataclass(frozen=True)
class Failed:
    """A rule that failed on ``n`` rows: its words, and what to do. ``fate`` is what happens to such a row."""

    service: str
    table: str
    rule: str
    fate: str
    n: int
    says: Both
    fix: Both


@dataclass(frozen=True)
class Filled:
    """Of so many cells that have to be filled, how many say something; ``column`` empty for a whole table."""

    service: str
    table: str
    column: str
    known: int
    expected: int

    @property
    def is_enough(self) -> bool:
        return self.known >= COMPLETE_AT_LEAST * self.expected


@dataclass(frozen=True)
class Agreement:
    """A service's list beside the lead service's record: cases both hold and only one does; by aspect, on how many
    of those both hold they agree, differ, or the list states nothing."""

    service: str
    both: int
    lead_only: int
    service_only: int
    aspects: Mapping[str, Counter[str]]

    def stated(self, aspect: str) -> int:
        return self.aspects[aspect]["agrees"] + self.aspects[aspect]["differs"]


@dataclass(frozen=True)
class Total:
    """What a service counted itself, and what the rows give."""

    area: str
    service: str
    measure: str
    period_from: date
    period_to: date
    stated: int
    counted: int


@dataclass(frozen=True)
class Gone:
    """Cases that one snapshot had and the next had not, as they last stood."""

    area: str
    last_seen_on: date
    gone_by: date
    status: str
    n: int


@dataclass(frozen=True)
class Assured:
    """A figure, and the line of assurance behind it."""

    definition: Definition
    line: Line


@dataclass(frozen=True)
class Trust:
    """All of it for an area; what goes by the month of receipt (agreements, ``listed`` cases and those of them on which
    any service ``disagree``s) for a period. ``is_told`` is False for a release made before any of it was kept."""

    is_told: bool
    rules_run: int
    services: tuple[Service, ...]
    arrived: tuple[Arrived, ...]
    failed: tuple[Failed, ...]
    filled: tuple[Filled, ...]
    agreements: tuple[Agreement, ...]
    listed: int
    disagree: int
    totals: tuple[Total, ...]
    gone: tuple[Gone, ...]
    audits: Counter[str]
    assured: tuple[Assured, ...]


def of(release: Release, area: Area, code: str) -> Trust:
    """What is known of an area's data. ``code``: the period of receipt that agreements are counted over."""

    def own(name: str) -> list[dict[str, Any]]:
        return [row for row in release.evidence(name) if row["area"] in area.members]

    services = tuple(Service(row["area"], row["service"], row["state"], row["last_on"]) for row in own("services"))
    found, audits = _reconciliation(release, area, code), _audits(own("audits"))
    anywhere = found.get("ANY", {}).get("anywhere", Counter())
    arrived = own("arrivals")
    return Trust(
        is_told=bool(services),
        rules_run=max((row["rules_run"] for row in arrived), default=0),
        services=tuple(sorted(services, key=lambda each: (each.area, SERVICES.index(each.service)))),
        arrived=tuple(_arrived(arrived)),
        failed=tuple(_failed(own("findings"))),
        filled=tuple(_filled(own("completeness"))),
        agreements=tuple(_agreement(service, found[service]) for service in SERVICES if service in found),
        listed=anywhere.total(),
        disagree=anywhere["differs"],
        totals=tuple(_total(row) for row in own("control_totals")),
        gone=tuple(Gone(**row) for row in own("withdrawn")),
        audits=audits,
        assured=tuple(Assured(each, line) for each, line in _lines(release, area, audits)),
    )


def _reconciliation(release: Release, area: Area, code: str) -> dict[str, dict[str, Counter[str]]]:
    """How many cases, by service, aspect and finding."""
    first, last = period.parse(code)
    found: dict[str, dict[str, Counter[str]]] = {}
    for row in release.evidence("reconciliation", first=first, last=last, every_month=code == period.ALL):
        if row["area"] in area.members:
            aspects = found.setdefault(row["service"], {})
            aspects.setdefault(row["aspect"], Counter())[row["finding"]] += row["n"]
    return found


def _agreement(service: str, aspects: Mapping[str, Counter[str]]) -> Agreement:
    held = aspects.get("held_by", Counter())
    return Agreement(
        service,
        held["both"],
        held["lead"],
        held["service"],
        {aspect: aspects.get(aspect, Counter()) for aspect in COMPARED},
    )


def _arrived(rows: Iterable[Mapping[str, Any]]) -> list[Arrived]:
    added: dict[tuple[str, str], Counter[str]] = {}
    for row in rows:
        counts = added.setdefault((row["service"], row["table"]), Counter())
        counts.update({key: row[key] for key in ("read", "accepted", "quarantined")})
    return [
        Arrived(*place, counts["read"], counts["accepted"], counts["quarantined"])
        for place, counts in sorted(added.items())
    ]


def _failed(rows: Iterable[Mapping[str, Any]]) -> list[Failed]:
    """Each rule once for each service; a rule that a later version no longer has is told by its id."""
    added: Counter[tuple[str, str, str, str]] = Counter()
    texts: dict[str, tuple[Both, Both]] = {}
    for row in rows:
        added[row["service"], row["table"], row["rule"], row["on_failure"]] += row["n"]
        texts[row["rule"]] = (
            {"en": row["says_en"] or row["rule"], "cy": row["says_cy"] or row["rule"]},
            {"en": row["fix_en"] or "", "cy": row["fix_cy"] or ""},
        )
    return [Failed(*place, n, *texts[place[2]]) for place, n in sorted(added.items())]


def _filled(rows: Sequence[Mapping[str, Any]]) -> list[Filled]:
    """Each column of each service's table, and before them the table as a whole."""
    added: dict[tuple[str, str, str], list[int]] = {}
    for row in rows:
        for column in ("", row["column"]):
            sums = added.setdefault((row["table"], row["service"], column), [0, 0])
            sums[0] += row["known"]
            sums[1] += row["expected"]
    return [Filled(service, table, column, *sums) for (table, service, column), sums in sorted(added.items())]


def _total(row: Mapping[str, Any]) -> Total:
    days = row["period_start"], row["period_end"]
    return Total(row["area"], row["service"], row["measure"], *days, row["stated"], row["counted"])


def _audits(rows: Iterable[Mapping[str, Any]]) -> Counter[str]:
    """How many cases had their file examined, by whether it agrees with the record (Y, N, U)."""
    audits: Counter[str] = Counter()
    for row in rows:
        audits[row["agrees"]] += row["n"]
    return audits


def lines(release: Release, area: Area) -> dict[str, Line]:
    """The line of assurance behind each figure, by the definition's slug; none of a release that does not tell."""
    if not release.evidence("services"):
        return {}
    audits = _audits(row for row in release.evidence("audits") if row["area"] in area.members)
    return {each.slug: line for each, line in _lines(release, area, audits)}


def _lines(release: Release, area: Area, audits: Counter[str]) -> list[tuple[Definition, Line]]:
    silent = release.facts(area).silent
    found = _reconciliation(release, area, period.ALL)
    agreements = [
        _agreement(service, of) for service, of in found.items() if service in SERVICES and service not in silent
    ]
    facts = release.facts(area)
    examined = are_examined(audits, facts.cases - facts.open_cases)
    confirmed = {aspect for aspect in ASPECTS if agree(agreements, aspect)}
    return [(each, line(each, examined, confirmed)) for each in release.definitions.values()]


def line(definition: Definition, are_files_examined: bool, confirmed: Iterable[str]) -> Line:
    """Who stands behind a figure: examiners of files first, then services whose lists all agree on what it rests on."""
    if are_files_examined and AUDITS in definition.assured_by:
        return "independently_checked"
    aspects = [each for each in definition.assured_by if each != AUDITS]
    return "reconciled" if aspects and set(aspects) <= set(confirmed) else "self_reported"


def are_examined(audits: Counter[str], closed: int) -> bool:
    """Whether enough files were examined, and agree with the record. ``closed``: how many cases are."""
    looked, known = audits.total(), audits["Y"] + audits["N"]
    is_enough = looked >= max(MIN_AUDITED, AUDITED_AT_LEAST * closed)
    return is_enough and audits["Y"] >= AUDITS_AGREE_AT_LEAST * known > 0


def agree(agreements: Sequence[Agreement], aspect: str) -> bool:
    """Whether services' lists confirm an aspect of the lead service's record, on cases enough to say so."""
    if aspect == "held_by":
        known, all_known = (
            sum(each.both for each in agreements),
            sum(each.both + each.service_only for each in agreements),
        )
    else:
        known = sum(each.aspects[aspect]["agrees"] for each in agreements)
        all_known = sum(each.stated(aspect) for each in agreements)
    return all_known >= MIN_N and known >= AGREE_AT_LEAST * all_known


def doubted(release: Release, area: Area, code: str) -> list[Figure]:
    """The figures of a period that are withheld for what their data lacks, not broken down, in the order of pages."""
    found = figures.steps(release, list(release.definitions.values()), area, [code])
    return [each for (each,) in found.values() if each.lacks_data]
