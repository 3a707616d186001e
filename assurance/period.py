"""Period codes: what they cover and how each language says them.

Knows months (``2026-07``), calendar quarters (``2026-Q3``), financial years from April to March (``2025-26``),
twelve months to a month (``r12-2026-09``) and ``all``. Refuses to know which periods a release holds.

``2011-12`` would be both December 2011 and a financial year. It is the month; the twelve financial years from
2000 to 2011 that read as months are written in full (``2011-2012``). Each period has exactly one code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from typing import Final

from assurance import words

ALL: Final = "all"
_FORM: Final = re.compile(
    r"(?P<month_year>\d{4})-(?P<month>0[1-9]|1[0-2])"
    r"|(?P<quarter_year>\d{4})-Q(?P<quarter>[1-4])"
    r"|(?P<first_year>\d{4})-(?P<last_year>\d{2}|\d{4})"
    r"|r12-(?P<to_year>\d{4})-(?P<to_month>0[1-9]|1[0-2])",
    re.ASCII,
)


@cache
def parse(code: str) -> tuple[date, date]:
    """The first and the last month covered, each as its first day; ``all`` covers every month there can be.

    Raises ValueError on a code of no known form.
    """
    if code == ALL:
        return date.min, date(date.max.year, 12, 1)
    form = _FORM.fullmatch(code)
    if form is None:
        raise ValueError("not a period code")
    if form["month"]:
        only = date(int(form["month_year"]), int(form["month"]), 1)
        return only, only
    if form["quarter"]:
        end = date(int(form["quarter_year"]), int(form["quarter"]) * 3, 1)
        return end.replace(month=end.month - 2), end
    if form["first_year"]:
        first = date(int(form["first_year"]), 4, 1)
        if code != financial_year(first):
            raise ValueError("not a period code")
        return first, date(first.year + 1, 3, 1)
    end = date(int(form["to_year"]), int(form["to_month"]), 1)
    return (end.replace(month=1) if end.month == 12 else end.replace(year=end.year - 1, month=end.month + 1)), end


@cache
def label(code: str, lang: words.Language) -> str:
    """ "July 2026", "July to September 2026", "April 2025 to March 2026"; Welsh mutates the month after "i".

    Raises ValueError on a code of no known form.
    """
    first, last = parse(code)
    if code == ALL:
        return words.say(lang, "frame.period_all")
    if code.startswith("r12-"):
        return words.say(lang, "frame.period_twelve_months", month=words.month_name(lang, last))
    if first == last:
        return words.month_name(lang, first)
    if is_quarter(code):
        return words.say(lang, f"frame.period_quarter_{last.month // 3}", year=last.year)
    return words.say(lang, "frame.period_financial_year", first=first.year, last=last.year)


def month(day: date) -> str:
    """The month a day falls in."""
    return f"{day:%Y-%m}"


def quarter(day: date) -> str:
    """The calendar quarter a day falls in: Q3 is July to September."""
    return f"{day:%Y}-Q{(day.month + 2) // 3}"


def financial_year(day: date) -> str:
    """The year from April to March that a day falls in, in full where the short code would read as a month."""
    first = day.year if day.month >= 4 else day.year - 1
    short = f"{first:04}-{(first + 1) % 100:02}"
    return f"{first:04}-{first + 1:04}" if 1 <= (first + 1) % 100 <= 12 else short


def is_financial_year(code: str) -> bool:
    """Whether a code is that of a year from April to March."""
    first, last = parse(code)
    return code == financial_year(first) and last.month == 3


def is_month(code: str) -> bool:
    first, last = parse(code)
    return first == last


def is_quarter(code: str) -> bool:
    return "Q" in code


def last_day(month: date) -> date:
    """The last day of the month that a day falls in."""
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def quarters(codes: Iterable[str]) -> list[str]:
    """Those of ``codes`` that are quarters, oldest first."""
    return sorted(filter(is_quarter, codes), key=parse)


def months(codes: Iterable[str]) -> list[str]:
    """Those of ``codes`` that are months, oldest first."""
    return sorted((code for code in codes if code != ALL and is_month(code)), key=parse)


def between(first: date, last: date) -> tuple[str, ...]:
    """The years, then the quarters, then the months that two days and what lies between them fall in, newest first."""
    months = [
        date(n // 12, n % 12 + 1, 1)
        for n in range(last.year * 12 + last.month - 1, first.year * 12 + first.month - 2, -1)
    ]
    return tuple(code for kind in (financial_year, quarter, month) for code in dict.fromkeys(map(kind, months)))


def year_before(code: str, known: Iterable[str]) -> str | None:
    """The period of ``known`` that is ``code`` a year earlier; None where there is none, as before all periods."""
    if code == ALL:
        return None
    first, last = (day.replace(year=day.year - 1) for day in parse(code))
    return next((each for each in known if each != ALL and parse(each) == (first, last)), None)


def parts(code: str, known: Iterable[str]) -> tuple[str, ...]:
    """The periods of ``known`` one step finer than ``code`` that it is made of, oldest first; itself if a month.

    All periods are made of years, a year of quarters, a quarter of months.
    """
    first, last = parse(code)
    months = 12 if code == ALL else {12: 3, 3: 1}.get(_months(code), 0)
    inside = [each for each in known if each != ALL and _months(each) == months and first <= parse(each)[0] <= last]
    return tuple(sorted(inside, key=parse)) or (code,)


def _months(code: str) -> int:
    first, last = parse(code)
    return (last.year - first.year) * 12 + last.month - first.month + 1
