"""Days, working days and months, without the product's own calendar."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Set
from datetime import date, timedelta

FIRST_DAY, LAST_DAY = date(1995, 1, 1), date(2035, 12, 31)


class WorkingDays:
    """Every working day of the calendar, in order. A day's index is the number of them strictly before it."""

    def __init__(self, bank_holidays: Set[date]) -> None:
        every_day = (FIRST_DAY + timedelta(days=n) for n in range((LAST_DAY - FIRST_DAY).days + 1))
        self._days = [day for day in every_day if day.weekday() < 5 and day not in bank_holidays]

    def between(self, start: date, stop: date) -> int:
        """Working days from ``start``, which is day 0, to ``stop``; negative if ``stop`` is the earlier."""
        return bisect_left(self._days, stop) - bisect_left(self._days, start)

    def after(self, day: date) -> date:
        """The next working day; of a day that is none, the one after the working day it counts as."""
        return self._days[bisect_left(self._days, day) + 1]


def is_in_calendar(day: date) -> bool:
    """No day is counted to or from outside these years."""
    return FIRST_DAY <= day <= LAST_DAY


def first(days: Iterable[date | None]) -> date | None:
    """The earliest of the days there are."""
    return min((day for day in days if day), default=None)


def is_unusable(day: date | None, snapshot: date) -> bool:
    """A day that is given but lies after the snapshot or outside the calendar."""
    return day is not None and (day > snapshot or not is_in_calendar(day))


def month_of(day: date | None) -> date | None:
    """The first day of the month; None where there is no date."""
    return day.replace(day=1) if day else None


def last_day_of(month: date) -> date:
    """The last day of the month that begins on ``month``."""
    return (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or that month's last day if it has no such day."""
    month = day.replace(day=1)
    for _ in range(months):
        month = last_day_of(month) + timedelta(days=1)
    return min(month + timedelta(days=day.day - 1), last_day_of(month))


def months(first: date, last: date) -> Iterator[date]:
    """The first days of the months from that of ``first`` to that of ``last``, if that is no earlier."""
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = last_day_of(month) + timedelta(days=1)
