"""From counts to the few words a board reads: each indicator's one verdict method, named in its definition."""

from __future__ import annotations

from typing import Final, Literal

from assurance.indicator import Target

Verdict = Literal["too_few", "meets_target", "below_target", "above_target", "unclear", "none_found", "explain_each"]

MIN_N: Final = 10
"""Fewer than this many cases bear no percentage, rate, median or judgement (statistics.md; DfE and ONS practice)."""


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
