"""Working days, calendar days and calendar months: the arithmetic behind every clock.

Knows one cumulative index: how many working days lie strictly before a date. Every count of working days is a
difference of two of its values, here and in SQL, so both give the same number. Refuses to guess: a date
outside the calendar, a reversed pair and a year without known bank holidays are errors, never a number. Reads
no file: the bank holidays (``data/reference/bank_holidays.csv``) come as an argument.

The counting rules are this project's choice, since no national standard fixes them: the day of receipt is day
0, so "within one working day" means by the end of the next working day, and bank holidays are those of
England and Wales.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Set as AbstractSet
from datetime import date, timedelta
from itertools import accumulate
from typing import Final, TypedDict

FIRST: Final = date(1995, 1, 1)
LAST: Final = date(2035, 12, 31)  # the span of data/reference/bank_holidays.csv


class Calendar(TypedDict):
    """The columns of the table ``reference.calendar``: one row per day, none left out."""

    date: list[date]
    day_index: list[int]  # days since the first day
    working_day_index: list[int]  # working days since the first day, strictly before this one
    is_working_day: list[bool]


def calendar(bank_holidays: AbstractSet[date], first: date = FIRST, last: date = LAST) -> Calendar:
    """The calendar from ``first`` to ``last``, both included.

    A working day is a Monday to Friday that is not in ``bank_holidays``; days in it outside the span or on a
    weekend change nothing. School holidays and council closure days are working days. Raises ValueError if
    ``last`` lies before ``first``, or if some year of the span has no bank holiday at all: it would be
    counted wrongly in silence.
    """
    if last < first:
        raise ValueError(f"The calendar cannot end ({last}) before it starts ({first}).")
    _require_every_year(bank_holidays, first, last)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    is_working = [day.weekday() < 5 and day not in bank_holidays for day in days]
    return Calendar(
        date=days,
        day_index=list(range(len(days))),
        working_day_index=list(accumulate(is_working[:-1], initial=0)),
        is_working_day=is_working,
    )


def working_days(start: date, stop: date, days: Calendar) -> int:
    """Working days from ``start`` to ``stop``: index(stop) − index(start), over the interval [start, stop).

    ``start`` is day 0, so the next working day is 1 and the same day 0. Something that starts on a Saturday,
    Sunday or bank holiday counts as started on the next working day; something that stops on one counts as
    stopped on the next working day too: Thursday to Saturday is 2, as Thursday to Monday is. Raises
    ValueError if ``stop`` lies before ``start`` or either lies outside the calendar.
    """
    if stop < start:
        raise ValueError(f"A clock cannot stop ({stop}) before it starts ({start}).")
    index = days["working_day_index"]
    return index[_position(stop, days)] - index[_position(start, days)]


def add_months(day: date, months: int) -> date:
    """The same day ``months`` later (earlier if negative), or that month's last if it has no such day.

    31 January plus one month is 28 or 29 February. Not reversible: a month back from 28 February is 28
    January. Raises ValueError where the result is outside the years 1 to 9999.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        raise ValueError(f"{months} months from {day} is no date of this calendar.")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _position(day: date, days: Calendar) -> int:
    first, last = days["date"][0], days["date"][-1]
    if not first <= day <= last:
        raise ValueError(f"{day} is outside the calendar, which runs from {first} to {last}.")
    return (day - first).days


def _require_every_year(bank_holidays: AbstractSet[date], first: date, last: date) -> None:
    known = {day.year for day in bank_holidays}
    missing = [str(year) for year in range(first.year, last.year + 1) if year not in known]
    if missing:
        raise ValueError(f"No bank holidays are known for {', '.join(missing)}: add them or shorten the calendar.")
