"""Charts for what happens so seldom that a monthly count says nothing: time, or cases, from one event to the next.

Knows the order of events. Refuses to count months: a series of noughts and ones has no limits worth drawing. For both
charts longer is better, since what is counted should not happen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import ceil, fsum, log
from typing import Final

from assurance.spc import Kind, Signal, xmr

MIN_EVENTS: Final = 20
"""Fewer events than this have no limits: they would rest on too few gaps (statistics.md)."""
POWER: Final = 1 / 3.6
"""Nelson (1994), J. Qual. Technol. 26, 239-247: this power makes exponential times nearly normal."""
HALF_DAY: Final = 0.5
"""Two events on one day are some part of a day apart, not no time at all."""
TAIL: Final = 0.00135
"""The chance beyond a three-sigma limit, on each side."""
TOO_FEW_EVENTS: Final = "too_few_events"


@dataclass(frozen=True)
class Gap:
    """From one event to the next: whole days (t chart) or cases between (g chart). ``ended_on`` is the later event's
    day in a t chart. Centre and limits are None where there are too few events for any."""

    length: int
    ended_on: date | None = None
    centre: float | None = None
    lower: float | None = None
    upper: float | None = None
    signal: Signal | None = None
    kind: Kind = "common_cause"


@dataclass(frozen=True)
class RareEvents:
    """The gaps in order. ``open`` is that since the last event, which has not ended and is part of no limit;
    ``open_is_longer`` says whether it is beyond the upper limit already. ``note`` says why there are no limits."""

    gaps: tuple[Gap, ...]
    open: int | None
    open_is_longer: bool
    note: str | None


def t_chart(dates: Sequence[date], *, until: date | None = None, min_events: int = MIN_EVENTS) -> RareEvents:
    """Days between events, with the limits and rules of an XmR chart on (days + 0.5) ** (1 / 3.6).

    ``until`` is the last day known of. Raises ValueError on dates that fall back, or an ``until`` before the last.
    """
    days = [(later - earlier).days for earlier, later in pairwise(dates)]
    if any(each < 0 for each in days):
        raise ValueError("dates fall back")
    still_open = (until - dates[-1]).days if until is not None and dates else None
    if still_open is not None and still_open < 0:
        raise ValueError("the last event lies after the last day known of")
    chart = xmr([(each + HALF_DAY) ** POWER for each in days], better="higher")
    if len(dates) < min_events or chart.limits_note:
        gaps = tuple(Gap(each, on) for each, on in zip(days, dates[1:], strict=True))
        return RareEvents(gaps, still_open, False, chart.limits_note if len(dates) >= min_events else TOO_FEW_EVENTS)
    gaps = tuple(
        Gap(each, on, _days(point.mean), _days(point.lower), _days(point.upper), point.signal, point.kind)
        for each, on, point in zip(days, dates[1:], chart.points, strict=True)
    )
    upper = gaps[-1].upper
    return RareEvents(gaps, still_open, still_open is not None and upper is not None and still_open > upper, None)


def g_chart(counts: Sequence[int], *, still_open: int | None = None, min_events: int = MIN_EVENTS) -> RareEvents:
    """Cases between events, with geometric probability limits: for where the volume of cases varies.

    ``counts`` are the cases between each two events; ``still_open`` those since the last. Benneyan (2001), Health Care
    Manag. Sci. 4, 305-318. The limits are whole numbers of cases; there are n + 1 events around n counts. Raises
    ValueError on a negative count.
    """
    if any(each < 0 for each in (*counts, still_open or 0)):
        raise ValueError("a count is negative")
    mean = fsum(counts) / len(counts) if counts else 0.0
    if len(counts) + 1 < min_events or not mean:
        return RareEvents(tuple(Gap(each) for each in counts), still_open, False, TOO_FEW_EVENTS)
    lower, centre, upper = (_geometric(tail, mean) for tail in (TAIL, 0.5, 1 - TAIL))
    gaps = tuple(
        Gap(each, None, centre, lower, upper, "outside_limits", "special_cause_improvement")
        if each > upper
        else Gap(each, None, centre, lower, upper, "outside_limits", "special_cause_concern")
        if each < lower
        else Gap(each, None, centre, lower, upper)
        for each in counts
    )
    return RareEvents(gaps, still_open, still_open is not None and still_open > upper, None)


def _days(transformed: float | None) -> float | None:
    """Back from the scale of the limits; there is no time before none."""
    if transformed is None:
        return None
    days: float = max(transformed, 0.0) ** (1 / POWER) - HALF_DAY
    return max(days, 0.0)


def _geometric(share: float, mean: float) -> int:
    """The smallest number of cases by which an event has come with probability ``share``, at ``mean`` cases between."""
    stays_away = mean / (mean + 1)
    return max(ceil(log(1 - share) / log(stays_away) - 1 - 1e-12), 0)
