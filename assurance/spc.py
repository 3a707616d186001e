"""The XmR chart: what ordinary month-to-month variation looks like, and which points are more than that.

The rules are those of NHS England's "Making Data Count" as NHSRplotthedots 0.2.2 computes them, whose outputs on
published series the tests reproduce; ``docs/deviations.md`` lists every difference and why. Knows numbers in the order
of time. Refuses to know what they count: the floor for sparse series, clipping and words belong to
:mod:`assurance.judgement`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import pairwise
from math import fsum, isinf, isnan
from typing import Final, Literal

Better = Literal["higher", "lower", "neither"]
Signal = Literal["outside_limits", "trend", "two_of_three", "run"]
Kind = Literal[
    "common_cause",
    "special_cause_improvement",
    "special_cause_concern",
    "special_cause_neutral_high",
    "special_cause_neutral_low",
]
Assurance = Literal["consistent_pass", "consistent_fail", "inconsistent"]

LIMIT: Final = 2.66
"""Limits stand so many average moving ranges from the mean: 3 / 1.128, rounded as Making Data Count rounds it."""
NEAR: Final = 2 * (LIMIT / 3)
SCREEN: Final = 3.267
"""A moving range of this many averages or more is no ordinary one and is left out of the average (Montgomery's D4)."""
RUN: Final = 7
FIRM: Final = 13
"""Fewer points than this give trial limits."""
ROUNDING: Final = 1e-12
"""Limits nearer to the mean than this share of it differ from it by rounding alone."""
NOT_ENOUGH_VARIATION: Final = "not_enough_variation"

_ORIENTED: Final[dict[tuple[Better, int], Kind]] = {
    ("higher", 1): "special_cause_improvement",
    ("higher", -1): "special_cause_concern",
    ("lower", 1): "special_cause_concern",
    ("lower", -1): "special_cause_improvement",
    ("neither", 1): "special_cause_neutral_high",
    ("neither", -1): "special_cause_neutral_low",
}


@dataclass(frozen=True)
class Point:
    """One month. ``value`` None is a gap; the limits are None where there is not enough variation for any. ``group``
    counts the rebases so far. Of several rules that fire, ``signal`` is the first in the order of :data:`Signal`."""

    value: float | None
    group: int
    mean: float | None = None
    lower: float | None = None
    upper: float | None = None
    near_lower: float | None = None
    near_upper: float | None = None
    signal: Signal | None = None
    kind: Kind = "common_cause"


@dataclass(frozen=True)
class Chart:
    """The points in order, and what the latest of them says: ``variation`` is its kind, ``assurance`` how the target
    stands to the limits in force; ``trial_limits`` if fewer than 13 points are known since they began; ``limits_note``
    why there are none."""

    points: tuple[Point, ...]
    variation: Kind | None
    assurance: Assurance | None
    trial_limits: bool
    limits_note: str | None


def xmr(
    values: Sequence[float | None],
    *,
    dates: Sequence[date | str] | None = None,
    better: Better = "higher",
    screen_outliers: bool = True,
    fix_after_n_points: int | None = None,
    rebase: Iterable[date | str] = (),
    target: float | None = None,
) -> Chart:
    """The chart of ``values`` in the order of time, in their own unit, unclipped.

    ``None`` (or NaN) is a gap: no moving range, run or trend crosses it. ``dates`` (days, or ISO text, increasing) name
    the points for ``rebase``, at each of which limits and rules start anew. ``fix_after_n_points`` rests the limits of
    each group on its first so many points. Raises ValueError on values that are not finite, dates that are not as many
    or not increasing, a rebase at a date that is not there, and an unknown ``better``.
    """
    known = [None if value is None or isnan(value) else float(value) for value in values]
    if any(value is not None and isinf(value) for value in known):
        raise ValueError("a value is infinite")
    if better not in ("higher", "lower", "neither"):
        raise ValueError("better is higher, lower or neither")
    if fix_after_n_points is not None and fix_after_n_points < 1:
        raise ValueError("limits rest on at least one point")
    if target is not None and isnan(target):
        target = None
    groups = _groups(len(known), dates, rebase)
    points: list[Point] = []
    for group in dict.fromkeys(groups):
        own = [value for value, of in zip(known, groups, strict=True) if of == group]
        points += _group(own, group, better, fix_after_n_points, screen_outliers=screen_outliers)
    seen = [point for point in points if point.value is not None]
    latest = seen[-1] if seen else None
    in_force = [point for point in seen if latest is not None and point.group == latest.group]
    has_limits = latest is not None and latest.upper is not None
    return Chart(
        points=tuple(points),
        variation=latest.kind if latest else None,
        assurance=_assurance(latest, better, target),
        trial_limits=len(in_force) < FIRM,
        limits_note=None if has_limits else NOT_ENOUGH_VARIATION,
    )


def _groups(n: int, dates: Sequence[date | str] | None, rebase: Iterable[date | str]) -> list[int]:
    """The group of each point: how many rebases had been made by then."""
    starts = {_day(each) for each in ([rebase] if isinstance(rebase, str | date) else rebase)}
    if dates is None:
        if starts:
            raise ValueError("a rebase needs dates")
        return [0] * n
    days = [_day(each) for each in dates]
    if len(days) != n:
        raise ValueError(f"{n} values have {len(days)} dates")
    if any(later <= earlier for earlier, later in pairwise(days)):
        raise ValueError("dates do not increase")
    if not starts <= set(days):
        raise ValueError("a rebase stands at no date of the series")
    return [sum(start <= day for start in starts) for day in days]


def _day(day: date | str) -> date:
    if isinstance(day, str):
        return date.fromisoformat(day)
    return day.date() if isinstance(day, datetime) else day


def _group(
    values: list[float | None], group: int, better: Better, fixed: int | None, *, screen_outliers: bool
) -> list[Point]:
    """The points between two rebases."""
    base = values if fixed is None else values[:fixed]
    counted = [value for value in base if value is not None]
    if not counted:
        return [Point(value, group) for value in values]
    mean = _mean(counted)
    spread = _average_moving_range(base, screen_outliers=screen_outliers)
    if not spread or LIMIT * spread <= ROUNDING * abs(mean):
        return [Point(value, group, mean) for value in values]
    bare = Point(
        None, group, mean, mean - LIMIT * spread, mean + LIMIT * spread, mean - NEAR * spread, mean + NEAR * spread
    )
    points = [replace(bare, value=value) for value in values]
    return [_signalled(point, *found, better) for point, found in zip(points, _rules(points), strict=True)]


def _mean(values: Sequence[float]) -> float:
    """The double nearest to the mean, as R's ``mean`` gives it: the plain quotient may be one step off, which is enough
    to set a point that lies on the mean, or a target that lies on a limit, to one side."""
    mean = fsum(values) / len(values)
    return mean + fsum([*values, *[-mean] * len(values)]) / len(values)


def _average_moving_range(values: list[float | None], *, screen_outliers: bool) -> float | None:
    ranges = [abs(b - a) for a, b in pairwise(values) if a is not None and b is not None]
    if not ranges:
        return None
    average = _mean(ranges)
    if screen_outliers:
        ranges = [each for each in ranges if each < SCREEN * average]
    return _mean(ranges) if ranges else None


def _signalled(point: Point, signal: Signal | None, side: int, better: Better) -> Point:
    return point if signal is None else replace(point, signal=signal, kind=_ORIENTED[better, side])


def _rules(points: list[Point]) -> list[tuple[Signal | None, int]]:
    """The first rule that fires at each point, and to which side: 1 up, -1 down."""
    sides = [0 if point.value is None or point.mean is None else _sign(point.value - point.mean) for point in points]
    outside = [point.value is not None and not _within(point, point.lower, point.upper) for point in points]
    near = [
        point.value is not None and not _within(point, point.near_lower, point.near_upper) and not out
        for point, out in zip(points, outside, strict=True)
    ]
    steps = [_step(a.value, b.value) for a, b in pairwise(points)]
    trends = _part_of(_same(steps, RUN - 1), RUN, len(points))
    runs = _part_of(_same(sides, RUN), RUN, len(points))
    pairs = _part_of(
        [sum(near[at : at + 3]) >= 2 and abs(sum(sides[at : at + 3])) == 3 for at in _starts(near, 3)], 3, len(points)
    )
    found: list[tuple[Signal | None, int]] = []
    for at, side in enumerate(sides):
        if outside[at]:
            found.append(("outside_limits", side))
        elif trends[at]:
            # the point where one trend ends and another begins belongs to the later; a tie between them goes down
            goes_on = at + 1 < len(points) and trends[at + 1]
            found.append(("trend", 1 if (steps[at] if goes_on else steps[at - 1]) == 1 else -1))
        elif pairs[at] and near[at]:
            found.append(("two_of_three", side))
        else:
            found.append(("run", side) if runs[at] else (None, 0))
    return found


def _within(point: Point, low: float | None, high: float | None) -> bool:
    return point.value is None or low is None or high is None or low <= point.value <= high


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)


def _step(a: float | None, b: float | None) -> int:
    return 0 if a is None or b is None else _sign(b - a)


def _starts(items: Sequence[object], length: int) -> range:
    return range(max(len(items) - length + 1, 0))


def _same(signs: Sequence[int], length: int) -> list[bool]:
    """Whether a stretch of so many equal signs, none of them 0, begins at each place."""
    return [abs(sum(signs[at : at + length])) == length for at in _starts(signs, length)]


def _part_of(begins: Sequence[bool], length: int, n: int) -> list[bool]:
    """Whether each of ``n`` points lies in a stretch of ``length`` that begins where ``begins`` says."""
    return [any(begins[max(at - length + 1, 0) : at + 1]) for at in range(n)]


def _assurance(latest: Point | None, better: Better, target: float | None) -> Assurance | None:
    """The target against the limits in force; none without limits, or where no side is better."""
    if latest is None or target is None or better == "neither" or latest.upper is None or latest.lower is None:
        return None
    if target > latest.upper:
        return "consistent_fail" if better == "higher" else "consistent_pass"
    if target < latest.lower:
        return "consistent_pass" if better == "higher" else "consistent_fail"
    return "inconsistent"
