"""The cells of one column, as the extract format writes them: dates in every usual form, words for codes, blanks.

Knows what a cell means from its column alone and what somebody answered. Refuses to guess: what has two meanings
becomes a question, and what has none is left as it was received, for the rules to judge.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache, partial
from typing import Final, Literal
from zoneinfo import ZoneInfo

from pipelines import aliases, extract_format
from pipelines.extract_format import Column

How = Literal[
    "date_form",
    "day_first",
    "month_first",
    "month_name",
    "serial",
    "timestamp",
    "summer_time",
    "default_date",
    "whole_month",
    "time_form",
    "number_form",
    "yes_no",
    "word",
    "code_and_words",
    "several",
    "area_name",
    "blank_word",
    "suppressed",
    "letter_case",
    "turned_date",
    "answered",
]
"""What was done to a cell that was not written as the format writes it."""
Order = Literal["day_first", "month_first"]
Read = tuple[str | None, How | None]
"""What a cell means, and what was done to see that; nothing was where it stands as the format has it."""

AGGREGATES: Final = ("control_totals", "training", "helpline")
"""Tables of counts, in which a count may have been suppressed by whoever sent it."""
DEFAULT_DATES: Final = {date(1900, 1, 1), date(1899, 12, 30), date(1899, 12, 31), date(2000, 1, 1), date(9999, 12, 31)}
"""What systems write where there is no date."""
_EPOCH: Final = date(1899, 12, 30)
"""Day 0 of a spreadsheet's serial dates, which count a 29 February 1900 that never was."""
_SERIALS: Final = range(18264, 49675)
"""1950 to 2035, the years that the calendar holds."""
_CENTURY_TURNS: Final = 50
_LONDON: Final = ZoneInfo("Europe/London")
_CLOCK: Final = (
    r"(?:[T ]+(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.]\d{2}(?:[.,]\d+)?)?"
    r"\s*(?P<half>[ap]\.?m\.?)?\s*(?P<zone>Z|[+-]\d{2}:?\d{2})?)?"
)
_YEAR_FIRST: Final = re.compile(
    r"(?P<year>\d{4})(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})" + _CLOCK, re.I
)
_NUMBERS: Final = re.compile(
    r"(?P<one>\d{1,2})(?P<sep>[-/. ])(?P<two>\d{1,2})(?P=sep)(?P<year>\d{4}|\d{2})" + _CLOCK, re.I
)
_PACKED: Final = re.compile(r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})")
_NAMED: Final = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th|af|ail|il|ydd|fed|eg|ed|ain)?[\s./-]*(?:o )?"
    r"(?P<name>[^\W\d_]+)\.?,?[\s./-]*(?P<year>\d{4}|\d{2})" + _CLOCK,
    re.I,
)
_NAME_FIRST: Final = re.compile(
    r"(?P<name>[^\W\d_]+)\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})" + _CLOCK, re.I
)
_MONTH: Final = re.compile(r"(?P<name>[^\W\d_]+)\.?[\s-]+(?P<year>\d{4}|\d{2})", re.I)
_DAY_AND_MONTH: Final = re.compile(r"(?P<day>\d{1,2})[\s-](?P<name>[^\W\d_]+)\.?")
_AGES: Final = "age_band"
_WEEKDAY: Final = re.compile(r"(?P<day>[^\W\d_]+)\.?,?\s+(?=\d)")
_TIME: Final = re.compile(
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.]\d{2}(?:[.,]\d+)?)?\s*(?P<half>[ap]\.?m\.?)?", re.I
)
_ID: Final = re.compile(r"[A-Za-z]_[0-9A-Fa-f]{16}")
_COUNT: Final = re.compile(r"\d{1,3}(?:[, ]\d{3})+|\d+")
_LESS_THAN: Final = re.compile(r"[<≤]\s*\d+|\[?(?:less|fewer) than \d+\]?")
_NUMBERED: Final = re.compile(r"(?P<number>\w*\d\w*)[\s.):–-]+(?P<rest>\D.*)", re.S)
_CODE_AND_REST: Final = re.compile(r"(?P<code>[\w-]+?)\s*(?:[:=(–]|\s-|-\s|\s)\s*(?P<rest>.+?)\)?", re.S)
_SEPARATORS: Final = re.compile(r"\s*(?:[;,|\n+&/]|\band\b|\bac?\b)\s*")


