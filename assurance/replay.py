"""In which month a measure first showed what a board would ask about: the first override, the first record not on file.

Knows which state of each kind asks for an explanation. Refuses kinds that have none (durations, profiles, rates): they
say how long or of what kind, not that something was amiss.
"""

from __future__ import annotations

from dataclasses import dataclass

from assurance import figures, period
from assurance.figures import Figure
from assurance.indicator import Definition
from assurance.release import Area, Release


@dataclass(frozen=True)
class Seen:
    """The first month (a period's code) in whose figures it stood, None where that is in no month; how often by the end
    of the data, and of how many (None where a number stands for itself)."""

    month: str | None
    n: int
    N: int | None


def amiss(definition: Definition) -> tuple[str, ...]:
    """The states of an indicator that a board would ask about; none where it has no such state."""
    if definition.kind == "share":
        wanted = definition.better == "higher" or definition.is_two_sided
        return ("no",) if wanted else ("yes",)
    by_kind = {"occurrences": ("occurred",), "within_clock": ("missed",)}
    return definition.numerator if definition.kind == "stock" else by_kind.get(definition.kind, ())


def first_seen(release: Release, definition: Definition, area: Area) -> Seen | None:
    """Where it was first seen over all the data; None where it never was, or where it has no such state."""
    wanted = amiss(definition)
    months = sorted(period.months(release.periods), key=lambda code: period.parse(code)[0])
    if not wanted or not months:
        return None
    steps = figures.over(release, definition, area, months)
    first = next((each.period for each in steps if _count(each, wanted)), None)
    whole = figures.figure(release, definition, area, period.ALL)
    n = _count(whole, wanted)
    if first is None and not n:
        return None
    return Seen(first, n, None if definition.is_as_at or whole.N is None else whole.N)


def _count(figure: Figure, wanted: tuple[str, ...]) -> int:
    return sum(figure.states.get(state, 0) for state in wanted)
