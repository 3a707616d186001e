"""A measure over time: the steps that are judged together, and the judgement.

Knows which steps are whole, how fine they may be and which rebases count. Refuses rolling periods, and steps with too
few cases: they make trends out of nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assurance import entries, figures, judgement, period
from assurance.entries import Entry
from assurance.figures import Figure
from assurance.indicator import Definition
from assurance.judgement import MIN_N, MIN_POINTS, OverTime
from assurance.release import Area, Release
from assurance.spc import Better


@dataclass(frozen=True)
class Series:
    """Whole months or quarters of one measure, oldest first, to the end of the period asked for, and their judgement:
    ``judged.points`` stand beside ``steps``. ``rebases`` are the decisions by which limits begin anew, each at the
    first step from its day on (``rebased_on``); ``fixed_by`` the one by which they rest on the steps before its day;
    ``waiting`` the rebases after which no step begins yet; ``without`` the judgement had there been no decision."""

    steps: tuple[Figure, ...]
    judged: OverTime
    rebases: tuple[Entry, ...] = ()
    fixed_by: Entry | None = None
    waiting: tuple[Entry, ...] = ()
    without: OverTime | None = None

    @property
    def rebased_on(self) -> tuple[date, ...]:
        """The first day of each step at which limits begin anew."""
        return _starts(self.steps, self.rebases)

    @property
    def is_monthly(self) -> bool:
        return not self.steps or period.is_month(self.steps[0].period)


def of(release: Release, definitions: Sequence[Definition], area: Area, code: str) -> Mapping[str, Series]:
    """The series of each definition that is judged by one, by its slug, up to the end of the period ``code``."""
    judged = [each for each in definitions if each.verdict == "xmr"]
    months = [each for each in period.months(release.periods) if _is_whole(release, area, each, code)]
    quarters = [each for each in period.quarters(release.periods) if _is_whole(release, area, each, code)]
    found = figures.steps(release, judged, area, [*months, *quarters])
    return {
        each.slug: _series(release, each, area, found[each.slug][: len(months)], found[each.slug][len(months) :])
        for each in judged
    }


def _is_whole(release: Release, area: Area, step: str, code: str) -> bool:
    """Whether all of a step lies within the data and before the end of the period."""
    first, last = period.parse(step)
    return (
        release.first_month(area) <= first
        and last <= period.parse(code)[1]
        and period.last_day(last) <= release.facts(area).snapshot_on
    )


def _series(
    release: Release, definition: Definition, area: Area, months: Sequence[Figure], quarters: Sequence[Figure]
) -> Series:
    """Counts go by month; shares by month where every month has cases enough for one, else by quarter."""
    is_fine = len(months) >= MIN_POINTS and all((each.N or 0) >= MIN_N for each in months)
    steps = months if not definition.is_share or is_fine else quarters
    values = [None if each.lacks_data else each.value if definition.is_share else each.n for each in steps]
    if any(value is None and not each.lacks_data for value, each in zip(values, steps, strict=True)):
        return Series(tuple(steps), OverTime((), "too_few"))
    if all(value is None for value in values) and steps:
        return Series(tuple(steps), OverTime((), "withheld"))
    better: Better = definition.better if definition.better in ("higher", "lower") else "neither"
    target = steps[-1].definition.target_on(steps[-1].period_to) if steps else None
    days = [each.period_from for each in steps]

    def judged(rebase: Sequence[date], fixed_on: date | None = None) -> OverTime:
        found = judgement.over_time(
            values,
            is_share=definition.is_share,
            better=better,
            target=target.percent if target and target.basis != "benchmark" else None,
            days=days,
            rebase=rebase,
            fixed_on=fixed_on,
        )
        if not (steps and steps[-1].lacks_data):
            return found
        # what came before is still drawn, and no longer speaks of now
        return replace(found, variation="withheld", assurance=None, rule=None)

    decided = [each for each in _decided(release, definition, area) if steps and each.on <= steps[-1].period_to]
    rebases = tuple(each for each in decided if each.register == "rebases" and _starts(steps, [each]))
    fixed_by = _fixed_by(steps, decided, _starts(steps, rebases))
    waiting = tuple(each for each in decided if each.register == "rebases" and each not in rebases)
    if not (rebases or fixed_by):
        return Series(tuple(steps), judged(()), waiting=waiting)
    found = judged(_starts(steps, rebases), fixed_by.on if fixed_by else None)
    return Series(tuple(steps), found, rebases, fixed_by, waiting, without=judged(()))


def _decided(release: Release, definition: Definition, area: Area) -> list[Entry]:
    """The decisions in force on the limits of a measure in an area; one for every area there is none of."""
    of = (each for register in entries.ON_LIMITS for each in entries.in_force(release.entries, register))
    return [each for each in of if (each.indicator, each.area) == (definition.slug, area.code)]


def _fixed_by(steps: Sequence[Figure], decided: Sequence[Entry], rebased_on: Sequence[date]) -> Entry | None:
    """The latest decision to fix limits that has steps enough before it, since limits last began anew."""
    begun = max(rebased_on, default=date.min)
    enough = [
        each
        for each in decided
        if each.register == "fixings" and sum(begun <= step.period_from < each.on for step in steps) >= MIN_POINTS
    ]
    return max(enough, key=lambda each: each.on, default=None)


def _starts(steps: Sequence[Figure], rebases: Sequence[Entry]) -> tuple[date, ...]:
    """The first day of the first step that begins on or after each rebase's day."""
    found = (next((step.period_from for step in steps if step.period_from >= each.on), None) for each in rebases)
    return tuple(dict.fromkeys(day for day in found if day is not None))


def events(release: Release, definition: Definition, area: Area, code: str) -> tuple[Sequence[date], date]:
    """The days on which each of what is counted happened, in order, up to the end of the period ``code``, and the last
    day known of. What has no usable day is not among them."""
    _, last = period.parse(code)
    months = [each for each in period.months(release.periods) if period.parse(each)[0] <= last]
    days = [
        step.period_from.replace(day=day)
        for step in figures.over(release, definition, area, months)
        for day, n in sorted(step.days.get("occurred", {}).items())
        for _ in range(n)
    ]
    facts, until = release.facts(area), period.last_day(last) if code != period.ALL else date.max
    silent = facts.silent_before(min(until, facts.snapshot_on), definition.needs_services)
    return days, max([min(until, facts.snapshot_on, *silent.values()), *days[-1:]])
