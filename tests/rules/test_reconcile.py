"""A total is the sum of its parts, or it is told by how much it is not: arithmetic that authorities have published."""

from __future__ import annotations

from datetime import date

import pytest

from assurance.reconcile import Difference, Total, adds_up, differing, parts_of

ADDS_UP = [
    (204, (72, 30, 69, 1, 32)),  # Bromley 2021-22: referrals by outcome, those ongoing included
    (78, (65, 13)),  # Ceredigion 2023-24, first quarter: joint and single-agency enquiries
    (454, (68, 43, 80, 121, 142)),  # Wokingham 2019-20 to 2023-24: contacts from schools
    (390, (93, 66, 86, 71, 74)),  # Education Workforce Council 2019-20 to 2023-24: cases concluded
    (74, (22, 26, 6, 6, 10, 4)),  # the same, 2023-24 by group
    (20, (19, 1)),  # Pembrokeshire April 2011 to April 2012: education and social services
]
DIFFERS = [
    (1445, (993, 453), -1),  # Devon 2023-24: referrals and requests for advice
    (85, (70, 25), -10),  # Ceredigion 2022-23, fourth quarter: joint and single-agency enquiries
    (23, (10,), 13),  # Ceredigion 2023-24: the first quarter as the second one's report has it, and its own
]


@pytest.mark.parametrize(("total", "parts"), ADDS_UP)
def test_published_totals_that_are_the_sum_of_their_parts(total: int, parts: tuple[int, ...]) -> None:
    assert adds_up(total, parts) is None


@pytest.mark.parametrize(("total", "parts", "by"), DIFFERS)
def test_published_totals_that_are_not_the_sum_of_their_parts(total: int, parts: tuple[int, ...], by: int) -> None:
    difference = adds_up(total, parts)
    assert difference == Difference(given=total, counted=sum(parts))
    assert difference.by == by


def _quarter(number: int, value: int) -> Total:
    starts = date(2024, 3 * number - 2, 1)
    return Total(starts, date(2024, 3 * number, 31 if number in (1, 4) else 30), value)


YEAR = Total(date(2024, 1, 1), date(2024, 12, 31), 10)
QUARTERS = [_quarter(1, 1), _quarter(2, 2), _quarter(3, 3), _quarter(4, 4)]
JANUARY = Total(date(2024, 1, 1), date(2024, 1, 31), 1)


def test_the_parts_of_a_year_are_its_quarters_though_a_month_is_there_too() -> None:
    assert parts_of(YEAR, [YEAR, JANUARY, *QUARTERS]) == tuple(QUARTERS)


def test_a_period_with_a_gap_has_no_parts() -> None:
    assert parts_of(YEAR, [YEAR, *QUARTERS[:2], QUARTERS[3]]) == ()
    assert differing([Total(YEAR.starts, YEAR.ends, 99), *QUARTERS[:3]]) == {}


def test_a_period_is_no_part_of_itself() -> None:
    assert parts_of(JANUARY, [JANUARY]) == ()


def test_only_the_total_that_differs_is_told() -> None:
    wrong = Total(YEAR.starts, YEAR.ends, 11)
    half = Total(YEAR.starts, date(2024, 6, 30), 3)
    assert differing([wrong, half, *QUARTERS]) == {wrong: Difference(11, 10)}


def test_a_period_that_ends_before_it_starts_is_no_part() -> None:
    reversed_ = Total(date(2024, 1, 1), date(2023, 12, 1), 5)
    assert parts_of(YEAR, [YEAR, reversed_, *QUARTERS]) == tuple(QUARTERS)
