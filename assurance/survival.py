"""How long it takes, with the cases still open counted as still open.

Everything comes from a histogram: whole ``days``, how each time ended, and ``n``, how many did so (1 each where not
given). Counts by whole days are kept rather than averages, so that curves and percentiles are exact and add up over
areas and periods. It never leaves an open case out: the median of the closed ones alone is too early by as much as is
still open.

Only ``math`` is imported: the data are a few hundred days, and lifelines and scipy, which the tests hold this against,
take seconds to import.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import erfc, exp, expm1, log1p, sqrt
from typing import Final

from assurance.intervals import Z_95

OPEN: Final = 0
EVENT: Final = 1
COMPETING: Final = 2

ROUNDING: Final = 1e-12
"""A share this close below the one asked for is equal to it: half of the cases is half in floating point too."""


@dataclass(frozen=True)
class Curve:
    """The share by which the event has happened, day by day: one entry for each day on which any time ended.

    ``share`` is from 0 to 1 and never falls. ``low`` and ``high`` are the 95 % band, each day by itself: where few are
    left it widens, and can then fall. ``at_risk`` is how many were still waiting just before that day.
    """

    days: tuple[int, ...]
    share: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    at_risk: tuple[int, ...]

    def at(self, day: int) -> float:
        """The share by the end of ``day``: 0 before the first entry, and after the last what it was then."""
        place = bisect_right(self.days, day)
        return self.share[place - 1] if place else 0.0

    def reached(self, share: float) -> int | None:
        """The first day by which at least ``share`` (above 0, to 1) is reached: 0.5 is the median. None if never."""
        return self._first(self.share, share)

    def reached_between(self, share: float) -> tuple[int | None, int | None]:
        """The 95 % interval of ``reached``: None at either end where the band does not get there.

        The band read sideways: Brookmeyer and Crowley (1982), Biometrics 38, 29-41, with the log-log band.
        """
        return self._first(self.high, share), self._first(self.low, share)

    def drawn(self, min_at_risk: int = 10) -> Curve:
        """The curve up to where fewer than ``min_at_risk`` are left: beyond, single cases move it. It may be empty."""
        kept = sum(each >= min_at_risk for each in self.at_risk)
        return Curve(self.days[:kept], self.share[:kept], self.low[:kept], self.high[:kept], self.at_risk[:kept])

    def _first(self, values: tuple[float, ...], share: float) -> int | None:
        _check_share(share)
        return next((day for day, value in zip(self.days, values) if value >= share - ROUNDING), None)


@dataclass(frozen=True)
class Times:
    """One group's times: whole days, whether the event ended each (else it is open), and how many."""

    days: Sequence[int]
    finished: Sequence[bool]
    n: Sequence[int] | None = None


@dataclass(frozen=True)
class LogRank:
    """Two groups compared over the whole curve. More ``observed`` than ``expected`` events: that group is faster."""

    chi2: float
    p: float
    observed: tuple[int, int]
    expected: tuple[float, float]


def kaplan_meier(days: Sequence[int], finished: Sequence[bool], n: Sequence[int] | None = None) -> Curve:
    """The share finished by each day, open cases counted until the day they were last seen open.

    Kaplan and Meier (1958), J. Am. Stat. Assoc. 53, 457-481; the band is Greenwood's variance on the log-log scale
    (Kalbfleisch and Prentice), which stays within 0 and 1. Where nothing has finished the band is 0 to 0, and where
    everything has, 1 to 1: the variance says nothing there. Raises ValueError as ``aalen_johansen``.
    """
    return aalen_johansen(days, [EVENT if each else OPEN for each in finished], n)


def aalen_johansen(days: Sequence[int], ends: Sequence[int], n: Sequence[int] | None = None) -> Curve:
    """The share to which the event has happened by each day, where another end can forestall it.

    ``ends``: 1 the event, 2 the competing end (someone left before a decision), 0 still open. Counting the competing
    end as open would pretend that those people may yet have the event. The share can therefore stay below 1 for good.

    The variance is Greenwood's for competing risks (Marubini and Valsecchi 1995, ch. 10; the one in lifelines and
    statsmodels), carried from day to day as the covariance of (still waiting, had the event) by Andersen, Borgan, Gill
    and Keiding (1993), eq. 4.4.20: the same number without its differences of near-equal sums. The band is on the
    scale log(-log(1 - share)), as etm's ``cloglog``, and not log(-log(share)) as lifelines' for this curve: so it
    *is* the Kaplan-Meier band where there is no competing end, and the two never disagree on the same cases.

    Raises ValueError for no cases, lists of different length, a negative day or count, or an unknown end.
    """
    ended = _by_end(days, ends, n)
    leaving = ended[OPEN] + ended[EVENT] + ended[COMPETING]
    at_risk = leaving.total()
    waiting, share, has_left = 1.0, 0.0, False
    var_waiting = var_share = covariance = 0.0
    rows = []
    for day in sorted(leaving):
        hazard, any_hazard = ended[EVENT][day] / at_risk, (ended[EVENT][day] + ended[COMPETING][day]) / at_risk
        var_share += 2 * hazard * covariance + hazard**2 * var_waiting + waiting**2 * hazard * (1 - hazard) / at_risk
        covariance = (1 - any_hazard) * (covariance + hazard * var_waiting - waiting**2 * hazard / at_risk)
        var_waiting = (1 - any_hazard) * ((1 - any_hazard) * var_waiting + waiting**2 * any_hazard / at_risk)
        has_left = has_left or ended[COMPETING][day] > 0
        share += waiting * hazard
        waiting *= 1 - any_hazard
        if not has_left:
            share = 1 - waiting  # the same number, and exactly 1 when all have finished
        rows.append((day, share, *_band(share, var_share), at_risk))
        at_risk -= leaving[day]
    return Curve(*zip(*rows))


