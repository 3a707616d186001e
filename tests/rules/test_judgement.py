"""A verdict says no more than the cases bear."""

from __future__ import annotations

from datetime import date

import pytest

from assurance.indicator import Target
from assurance.intervals import wilson
from assurance.judgement import explain_each, interval_against_target


def aim(percent: int, *, is_floor: bool = True) -> Target:
    return Target(date(2020, 1, 1), percent, is_floor, "local", {"en": "x", "cy": "x"})


def judged(n: int, N: int, target: Target | None) -> str | None:
    low, high = (100 * each for each in wilson(n, N))
    return interval_against_target(n, N, low, high, target)


@pytest.mark.parametrize(
    ("n", "N", "target", "verdict"),
    [
        (9, 9, aim(100), "too_few"),
        (10, 10, aim(100), "meets_target"),
        (24, 25, aim(100), "below_target"),  # of a target of all, one short is short
        (11, 25, aim(80), "below_target"),
        (19, 25, aim(80), "unclear"),
        (99, 100, aim(80), "meets_target"),
        (0, 10, aim(0, is_floor=False), "meets_target"),
        (1, 25, aim(0, is_floor=False), "above_target"),
        (20, 25, aim(30, is_floor=False), "above_target"),
        (8, 25, aim(30, is_floor=False), "unclear"),
        (0, 50, aim(30, is_floor=False), "meets_target"),
        (11, 25, None, None),
    ],
)
def test_a_share_is_judged_only_where_its_whole_interval_is_on_one_side(
    n: int, N: int, target: Target | None, verdict: str | None
) -> None:
    assert judged(n, N, target) == verdict


def test_what_should_not_happen_is_to_be_explained_from_the_first() -> None:
    assert (explain_each(0), explain_each(1), explain_each(40)) == ("none_found", "explain_each", "explain_each")
