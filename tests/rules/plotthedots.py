"""NHSRplotthedots' rules transcribed from its R, function by function, for tests to compare the product with.

Written to be read beside ``R/ptd_spc_standard.R`` and ``R/ptd_calculate_point_type.R``; R counts from 1, its vectors
are lists here, and its NA is None. Only for series without gaps, which is what the package asks for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

LIMIT = 2.66
LIMIT_CLOSE = 2 * (LIMIT / 3)


@dataclass
class Row:
    mean: float
    lpl: float
    upl: float
    nlpl: float
    nupl: float
    special_cause_type: str


def sign(value: float) -> int:
    return (value > 0) - (value < 0)


def mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def ptd_spc_standard(y: Sequence[float], screen_outliers: bool, fix_after_n_points: int | None) -> list[Row] | None:
    """One rebase group. None where the package's limits are NaN or of no width, which the product leaves out."""
    fix_y = y if fix_after_n_points is None else y[:fix_after_n_points]
    middle = sum(fix_y) / len(fix_y)
    mr = [abs(b - a) for a, b in pairwise(fix_y)]
    amr = mean(mr)
    if screen_outliers and amr is not None:
        amr = mean([each for each in mr if each < 3.267 * amr])
    if not amr:
        return None
    lpl, upl = middle - LIMIT * amr, middle + LIMIT * amr
    nlpl, nupl = middle - LIMIT_CLOSE * amr, middle + LIMIT_CLOSE * amr
    outside = [int(each > upl or each < lpl) for each in y]
    relative = [sign(each - middle) for each in y]
    close = [int(not out and (each < nlpl or each > nupl)) for each, out in zip(y, outside, strict=True)]
    types = special_cause_type(y, relative, close, outside)
    return [Row(middle, lpl, upl, nlpl, nupl, each) for each in types]


def ptd_seven_point_one_side_mean(v: Sequence[int]) -> list[int]:
    vp = [0] * 6 + list(v)
    return [int(all(vp[i] == vp[i - back] for back in range(1, 7)) and vp[i] != 0) for i in range(6, len(vp))]


def ptd_seven_point_trend(y: Sequence[float]) -> list[int]:
    if len(y) < 7:
        return [0] * len(y)
    found = [0] * 6
    for i in range(6, len(y)):
        steps = [sign(y[at] - y[at - 1]) for at in range(i - 5, i + 1)]
        found.append(steps[0] if steps[0] != 0 and all(each == steps[0] for each in steps) else 0)
    return found


def ptd_part_of_seven(v: Sequence[int]) -> list[bool]:
    vp = list(v) + [0] * 6
    return [any(abs(each) == 1 for each in vp[i : i + 7]) for i in range(len(v))]


def ptd_two_in_three(v: Sequence[int], rtm: Sequence[int]) -> list[bool]:
    vp, rp = [0, 0, *v, 0, 0], [0, 0, *rtm, 0, 0]
    return [
        any(sum(vp[i + at : i + at + 3]) >= 2 and abs(sum(rp[i + at : i + at + 3])) == 3 for at in range(3))
        for i in range(len(v))
    ]


def special_cause_type(
    y: Sequence[float], relative: Sequence[int], close: Sequence[int], outside: Sequence[int]
) -> list[str]:
    trend = ptd_part_of_seven(ptd_seven_point_trend(y))
    run = ptd_part_of_seven(ptd_seven_point_one_side_mean(relative))
    two = [each and near == 1 for each, near in zip(ptd_two_in_three(close, relative), close, strict=True)]
    types = []
    for i, side in enumerate(relative):
        if outside[i]:
            types.append("Above UCL" if side > 0 else "Below LCL")
        elif trend[i]:
            after = i + 1 < len(y) and trend[i + 1]
            step = sign(y[i + 1] - y[i]) if after else sign(y[i] - y[i - 1])
            types.append("7 Point Trend (Increasing)" if step == 1 else "7 Point Trend (Decreasing)")
        elif two[i]:
            types.append("2 in 3 Above CL" if side > 0 else "2 in 3 Below CL")
        elif run[i]:
            types.append("7 Points Above CL" if side > 0 else "7 Points Below CL")
        else:
            types.append("Common Cause")
    return types
