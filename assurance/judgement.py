"""From counts to the few words a board reads: how a measure changes, and how it stands to its target.

Each indicator has one verdict method, named in its definition. The order of asking is always the same: did the data
arrive, are there enough cases, what does the method say. Knows thresholds, floors and what limits may be drawn; the
methods themselves are in :mod:`assurance.spc`, :mod:`assurance.survival` and :mod:`assurance.intervals`. Refuses a word
that numbers so small cannot carry: ``docs/deviations.md`` says how often each is wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final, Literal

from assurance import spc
from assurance.survival import LogRank, Times, log_rank

if TYPE_CHECKING:
    from assurance.figures import Figure
    from assurance.indicator import Better, Target

Verdict = Literal["too_few", "meets_target", "below_target", "above_target", "unclear", "none_found", "explain_each"]
Variation = Literal[
    "improving", "getting_worse", "higher", "lower", "no_change",
    "too_early", "too_few", "too_sparse", "no_spread", "not_recorded", "withheld", "not_judged",
]  # fmt: skip
"""How a measure changes; the second line says why that is not said."""
Assurance = Verdict | Literal["will_meet", "will_miss", "hit_or_miss", "not_recorded"]
"""How it stands to its target: "will" and "hit or miss" from the limits of a series, the rest from one period alone."""
Rule = spc.Signal | Literal["log_rank"]

MIN_N: Final = 10
"""Fewer than this many cases bear no percentage, rate, median or judgement (statistics.md; DfE and ONS practice)."""
MIN_POINTS: Final = 12
"""Fewer points than this bear no limits, and so no word on change (statistics.md)."""
MAX_POINTS: Final = 24
"""From so many points on limits no longer need the next; the Board can decide that they stay (decision 12)."""
MIN_MONTHLY_MEAN: Final = 4
"""Fewer a month than this have no limits worth drawing; quarters or the time between may (decision 12)."""
MISSING_AT_MOST: Final = 0.2
"""Where more than this share is not recorded, what is recorded may not stand for the rest (interface.md)."""
QUARANTINED_AT_MOST: Final = 0.1
"""Where more than this share of a table's rows failed their rules, the rest may not stand for the whole; a table with
more than a quarter is refused at the door (decision 0009)."""
UNSOUND: Final = ("not_supplied", "service_missing", "data_quality")
"""The reasons to withhold that lie in the data, and come before any other."""
SURE: Final = 0.01
"""Two periods differ in speed where chance alone would part them less often than this: durations are looked at every
month and several at a time, so one in twenty would be wrong too often."""

_OF_KIND: Final[dict[spc.Kind, Variation]] = {
    "common_cause": "no_change",
    "special_cause_improvement": "improving",
    "special_cause_concern": "getting_worse",
    "special_cause_neutral_high": "higher",
    "special_cause_neutral_low": "lower",
}
_OF_LIMITS: Final[dict[spc.Assurance, Assurance]] = {
    "consistent_pass": "will_meet",
    "consistent_fail": "will_miss",
    "inconsistent": "hit_or_miss",
}


def interval_against_target(n: int, N: int, low: float, high: float, target: Target | None) -> Verdict | None:
    """Whether a share can be told apart from its target: the whole 95 % interval lies on one side, or it is unclear.

    ``low`` and ``high`` in percent. None where there is no target.
    """
    if target is None:
        return None
    if N < MIN_N:
        return "too_few"
    if target.is_floor:
        if low >= target.percent or 100 * n >= target.percent * N == 100 * N:
            return "meets_target"
        return "below_target" if high < target.percent or target.percent == 100 else "unclear"
    if high <= target.percent or 100 * n <= target.percent * N == 0:
        return "meets_target"
    return "above_target" if low > target.percent or target.percent == 0 else "unclear"


def explain_each(n: int) -> Verdict:
    """For what should not happen: any occurrence is to be explained, whatever the chance of it."""
    return "explain_each" if n else "none_found"


@dataclass(frozen=True)
class OverTime:
    """A series judged. ``points`` are to be drawn: their limits are clipped to what the measure can be, which
    ``is_clipped`` says; the rules went by the unclipped ones. Without limits ``variation`` says why. ``rule`` fired at
    the latest point, ``is_trial`` if the limits in force rest on fewer than 13 points; ``met`` of the points in force
    met the target."""

    points: tuple[spc.Point, ...]
    variation: Variation
    assurance: Assurance | None = None
    rule: spc.Signal | None = None
    is_trial: bool = False
    is_clipped: bool = False
    met: int = 0

    @property
    def shifted_at(self) -> int | None:
        """The place of the first of seven or more points, up to the latest, on one side of the average: where a new
        start of the limits could be decided on, if a known change explains it. None where there are not so many."""
        on_side, latest = 0, self.points[-1] if self.points else None
        for point in reversed(self.points):
            if latest is None or point.group != latest.group or _side(point) in (0, -_side(latest)):
                break
            on_side += 1
        return len(self.points) - on_side if on_side >= spc.RUN else None

    @property
    def has_limits(self) -> bool:
        return any(point.upper is not None for point in self.points)


def over_time(
    values: Sequence[float | None],
    *,
    is_share: bool,
    better: spc.Better,
    target: float | None = None,
    days: Sequence[date] | None = None,
    rebase: Sequence[date] = (),
    fixed_on: date | None = None,
) -> OverTime:
    """Judge monthly counts, or shares in percent of at least :data:`MIN_N` each, by the XmR chart.

    Against a ``target`` of all or none no "hit or miss" is said: limits reach beyond what a share can be, so that they
    would hold such a target however often it was missed. Nor is it of a target that no point in force ever met. The
    period alone then stands against it.

    ``days`` (the first of each month or quarter) name the points for ``rebase``. Limits rest on all points of the group
    in force; or on those before ``fixed_on`` alone, where these are as many as limits need. Raises ValueError as
    :func:`assurance.spc.xmr`.
    """
    known = [value for value in values if value is not None]
    bare = tuple(spc.Point(value, 0) for value in values)
    if not is_share and _is_sparse(known):
        return OverTime(bare, "too_sparse")
    if len(known) < MIN_POINTS:
        return OverTime(bare, "too_early")
    chart, is_trial = _charted(values, days, better, target, rebase, fixed_on)
    points = tuple(_clipped(point, 100.0 if is_share else None) for point in chart.points)
    if chart.limits_note or chart.variation is None:
        return OverTime(points, "no_spread")
    in_force = [point for point in chart.points if point.group == chart.points[-1].group and point.value is not None]
    if not is_share and _is_sparse([point.value for point in in_force if point.value is not None]):
        return OverTime(bare, "too_sparse")
    if len(in_force) < MIN_POINTS:  # since a rebase
        return OverTime(points, "too_early", is_trial=True, is_clipped=points != chart.points)
    against = _OF_LIMITS[chart.assurance] if chart.assurance else None
    met = _met(in_force, better, target)
    if against == "hit_or_miss" and ((is_share and target in (0, 100)) or not met):
        against = None
    return OverTime(
        points,
        _OF_KIND[chart.variation],
        against,
        _latest(chart.points).signal,
        is_trial,
        points != chart.points,
        met,
    )


def _met(points: Sequence[spc.Point], better: spc.Better, target: float | None) -> int:
    """How many points met the target."""
    if target is None:
        return 0
    values = [point.value for point in points if point.value is not None]
    return sum(value >= target if better == "higher" else value <= target for value in values)


def _is_sparse(counts: Sequence[float]) -> bool:
    return not counts or sum(counts) / len(counts) < MIN_MONTHLY_MEAN


def _charted(
    values: Sequence[float | None],
    days: Sequence[date] | None,
    better: spc.Better,
    target: float | None,
    rebase: Sequence[date],
    fixed_on: date | None,
) -> tuple[spc.Chart, bool]:
    """The chart, and whether its limits are provisional. A decision to fix concerns the group in force alone."""

    def drawn(fix: int | None) -> spc.Chart:
        return spc.xmr(values, dates=days, better=better, rebase=rebase, target=target, fix_after_n_points=fix)

    chart = drawn(None)
    if fixed_on is None or days is None:
        return chart, chart.trial_limits
    last = chart.points[-1].group
    base = [point for point, day in zip(chart.points, days, strict=True) if point.group == last and day < fixed_on]
    known = sum(point.value is not None for point in base)
    if known < MIN_POINTS:
        return chart, chart.trial_limits
    fixed = drawn(len(base))
    points = [own if own.group < last else other for own, other in zip(chart.points, fixed.points, strict=True)]
    return replace(fixed, points=tuple(points)), known < spc.FIRM


def _side(point: spc.Point) -> int:
    """1 above the average, -1 below it, 0 on it or where there is none."""
    if point.value is None or point.mean is None or point.upper is None:
        return 0
    return (point.value > point.mean) - (point.value < point.mean)


def _latest(points: Sequence[spc.Point]) -> spc.Point:
    return next(point for point in reversed(points) if point.value is not None)


def _clipped(point: spc.Point, highest: float | None) -> spc.Point:
    """Limits as they may be drawn: no count is below 0 and no share above 100."""

    def within(limit: float | None) -> float | None:
        if limit is None:
            return None
        return max(limit, 0.0) if highest is None else min(max(limit, 0.0), highest)

    return replace(
        point,
        lower=within(point.lower),
        upper=within(point.upper),
        near_lower=within(point.near_lower),
        near_upper=within(point.near_upper),
    )


@dataclass(frozen=True)
class Judgement:
    """The words for one figure. ``method`` is the definition's; ``rule`` fired, or None."""

    method: str
    variation: Variation
    assurance: Assurance | None
    rule: Rule | None = None

    @property
    def is_worth_asking(self) -> bool:
        """Whether it changes, or stands to its target, in a way to ask about; never that someone is failing."""
        return self.variation in _ASK or self.assurance in _ASK


