"""The one protected frame: every value that a screen, table, sentence, alternative text, export or pack may show.

Knows how counts become a value with its interval and verdict. Refuses a percentage under ten cases, and any value
whose data did not arrive; the counts behind a withheld percentage stay visible to this audience.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any, Final, Literal

from assurance import judgement, period
from assurance.indicator import DENOMINATOR, NUMERATOR, STATES, Definition
from assurance.intervals import wilson
from assurance.release import Area, Release

ALL: Final = "all"

Withheld = Literal["too_few", "not_supplied"]


@dataclass(frozen=True)
class Figure:
    """One value. ``n`` of ``N`` items (``N`` None where a count stands for itself); ``value``, ``low`` and ``high`` in
    ``unit`` ("percent", or what is counted), the last two a 95 % interval; ``period_from`` and ``period_to`` are days,
    both included. ``withheld`` says why there is no value."""

    definition: Definition
    area: str
    period: str
    period_from: date
    period_to: date
    breakdown: str
    category: str
    unit: str
    states: Mapping[str, int]
    n: int | None = None
    N: int | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    verdict: judgement.Verdict | None = None
    withheld: Withheld | None = None

    def as_json(self) -> dict[str, Any]:
        """The shape that ``figures --json`` prints."""
        return {
            "indicator": self.definition.id,
            "area": self.area,
            "period": self.period,
            "period_from": self.period_from.isoformat(),
            "period_to": self.period_to.isoformat(),
            "breakdown": self.breakdown,
            "category": self.category,
            "states": dict(self.states),
            "n": self.n,
            "N": self.N,
            "value": self.value,
            "unit": self.unit,
            "low": self.low,
            "high": self.high,
            "verdict": self.verdict,
            "withheld": self.withheld,
        }


def figure(release: Release, definition: Definition, area: Area, code: str) -> Figure:
    """The figure of one indicator for an area and a period, not broken down."""
    return over(release, definition, area, [code])[0]


def over(release: Release, definition: Definition, area: Area, codes: Sequence[str]) -> list[Figure]:
    """One figure per period of ``codes``, not broken down."""
    counted = _counted(release, definition, area, codes, ALL)
    return [_figure(release, definition, area, code, (ALL, ALL), counted[code].get((ALL, ALL), {})) for code in codes]


def split(release: Release, definition: Definition, area: Area, code: str, breakdown: str) -> list[Figure]:
    """One figure per category of a breakdown that has any item, in the order of its code list."""
    counted = _counted(release, definition, area, [code], breakdown)[code]
    return _split(release, definition, area, code, breakdown, counted)


def every(release: Release) -> Iterator[Figure]:
    """Every value that a page can show, in a stable order."""
    for definition in release.definitions.values():
        for area in release.areas:
            counted = _counted(release, definition, area, release.periods, None)
            for code in release.periods:
                yield _figure(release, definition, area, code, (ALL, ALL), counted[code].get((ALL, ALL), {}))
                for breakdown in definition.breakdowns:
                    yield from _split(release, definition, area, code, breakdown, counted[code])


_Counted = dict[tuple[str, str], dict[str, int]]
"""Counts by state, of each breakdown and category."""


def _split(
    release: Release, definition: Definition, area: Area, code: str, breakdown: str, counted: _Counted
) -> list[Figure]:
    places = [(breakdown, category) for category in release.codes[breakdown] if (breakdown, category) in counted]
    return [_figure(release, definition, area, code, place, counted[place]) for place in places]


def _counted(
    release: Release, definition: Definition, area: Area, codes: Sequence[str], breakdown: str | None
) -> dict[str, _Counted]:
    """The counts of each period, of one breakdown or of all."""
    months = [period.parse(code) for code in codes]
    rows = release.read(
        "states",
        indicator=definition.slug,
        areas=list(area.members),
        codes=list(codes),
        firsts=[first for first, _ in months],
        lasts=[last for _, last in months],
        every_month=[code == period.ALL for code in codes],
        breakdown=breakdown,
    )
    counted: dict[str, _Counted] = {code: {} for code in codes}
    for row in rows:
        counted[row["code"]].setdefault((row["breakdown"], row["category"]), {})[row["state"]] = row["n"]
    return counted


def _figure(
    release: Release, definition: Definition, area: Area, code: str, place: tuple[str, str], found: Mapping[str, int]
) -> Figure:
    first, last = _days(release, code)
    judged = DENOMINATOR[definition.kind]
    make = partial(
        Figure,
        definition=definition,
        area=area.code,
        period=code,
        period_from=first,
        period_to=last,
        breakdown=place[0],
        category=place[1],
        unit="percent" if judged else definition.counts["en"],
    )
    if release.facts(area).missing_tables.intersection(definition.needs_tables):
        return make(states={}, withheld="not_supplied")
    states = {state: found.get(state, 0) for state in STATES[definition.kind]}
    n = states[NUMERATOR[definition.kind]]
    if not judged:
        return make(states=states, n=n, value=n, verdict=judgement.explain_each(n))
    N = sum(states[state] for state in judged)
    if N < judgement.MIN_N:
        return make(states=states, n=n, N=N, verdict="too_few", withheld="too_few")
    low, high = (round(100 * each, 6) for each in wilson(n, N))
    verdict = judgement.interval_against_target(n, N, low, high, definition.target_on(last))
    return make(states=states, n=n, N=N, value=round(100 * n / N, 6), low=low, high=high, verdict=verdict)


def _days(release: Release, code: str) -> tuple[date, date]:
    """The first and last day of a period; of all periods, from the first case to the snapshot."""
    if code == period.ALL:
        oldest = period.parse(release.periods[-1])[0] if len(release.periods) > 1 else release.snapshot_on
        return oldest, release.snapshot_on
    first, last = period.parse(code)
    return first, (last.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
