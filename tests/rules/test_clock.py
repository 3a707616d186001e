"""Clocks: bank holidays against a second source, working days against numpy, and worked examples."""

from __future__ import annotations

import csv
import importlib.util
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import holidays
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assurance.clock import FIRST, LAST, add_months, calendar, working_days

REFERENCE = Path(__file__).parents[2] / "data" / "reference"


def _bank_holidays() -> frozenset[date]:
    with (REFERENCE / "bank_holidays.csv").open(encoding="utf-8", newline="") as source:
        return frozenset(date.fromisoformat(row["date"]) for row in csv.DictReader(source))


def _generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_bank_holidays", REFERENCE / "make_bank_holidays.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


BANK_HOLIDAYS = _bank_holidays()
DAYS = calendar(BANK_HOLIDAYS)
days_of_the_calendar = st.dates(FIRST, LAST)


# The file


def test_the_file_is_what_its_generator_makes() -> None:
    assert (REFERENCE / "bank_holidays.csv").read_bytes().decode() == _generator().as_csv()


@pytest.mark.parametrize("year", range(FIRST.year, LAST.year + 1))
def test_the_bank_holidays_agree_with_the_holidays_package(year: int) -> None:
    """The two agree in every year. The package lists weekend days too, which no clock can notice."""
    package = holidays.country_holidays("GB", subdiv="WLS", years=year)
    assert {day for day in BANK_HOLIDAYS if day.year == year} == {day for day in package if day.weekday() < 5}


def test_every_bank_holiday_is_a_weekday_with_both_names_and_a_source() -> None:
    with (REFERENCE / "bank_holidays.csv").open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    assert list(rows[0]) == ["date", "name", "name_cy", "source"]
    assert all(all(row.values()) for row in rows)
    assert all(day.weekday() < 5 for day in BANK_HOLIDAYS)
    assert len(BANK_HOLIDAYS) == len(rows)


@pytest.mark.parametrize("day", ["1995-05-01", "2002-05-27", "2012-05-28", "2020-05-04", "2022-05-30"])
def test_a_holiday_that_was_moved_left_a_working_day_behind(day: str) -> None:
    assert date.fromisoformat(day) not in BANK_HOLIDAYS


@pytest.mark.parametrize(
    "day",
    ["1995-05-08", "1999-12-31", "2002-06-03", "2002-06-04", "2011-04-29", "2012-06-04"]
    + ["2012-06-05", "2020-05-08", "2022-06-02", "2022-06-03", "2022-09-19", "2023-05-08"],
)
def test_a_one_off_holiday_is_known(day: str) -> None:
    assert date.fromisoformat(day) in BANK_HOLIDAYS


# Working days


@given(days_of_the_calendar, days_of_the_calendar)
def test_working_days_agree_with_numpy(one: date, other: date) -> None:
    start, stop = sorted((one, other))
    expected = np.busday_count(start, stop, holidays=sorted(BANK_HOLIDAYS))
    assert working_days(start, stop, DAYS) == expected


@given(days_of_the_calendar, days_of_the_calendar, days_of_the_calendar)
def test_two_parts_of_a_wait_add_up_to_the_whole(one: date, another: date, third: date) -> None:
    start, middle, stop = sorted((one, another, third))
    whole = working_days(start, stop, DAYS)
    assert working_days(start, middle, DAYS) + working_days(middle, stop, DAYS) == whole


@given(days_of_the_calendar)
def test_the_same_day_is_day_zero(day: date) -> None:
    assert working_days(day, day, DAYS) == 0