_ASK: Final = {
    "getting_worse", "higher", "lower", "will_miss", "below_target", "above_target", "explain_each", "not_recorded",
    "withheld",
}  # fmt: skip
_UNRECORDED: Final = ("not_measurable", "not_known", "not_recorded")


def judge(figure: Figure, series: OverTime | None = None, before: Figure | None = None) -> Judgement:
    """The verdict on a figure by its definition's method: ``series`` for ``xmr``, the year ``before`` for ``log_rank``.

    A series without limits leaves the period alone to be held against its target, as far as its cases allow.
    """
    method = figure.definition.verdict
    if method == "not_judged":
        return Judgement(method, "not_judged", None)
    if figure.lacks_data:  # what is known of still has to be explained
        return Judgement(method, "withheld", "explain_each" if figure.verdict == "explain_each" else None)
    if method != "explain_each" and _is_unrecorded(figure):
        return Judgement(method, "not_recorded", "not_recorded")
    if method == "xmr":
        found = series or OverTime((), "too_few")
        return Judgement(method, found.variation, found.assurance or figure.verdict, found.rule)
    if method == "log_rank":
        return _speed(figure, before)
    return Judgement(method, "not_judged", figure.verdict)


def _is_unrecorded(figure: Figure) -> bool:
    missing = sum(figure.states.get(state, 0) for state in _UNRECORDED)
    return missing > MISSING_AT_MOST * sum(figure.states.values())


def _speed(now: Figure, before: Figure | None) -> Judgement:
    """Whether durations that began in this period end sooner or later than those of the year before."""
    method = now.definition.verdict
    if (now.N or 0) < MIN_N:
        return Judgement(method, "too_few", None)
    if before is None or before.lacks_data or (before.N or 0) < MIN_N:
        return Judgement(method, "too_early", None)
    compared = log_rank(_times(now), _times(before))
    if compared.p >= SURE:
        return Judgement(method, "no_change", None)
    return Judgement(method, _direction(compared, now.definition.better), None, "log_rank")


def _direction(compared: LogRank, better: Better) -> Variation:
    is_faster = compared.observed[0] > compared.expected[0]
    if better == "lower":
        return "improving" if is_faster else "getting_worse"
    if better == "higher":
        return "getting_worse" if is_faster else "improving"
    return "lower" if is_faster else "higher"


def _times(figure: Figure) -> Times:
    """Who left before counts as waiting until then, as who still waits."""
    timed = [(day, state == "finished", n) for state, of in figure.days.items() for day, n in of.items()]
    days, finished, n = zip(*timed, strict=True)
    return Times(days, finished, n)