def log_rank(a: Times, b: Times) -> LogRank:
    """Whether two groups differ in speed by more than chance: Mantel's log-rank test, 1 degree of freedom.

    Mantel (1966), Cancer Chemotherapy Reports 50, 163-170, with the hypergeometric variance for ties. People who left
    count as open here: it compares how fast those still waiting are decided on. Where no event could have told the
    groups apart (none happened while both had cases waiting, or all did at once) chi2 is 0 and p is 1, as lifelines
    has it. Raises ValueError as ``aalen_johansen``.
    """
    open_a, events_a, _ = _by_end(a.days, [EVENT if each else OPEN for each in a.finished], a.n)
    open_b, events_b, _ = _by_end(b.days, [EVENT if each else OPEN for each in b.finished], b.n)
    leaving_a, leaving_b = open_a + events_a, open_b + events_b
    at_risk_a = at_risk_b = 0
    expected_a = variance = 0.0
    for day in sorted(leaving_a | leaving_b, reverse=True):
        at_risk_a += leaving_a[day]
        at_risk_b += leaving_b[day]
        at_risk, events = at_risk_a + at_risk_b, events_a[day] + events_b[day]
        expected_a += events * at_risk_a / at_risk
        if at_risk > 1:
            variance += events * at_risk_a * at_risk_b * (at_risk - events) / (at_risk**2 * (at_risk - 1))
    observed = events_a.total(), events_b.total()
    chi2 = (observed[0] - expected_a) ** 2 / variance if variance else 0.0
    return LogRank(chi2, erfc(sqrt(chi2 / 2)), observed, (expected_a, sum(observed) - expected_a))


def percentile(histogram: Mapping[int, int], share: float) -> int:
    """The smallest day by which at least ``share`` (above 0, to 1) of the items are in; ``histogram``: day to count.

    Always a day that occurred, nothing interpolated: Hyndman and Fan (1996), Am. Stat. 50, 361-365, type 1. For times
    that have all ended; open ones belong in ``kaplan_meier``. Raises ValueError where there are no items.
    """
    _check_share(share)
    days = sorted(histogram)
    so_far = list(accumulate(histogram[day] for day in days))
    if not so_far or so_far[-1] <= 0:
        raise ValueError("no items: there is no percentile of nothing")
    return next(day for day, items in zip(days, so_far) if items / so_far[-1] >= share - ROUNDING)


def _by_end(
    days: Sequence[int], ends: Sequence[int], n: Sequence[int] | None
) -> tuple[Counter[int], Counter[int], Counter[int]]:
    """How many times ended on each day, by end: open, event, competing."""
    counts = [1] * len(days) if n is None else n
    if not len(days) == len(ends) == len(counts):
        raise ValueError("days, ends and n are of the same length")
    ended: tuple[Counter[int], Counter[int], Counter[int]] = (Counter(), Counter(), Counter())
    for day, end, count in zip(days, ends, counts):
        if day < 0 or count < 0 or end not in (OPEN, EVENT, COMPETING):
            raise ValueError("a day and a count are 0 or more, and an end is 0 (open), 1 (event) or 2 (competing)")
        if count:
            ended[end][day] += count
    if not any(ended):
        raise ValueError("no cases: there is no curve of nothing")
    return ended


def _band(share: float, variance: float) -> tuple[float, float]:
    """The 95 % interval of a share on the scale log(-log(1 - share)), by the delta method."""
    if share in (0, 1):
        return share, share
    log_waiting = log1p(-share)
    half = Z_95 * sqrt(variance) / ((1 - share) * -log_waiting)
    return -expm1(log_waiting * exp(-half)), -expm1(log_waiting * exp(half))


def _check_share(share: float) -> None:
    if not 0 < share <= 1:
        raise ValueError("a share is above 0 and at most 1: half is 0.5")