@pytest.mark.parametrize(
    ("claim", "start", "stop", "expected"),
    [
        ("Monday to Tuesday is one working day", "2011-07-04", "2011-07-05", 1),
        ("Friday to Monday is one working day", "2011-07-08", "2011-07-11", 1),
        ("Friday to Saturday stops on the Monday", "2011-07-08", "2011-07-09", 1),
        ("Saturday to Monday starts on the Monday", "2011-07-09", "2011-07-11", 0),
        ("Saturday to Tuesday is one working day", "2011-07-09", "2011-07-12", 1),
        ("the Friday before a bank holiday reaches Tuesday in one", "2007-05-04", "2007-05-08", 1),
        ("Maundy Thursday reaches the Tuesday after Easter in one", "2009-04-09", "2009-04-14", 1),
        (
            "Christmas Eve 2010 to 29 December is one: 27 and 28 were substitutes",
            "2010-12-24",
            "2010-12-29",
            1,
        ),
        ("a bank holiday counts as the day after it", "2011-08-29", "2011-08-31", 1),
        ("the royal wedding and May day made a four-day weekend in 2011", "2011-04-28", "2011-05-03", 1),
        ("2011 has 251 working days: 260 weekdays less 9 bank holidays", "2011-01-01", "2012-01-01", 251),
    ],
)
def test_worked_example(claim: str, start: str, stop: str, expected: int) -> None:
    assert working_days(date.fromisoformat(start), date.fromisoformat(stop), DAYS) == expected, claim


def test_a_reversed_pair_is_an_error_and_never_a_negative_number() -> None:
    with pytest.raises(ValueError, match="cannot stop"):
        working_days(date(2011, 7, 5), date(2011, 7, 4), DAYS)


@pytest.mark.parametrize(("start", "stop"), [(FIRST - timedelta(days=1), FIRST), (LAST, LAST + timedelta(days=1))])
def test_a_date_outside_the_calendar_is_an_error(start: date, stop: date) -> None:
    with pytest.raises(ValueError, match="outside the calendar"):
        working_days(start, stop, DAYS)


# The calendar


def test_the_calendar_has_one_row_per_day_and_indices_without_a_gap() -> None:
    assert DAYS["date"][0] == FIRST and DAYS["date"][-1] == LAST
    assert DAYS["day_index"] == list(range((LAST - FIRST).days + 1))
    assert {len(column) for column in DAYS.values() if isinstance(column, list)} == {len(DAYS["date"])}


def test_the_working_day_index_rises_only_after_a_working_day() -> None:
    index = DAYS["working_day_index"]
    rises = [after - before for before, after in pairwise(index)]
    assert index[0] == 0
    assert rises == [int(is_working) for is_working in DAYS["is_working_day"][:-1]]


def test_a_calendar_of_one_day_is_a_calendar() -> None:
    one = calendar(BANK_HOLIDAYS, date(2011, 7, 31), date(2011, 7, 31))
    assert one == {
        "date": [date(2011, 7, 31)],
        "day_index": [0],
        "working_day_index": [0],
        "is_working_day": [False],
    }


def test_a_calendar_that_ends_before_it_starts_is_an_error() -> None:
    with pytest.raises(ValueError, match="cannot end"):
        calendar(BANK_HOLIDAYS, date(2011, 7, 31), date(2011, 7, 30))


def test_a_year_without_known_bank_holidays_is_an_error() -> None:
    with pytest.raises(ValueError, match="2036, 2037"):
        calendar(BANK_HOLIDAYS, date(2035, 1, 1), date(2037, 1, 1))


# Months


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2011-01-15", 1, "2011-02-15"),
        ("2011-01-31", 1, "2011-02-28"),
        ("2012-01-31", 1, "2012-02-29"),
        ("2011-11-30", 3, "2012-02-29"),
        ("2012-02-29", 12, "2013-02-28"),
        ("2011-12-31", 1, "2012-01-31"),
        ("2011-03-31", -1, "2011-02-28"),
        ("2011-03-31", 0, "2011-03-31"),
    ],
)
def test_months_are_calendar_months_and_stop_at_the_end_of_the_month(day: str, months: int, expected: str) -> None:
    assert add_months(date.fromisoformat(day), months) == date.fromisoformat(expected)


@given(st.dates(FIRST, LAST), st.integers(-600, 600))
def test_adding_months_lands_in_the_right_month_and_never_later_in_it(day: date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or ((later + timedelta(days=1)).day == 1 and later.day < day.day)


def test_months_beyond_the_calendar_of_years_are_an_error() -> None:
    with pytest.raises(ValueError, match="no date"):
        add_months(date(9999, 12, 31), 1)