@dataclass(frozen=True)
class Question:
    """What only somebody who knows the file can say. ``id`` names it; ``options`` are the answers, ``proposal`` the
    likely one if any, ``answer`` the one given; ``rows`` how many rows it concerns. ``word`` is one of our own list,
    never a cell's."""

    id: str
    kind: Literal["header", "date_order", "meaning"]
    table: str
    column: str
    place: str
    options: tuple[str, ...]
    proposal: str | None
    rows: int
    word: str = ""
    answer: str | None = None


def read(
    table: str, column: Column, counts: Mapping[str, int], answers: Mapping[str, str]
) -> tuple[dict[str, Read], list[Question]]:
    """What each distinct cell of a column means. ``counts``: how many rows have it; ``answers`` by a question's id.

    A column whose list depends on the row is read by :func:`codes_of` instead.
    """
    match column.type:
        case "date":
            return _dates(table, column, counts, answers)
        case "code" | "codes":
            return codes_of(table, column, str(column.list), counts, answers)
        case "id":
            one: Callable[[str], Read | None] = _id
        case "area":
            one = _area
        case "time":
            one = _time
        case "integer":
            one = partial(_count, may_be_suppressed=table in AGGREGATES)
    return {cell: _or_left(cell, one(cell)) for cell in counts}, []


def _or_left(cell: str, read: Read | None) -> Read:
    """What was not understood is a blank, if it is a word that says that there is nothing, or left as it is."""
    if read is not None:
        return read
    return (None, "blank_word") if aliases.lean(cell) in aliases.words("blank") else (cell, None)


def _id(cell: str) -> Read | None:
    if not _ID.fullmatch(cell):
        return None
    return cell.lower(), None if cell == cell.lower() else "letter_case"


def _area(cell: str) -> Read | None:
    if cell.upper() in extract_format.areas():
        return cell.upper(), None if cell == cell.upper() else "letter_case"
    code = aliases.area(cell)
    return (code, "area_name") if code else None


def _count(cell: str, *, may_be_suppressed: bool) -> Read | None:
    if cell.isdecimal():
        return cell, None
    bare = cell.removesuffix(".0").removesuffix(".00")
    if _COUNT.fullmatch(bare):
        return bare.replace(",", "").replace(" ", ""), "number_form"
    word = aliases.lean(cell)
    if may_be_suppressed and (word in aliases.words("suppressed") or _LESS_THAN.fullmatch(word)):
        return None, "suppressed"
    return None


def _time(cell: str) -> Read | None:
    if (found := _TIME.fullmatch(cell)) and (clock := _clock(found)):
        return clock, None if clock == cell else "time_form"
    if re.fullmatch(r"0?\.\d+", cell):  # a spreadsheet's part of a day
        minutes = round(float(cell) * 24 * 60)
        return f"{minutes // 60:02}:{minutes % 60:02}", "time_form"
    found = _YEAR_FIRST.fullmatch(cell)
    clock = _clock(found) if found else None
    return (clock, "time_form") if clock else None


