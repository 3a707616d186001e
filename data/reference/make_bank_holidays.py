"""Bank holidays of England and Wales, 1995 to 2035, worked out from the law.

Knows the standing rules (Banking and Financial Dealings Act 1971, schedule 1, and common law), the days
appointed by proclamation every year, and the listed one-off proclamations. It copies no other list, so that
agreement with one (``tests/rules/test_clock.py``) means something. Only weekdays are written: where a holiday
falls on a weekend, the row is its substitute day, as GOV.UK lists it.

    python data/reference/make_bank_holidays.py     writes bank_holidays.csv beside this file
"""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

FIRST_YEAR, LAST_YEAR = 1995, 2035
LAST_YEAR_PROCLAIMED = 2026  # later proclamations were not looked up: their days are marked as expected

COMMON_LAW = "Common law"
ACT = "Banking and Financial Dealings Act 1971, s. 1(1) and Sch. 1 para. 1"
MOVED = "Banking and Financial Dealings Act 1971, s. 1(2): proclamation moving a day of Sch. 1"
APPOINTED = "Banking and Financial Dealings Act 1971, s. 1(3): day appointed by proclamation"
EXPECTED = APPOINTED + " (expected)"


class Holiday(NamedTuple):
    """One bank holiday, on a weekday."""

    date: date
    name: str
    name_cy: str
    source: str


NEW_YEAR = ("New Year's Day", "Dydd Calan")
GOOD_FRIDAY = ("Good Friday", "Gwener y Groglith")
EASTER_MONDAY = ("Easter Monday", "Llun y Pasg")
EARLY_MAY = ("Early May bank holiday", "Gŵyl banc dechrau Mai")
EARLY_MAY_VE = ("Early May bank holiday (VE day)", "Gŵyl banc dechrau Mai (diwrnod VE)")
SPRING = ("Spring bank holiday", "Gŵyl banc y gwanwyn")
SUMMER = ("Summer bank holiday", "Gŵyl banc yr haf")
CHRISTMAS = ("Christmas Day", "Dydd Nadolig")
BOXING_DAY = ("Boxing Day", "Dydd San Steffan")
SUBSTITUTE = ("substitute day", "diwrnod amgen")

# The first Monday in May is itself appointed by proclamation, so moving it is s. 1(3) again.
EARLY_MAY_MOVED = {1995: date(1995, 5, 8), 2020: date(2020, 5, 8)}  # 50 and 75 years after VE day
# To join the jubilees.
SPRING_MOVED = {2002: date(2002, 6, 4), 2012: date(2012, 6, 4), 2022: date(2022, 6, 2)}
EXTRA = (
    Holiday(date(1999, 12, 31), "Millennium bank holiday", "Gŵyl banc y Mileniwm", APPOINTED),
    Holiday(date(2002, 6, 3), "Queen's Golden Jubilee", "Jiwbilî Aur y Frenhines", APPOINTED),
    Holiday(date(2011, 4, 29), "Royal wedding", "Priodas frenhinol", APPOINTED),
    Holiday(date(2012, 6, 5), "Queen's Diamond Jubilee", "Jiwbilî Ddiemwnt y Frenhines", APPOINTED),
    Holiday(date(2022, 6, 3), "Platinum Jubilee bank holiday", "Gŵyl banc Jiwbilî Blatinwm", APPOINTED),
    Holiday(
        date(2022, 9, 19),
        "Bank Holiday for the State Funeral of Queen Elizabeth II",
        "Gŵyl y Banc ar gyfer Angladd Gwladol y Frenhines Elizabeth II",
        APPOINTED,
    ),
    Holiday(
        date(2023, 5, 8),
        "Bank holiday for the coronation of King Charles III",
        "Gŵyl y banc ar gyfer coroni Brenin Siarl III",
        APPOINTED,
    ),
)


def bank_holidays() -> list[Holiday]:
    """Every bank holiday of the span, in order of date."""
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    standing = [holiday for year in years for holiday in (*_spring(year), *_may_to_august(year), *_winter(year))]
    return sorted([*standing, *EXTRA])


def easter_sunday(year: int) -> date:
    """Easter Sunday by the anonymous Gregorian algorithm (Meeus, Astronomical Algorithms, chapter 8)."""
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), g = divmod(b, 4), (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    ell = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 19 * ell) // 433
    month = (h + ell - 7 * m + 90) // 25
    return date(year, month, (h + ell - 7 * m + 33 * month + 19) % 32)


def _spring(year: int) -> tuple[Holiday, Holiday]:
    easter = easter_sunday(year)
    return (
        Holiday(easter - timedelta(days=2), *GOOD_FRIDAY, COMMON_LAW),
        Holiday(easter + timedelta(days=1), *EASTER_MONDAY, ACT),
    )


def _may_to_august(year: int) -> tuple[Holiday, Holiday, Holiday]:
    early = EARLY_MAY_MOVED.get(year)
    spring = SPRING_MOVED.get(year)
    return (
        Holiday(early or _first_monday(year, 5), *(EARLY_MAY_VE if early else EARLY_MAY), _proclaimed(year)),
        Holiday(spring or _last_monday(year, 5), *SPRING, MOVED if spring else ACT),
        Holiday(_last_monday(year, 8), *SUMMER, ACT),
    )


def _winter(year: int) -> list[Holiday]:
    """New Year's Day, Christmas Day and Boxing Day, with the substitutes for those on a weekend."""
    new_year, christmas, boxing = date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)
    days = [
        Holiday(new_year, *NEW_YEAR, _proclaimed(year))
        if _is_weekday(new_year)
        else _substitute(_monday_after(new_year), NEW_YEAR, _proclaimed(year))
    ]
    if _is_weekday(christmas):
        days.append(Holiday(christmas, *CHRISTMAS, COMMON_LAW))
    else:  # the Act gives 27 December whenever the 25th or the 26th is a Sunday
        days.append(_substitute(date(year, 12, 27), CHRISTMAS, ACT))
    if _is_weekday(boxing):
        days.append(Holiday(boxing, *BOXING_DAY, ACT))
    else:  # 28 December is not in the Act: it is proclaimed when the 26th falls on a Saturday or a Sunday
        days.append(_substitute(date(year, 12, 28), BOXING_DAY, _proclaimed(year)))
    return days


def _proclaimed(year: int) -> str:
    return APPOINTED if year <= LAST_YEAR_PROCLAIMED else EXPECTED


def _substitute(day: date, name: tuple[str, str], source: str) -> Holiday:
    english, welsh = (f"{holiday} ({word})" for holiday, word in zip(name, SUBSTITUTE, strict=True))
    return Holiday(day, english, welsh, source)


def _is_weekday(day: date) -> bool:
    return day.weekday() < 5


def _monday_after(day: date) -> date:
    return day + timedelta(days=7 - day.weekday())


def _first_monday(year: int, month: int) -> date:
    return _monday_after(date(year, month, 1) - timedelta(days=1))


def _last_monday(year: int, month: int) -> date:
    """The last Monday of May or August: both have 31 days."""
    last = date(year, month, 31)
    return last - timedelta(days=last.weekday())


def as_csv() -> str:
    """The whole file: a header, then one row per bank holiday; lines end in LF."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(Holiday._fields)
    writer.writerows(bank_holidays())
    return text.getvalue()


if __name__ == "__main__":
    Path(__file__).with_name("bank_holidays.csv").write_text(as_csv(), encoding="utf-8", newline="\n")
