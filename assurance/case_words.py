"""A case in words: what happened, what its record lacks, what its clocks say, in both languages.

Knows the catalogue and the labels that a release holds of columns and codes. Nothing is joined but whole sentences and
pairs of a label and what stands under it.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from assurance import sentence, words
from assurance.case_gaps import Gap
from assurance.case_list import Item
from assurance.case_record import Clock, Counted, Record, Row
from assurance.figures import Figure
from assurance.release import Release
from assurance.timeline import Event
from assurance.words import Language, say

_NONE = "–"
_SEPARATOR = "; "
"""Between the labels of several codes, which may have commas in them."""


def label(release: Release, table: str, column: str, lang: Language) -> str:
    """What a column is called."""
    found = release.columns.get(table, {}).get(column)
    return release.breakdown(column).header[lang] if found is None else found.label[lang]


def cell(release: Release, table: str, row: Row, column: str, lang: Language) -> str:
    """What a cell says to a reader: a day, a number, the label of a code or of several; "" where it is blank."""
    value = row[column]
    if value is None or value == "":
        return ""
    if isinstance(value, date):
        return words.long_date(lang, value)
    if isinstance(value, int):
        return words.number(lang, value)
    return _SEPARATOR.join(_code(release, table, row, column, each, lang) for each in str(value).split(";"))


def _code(release: Release, table: str, row: Row, column: str, code: str, lang: Language) -> str:
    found = release.columns.get(table, {}).get(column)
    if found is None:
        return release.breakdown(column).labels[code][lang]
    name = found.lists.get(str(row[found.by]) if found.by else "")
    known = release.codes(name) if name else {}
    return known[code][lang] if code in known else code


def state(code: str, lang: Language) -> str:
    own = {"known": "cases.known", "occurred": "cases.counted", "counted": "cases.counted"}
    return say(lang, own.get(code, f"figures.state_{code}"))


def heading(release: Release, record: Record, lang: Language) -> str:
    """When it was received, and how it stands."""
    row = record.row
    days = {
        "received": _day(row["received_on"], lang),
        "closed": _day(row["closed_on"], lang),
        "snapshot": _day(record.snapshot_on, lang),
    }
    outcome = cell(release, "cases", row, "outcome_code", lang) or say(lang, "cases.blank")
    return say(lang, "cases.case_closed" if row["status"] == "CLOSED" else "cases.case_open", outcome=outcome, **days)


def _day(day: date | None, lang: Language) -> str:
    return say(lang, "cases.no_day") if day is None else words.long_date(lang, day)


def event(release: Release, told: Event, lang: Language) -> tuple[str, list[str]]:
    """What happened, and the pairs that say more of it; what is blank is left out."""
    name = cell(release, told.table, told.row, told.names, lang) if told.names else ""
    shown = [(column, cell(release, told.table, told.row, column, lang)) for column in told.shows]
    pairs = [
        say(lang, "cases.pair", label=label(release, told.table, column, lang), value=value)
        for column, value in shown
        if value
    ]
    return say(lang, f"cases.event_{told.what}", name=name or say(lang, "cases.blank")), pairs


def gap(release: Release, found: Gap, lang: Language) -> str:
    codes = {name: cell(release, *place, lang) or say(lang, "cases.blank") for name, place in found.codes.items()}
    files = _SEPARATOR.join(sentence.services([each], lang) for each in found.services)
    return say(lang, f"cases.gap_{found.what}", day=_day(found.day, lang), files=files, **codes)


def clock(found: Clock, lang: Language) -> list[str]:
    """Started, stopped, time taken, limit, state."""
    unit = "cases.in_working_days" if found.is_by_working_days else "cases.in_days"
    return [
        _NONE if found.started_on is None else words.long_date(lang, found.started_on),
        say(lang, "cases.still_running") if found.stopped_on is None else words.long_date(lang, found.stopped_on),
        _NONE if found.elapsed is None else say(lang, unit, n=words.number(lang, found.elapsed)),
        _limit(found, lang),
        state(found.counted.state, lang),
    ]


def _limit(found: Clock, lang: Language) -> str:
    declared = found.counted.definition.clock
    if declared is None:
        return _NONE
    if declared.limit is None:
        return _NONE if found.due_on is None else words.long_date(lang, found.due_on)
    return say(lang, f"cases.limit_{declared.unit}", n=words.number(lang, declared.limit))


def months(counted: Counted, lang: Language) -> str:
    """The month, or from which month to which, that something counts in."""
    if counted.first_month is None or counted.last_month is None:
        return say(lang, "cases.no_month")
    first, last = (words.month_name(lang, each) for each in (counted.first_month, counted.last_month))
    return first if first == last else say(lang, "cases.months_between", first=first, last=last)


def month(item: Item, lang: Language) -> str:
    return say(lang, "cases.no_month") if item.month is None else words.month_name(lang, item.month)


_ANSWERS = {
    (False, False): "cases.answer",
    (True, False): "cases.answer_category",
    (False, True): "cases.answer_state",
    (True, True): "cases.answer_both",
}
"""By whether there is a category, and a state."""


def answer(figure: Figure, n: int, lang: Language, **places: str) -> str:
    """How many of which: ``places`` are area and period, and category and state where there are such."""
    definition = figure.definition
    unit = definition.with_number["one" if n == 1 else "some"][lang]
    values: dict[str, Any] = {"title": definition.title[lang], **places}
    return say(
        lang, _ANSWERS["category" in places, "state" in places], count=f"{words.number(lang, n)} {unit}", **values
    )