def _clock(found: re.Match[str]) -> str | None:
    """The time of day that a match holds, or None if it holds none or an impossible one."""
    if not found["hour"]:
        return None
    hour, minute = int(found["hour"]), int(found["minute"])
    if found["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found["half"].lower().startswith("p") else 0)
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


# Codes


def codes_of(
    table: str, column: Column, name: str, counts: Mapping[str, int], answers: Mapping[str, str]
) -> tuple[dict[str, Read], list[Question]]:
    """What each distinct cell means in the code list ``name``."""
    read: dict[str, Read] = {}
    questions: dict[str, Question] = {}
    for cell, rows in counts.items():
        one = _several if column.type == "codes" else _code
        read[cell] = _or_left(cell, one(cell, name, answers))
        for word in _words_to_ask(cell, name, several=column.type == "codes"):
            asked = f"{name}:{aliases.plain(word)}"
            questions[asked] = Question(
                id=asked,
                kind="meaning",
                table=table,
                column=column.name,
                place=f"{table}.{column.name}",
                options=tuple(extract_format.codes()[name]),
                proposal=aliases.to_ask(name)[word],
                rows=rows + (questions[asked].rows if asked in questions else 0),
                word=word,
                answer=_answer(asked, extract_format.codes()[name], answers),
            )
    return read, list(questions.values())


def _answer(asked: str, options: Iterable[str], answers: Mapping[str, str]) -> str | None:
    answer = answers.get(asked)
    return answer if answer in set(options) else None


def _words_to_ask(cell: str, name: str, *, several: bool) -> list[str]:
    parts = [cell, *(_SEPARATORS.split(cell) if several else [])]
    return [word for word in map(aliases.lean, parts) if word in aliases.to_ask(name) and not _is_listed(cell, name)]


def _is_listed(cell: str, name: str) -> bool:
    """Whether a cell is a code, or a label exactly as printed: ``Na`` is Welsh for no, ``na`` may not be."""
    return cell in _exact(name)


@cache
def _exact(name: str) -> Mapping[str, str]:
    listed = extract_format.codes()[name]
    return {
        **{str(label): code for code, labels in listed.items() for label in labels.values()},
        **{c: c for c in listed},
    }


def _code(cell: str, name: str, answers: Mapping[str, str]) -> Read | None:
    if cell in extract_format.codes()[name]:
        return cell, None
    if cell in _exact(name):
        return _exact(name)[cell], "word"
    if cell.removesuffix(".0") in extract_format.codes()[name]:
        return cell.removesuffix(".0"), "number_form"
    word = aliases.lean(cell)
    if word in aliases.to_ask(name):
        answer = _answer(f"{name}:{aliases.plain(word)}", extract_format.codes()[name], answers)
        return (answer, "answered") if answer else (cell, None)
    known = aliases.codes(name)
    for form in (word, aliases.plain(cell)):
        if form in known:
            how: How = "letter_case" if known[form] == cell.upper() else "word"
            return known[form], "yes_no" if {"Y", "N"} <= set(extract_format.codes()[name]) else how
    return _code_and_words(cell, name) or _turned_date(cell, name)


def _turned_date(cell: str, name: str) -> Read | None:
    """An age band that a spreadsheet took for a date: it makes 3 April of "3-4", or the fourth of March."""
    dated = _date(cell) if name == _AGES else None
    bands = (f"{dated.day.day}-{dated.day.month}", f"{dated.day.month}-{dated.day.day}") if dated else ()
    named = _DAY_AND_MONTH.fullmatch(cell) if name == _AGES else None
    month = aliases.months().get(aliases.plain(named["name"])) if named else None
    bands = (f"{int(named['day'])}-{month}", f"{month}-{int(named['day'])}") if named and month else bands
    band = next((each for each in bands if each in extract_format.codes()[name]), None)
    return (band, "turned_date") if band else None


def _code_and_words(cell: str, name: str) -> Read | None:
    """A code with its label beside it, or a label with a number of its own before it."""
    known = aliases.codes(name)
    found = _CODE_AND_REST.fullmatch(cell)
    code = found["code"].upper() if found else ""
    if found and code in extract_format.codes()[name] and known.get(aliases.plain(found["rest"])) == code:
        return code, "code_and_words"
    found = _NUMBERED.fullmatch(cell)
    meant = known.get(aliases.plain(found["rest"])) if found else None
    if found and meant and found["number"].upper() not in extract_format.codes()[name]:
        return meant, "code_and_words"
    return None


def _several(cell: str, name: str, answers: Mapping[str, str]) -> Read | None:
    """Several codes, whatever stands between them, written with ``;`` between and each once."""
    listed = extract_format.codes()[name]
    if all(part in listed for part in cell.split(";")):
        return cell, None
    if whole := _code(cell, name, answers):
        return whole
    for parts in (cell.split(";"), _SEPARATORS.split(cell)):
        read = [_code(part.strip(), name, answers) for part in parts if part.strip()]
        codes = [each[0] for each in read if each and each[0] in listed]
        if codes and len(codes) == len(read):
            return ";".join(dict.fromkeys(str(code) for code in codes)), "several"
    return None


# Dates


@dataclass(frozen=True)
class _Dated:
    """A cell as a date with its time of day, if any. ``orders``: those in which its numbers make a date; both where it
    does not matter."""

    day: date
    clock: str | None
    how: How | None
    swapped: date | None = None


def _dates(
    table: str, column: Column, counts: Mapping[str, int], answers: Mapping[str, str]
) -> tuple[dict[str, Read], list[Question]]:
    """Dates day first, unless some can only be month first: then somebody has to say which the column is."""
    found = {cell: _date(cell) for cell in counts}
    only_month_first = sum(rows for cell, rows in counts.items() if _is_month_first(cell))
    order: str | None = "day_first"
    questions = []
    if only_month_first:
        asked, options = f"{table}.{column.name}", ("day_first", "month_first")
        order = _answer(asked, options, answers)
        either = sum(counts[cell] for cell, dated in found.items() if dated and dated.swapped)
        rows = only_month_first + either
        questions = [Question(asked, "date_order", table, column.name, asked, options, None, rows, answer=order)]
    read = partial(
        _as_date,
        order=order,
        is_proven=any(_is_day_first(cell) for cell in counts),
        is_utc=_is_utc([each for each in found.values() if each is not None]),
        ends={"period_start": "first", "period_end": "last"}.get(column.name),
    )
    return {cell: read(cell, found[cell]) for cell in counts}, questions


def _as_date(
    cell: str, dated: _Dated | None, *, order: str | None, is_proven: bool, is_utc: bool, ends: str | None
) -> Read:
    """``ends``: which day of a month that stands alone is meant, if any."""
    if order == "month_first" and (_is_month_first(cell) or _is_day_first(cell)):
        turned = _month_first(cell)
        return (turned.isoformat(), "month_first") if turned else (cell, None)
    if dated is None:
        whole = _whole_month(cell, ends)
        return _or_left(cell, (whole.isoformat(), "whole_month") if whole else None)
    day, how = dated.day, dated.how
    if dated.swapped is not None:
        if order is None:
            return cell, None
        day, how = (
            (dated.swapped, "month_first")
            if order == "month_first"
            else (day, "date_form" if is_proven else "day_first")
        )
    if day in DEFAULT_DATES:
        return None, "default_date"
    if is_utc and dated.clock == _ONE_BEFORE:
        day, how = day + timedelta(days=1), "summer_time"
    return day.isoformat(), how


_ONE_BEFORE: Final = "23:00"
_MIDNIGHT: Final = "00:00"


def _is_utc(dates: Iterable[_Dated]) -> bool:
    """Whether the times are local midnights written in UTC: eleven at night in summer time, midnight in winter."""
    timed = [(each.day, each.clock) for each in dates if each.clock]
    return any(clock == _ONE_BEFORE for _, clock in timed) and all(
        clock == (_ONE_BEFORE if _is_summer_time(day + timedelta(days=clock == _ONE_BEFORE)) else _MIDNIGHT)
        for day, clock in timed
    )


def _is_summer_time(day: date) -> bool:
    return bool(datetime(day.year, day.month, day.day, tzinfo=_LONDON).dst())


def clock_of(cell: str) -> str | None:
    """The time of day in a cell of dates, unless it is midnight, which systems write for no time."""
    dated = _date(cell)
    return dated.clock if dated and dated.clock not in (None, _MIDNIGHT) else None


def _date(cell: str) -> _Dated | None:
    """A cell as a date, its numbers day first; None where it is none."""
    if found := _YEAR_FIRST.fullmatch(cell):
        return _with_clock(found, _day(found["year"], found["month"], found["day"]), cell)
    if found := _NUMBERS.fullmatch(cell):
        day, turned = _day(found["year"], found["two"], found["one"]), _day(found["year"], found["one"], found["two"])
        dated = _with_clock(found, day, cell)
        is_open = dated is not None and turned is not None and turned != day and found["sep"] in "/-"
        return _Dated(dated.day, dated.clock, dated.how, turned) if dated and is_open else dated
    if found := _PACKED.fullmatch(cell):
        return _with_clock(None, _day(found["year"], found["month"], found["day"]), cell)
    if re.fullmatch(r"\d{5}(?:\.\d+)?", cell):
        serial = int(cell.partition(".")[0])
        return _Dated(_EPOCH + timedelta(days=serial), None, "serial") if serial in _SERIALS else None
    return _named(cell)


def _named(cell: str) -> _Dated | None:
    """A date with its month in words."""
    weekday = _WEEKDAY.match(cell)
    if weekday and aliases.plain(weekday["day"]) in aliases.words("weekdays"):
        cell = cell[weekday.end() :]
    for form in (_NAMED, _NAME_FIRST):
        if (found := form.fullmatch(cell)) and (month := aliases.months().get(aliases.plain(found["name"]))):
            dated = _with_clock(found, _day(found["year"], str(month), found["day"]), cell)
            return _Dated(dated.day, dated.clock, "month_name") if dated else None
    return None


def _with_clock(found: re.Match[str] | None, day: date | None, cell: str) -> _Dated | None:
    if day is None:
        return None
    if found is None or not found["hour"]:
        return _Dated(day, None, None if day.isoformat() == cell else "date_form")
    clock = _clock(found)
    if clock is None:
        return None
    if found["zone"]:
        offset = "+00:00" if found["zone"].upper() == "Z" else found["zone"]
        there = datetime.fromisoformat(f"{day.isoformat()}T{clock}{offset}").astimezone(UTC).astimezone(_LONDON)
        return _Dated(there.date(), f"{there:%H:%M}", "timestamp")
    return _Dated(day, clock, "timestamp")


def _day(year: str, month: str, day: str) -> date | None:
    full = int(year) if len(year) > 2 else int(year) + (1900 if int(year) >= _CENTURY_TURNS else 2000)
    try:
        return date(full, int(month), int(day))
    except ValueError:
        return None


def _whole_month(cell: str, ends: str | None) -> date | None:
    """The first or last day of a month that stands alone, which only the ends of a period can mean."""
    found = _MONTH.fullmatch(cell)
    month = aliases.months().get(aliases.plain(found["name"])) if found and ends else None
    first = _day(found["year"], str(month), "1") if found and month else None
    return first.replace(day=calendar.monthrange(first.year, first.month)[1]) if first and ends == "last" else first


def _is_month_first(cell: str) -> bool:
    """Whether a cell can only be a date month first."""
    return _month_first(cell) is not None and _date(cell) is None


def _is_day_first(cell: str) -> bool:
    """Whether a cell in numbers can only be a date day first."""
    return bool(_NUMBERS.fullmatch(cell)) and _date(cell) is not None and _month_first(cell) is None


def _month_first(cell: str) -> date | None:
    found = _NUMBERS.fullmatch(cell)
    return _day(found["year"], found["one"], found["two"]) if found and found["sep"] in "/-" else None
