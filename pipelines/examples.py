"""The worked examples of indicators, as tables a reviewer can read.

Knows which cells an example gives, what its codes mean, and what it must come to. Refuses to count: a test does, with
the rows that stand here.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from assurance import words
from assurance.breakdown import Breakdown, named
from assurance.indicator import Definition
from assurance.words import Language, say
from pipelines import extract_format, markdown
from pipelines.build import INDICATORS
from pipelines.extract_format import Column, Labels, Table

SNAPSHOT: Final = date(2026, 3, 31)
"""The day of an example's snapshot, unless it has its own."""

Example = Mapping[str, Any]
Row = Mapping[str, Any]


def of(slug: str) -> list[Example]:
    """An indicator's examples, as its folder declares them."""
    found: list[Example] = tomllib.loads((INDICATORS / slug / "examples.toml").read_text("utf-8"))["examples"]
    return found


def lines(
    definition: Definition, example: Example, breakdowns: Mapping[str, Breakdown], lang: Language
) -> Iterator[str]:
    """The rows of an example, a table for each table of the extract, and under them the day and the result."""
    given = [(table, example[name]) for name, table in extract_format.tables().items() if example.get(name)]
    for table, rows in given:
        yield from ("", markdown.code(table.name), "")
        yield from _table(table, rows, lang)
    told = [] if given else [say(lang, "catalogue.no_rows")]
    told.append(say(lang, "catalogue.snapshot", day=words.long_date(lang, example.get("snapshot", SNAPSHOT))))
    yield from ("", " ".join([*told, *_results(definition, example, breakdowns, lang)]))


def _table(table: Table, rows: Sequence[Row], lang: Language) -> Iterator[str]:
    """Only the columns that some row gives, in the order of the extract."""
    shown = [each for each in table.columns.values() if any(each.staged_name in row for row in rows)]
    header = [coded(each.labels[lang], each.staged_name, lang) for each in shown]
    return markdown.table(header, [[_cell(each, row, lang) for each in shown] for row in rows])


def _cell(column: Column, row: Row, lang: Language) -> str:
    """Raises KeyError for a code that is none of its list."""
    value = row.get(column.staged_name)
    if isinstance(value, date):
        return words.long_date(lang, value)
    codes = _codes(column, row)
    if value and codes:
        return ", ".join(coded(codes[each][lang], each, lang) for each in str(value).split(";"))
    return "" if value is None else str(value)


def _codes(column: Column, row: Row) -> Mapping[str, Labels]:
    """The list that a cell's codes come from, which may hang on another cell of its row; empty where there is none."""
    name = column.lists.get(row.get(column.list_by, "")) if column.list_by else column.list
    return extract_format.codes()[name] if name else {}


def _results(
    definition: Definition, example: Example, breakdowns: Mapping[str, Breakdown], lang: Language
) -> Iterator[str]:
    states = "; ".join(_count(state(each, lang), n, lang) for each, n in _ordered(definition, example["states"]))
    yield say(lang, "catalogue.result", told=states) if states else say(lang, "catalogue.result_none")
    days = "; ".join(
        say(lang, "catalogue.days_of", state=state(each, lang), days=", ".join(map(str, found)))
        for each, found in example.get("days", {}).items()
    )
    if days:
        yield say(lang, "catalogue.days", told=days)
    for name, found in example.get("categories", {}).items():
        yield _categories(named(breakdowns, name), found, lang)


def _ordered(definition: Definition, states: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(states.items(), key=lambda each: definition.states.index(each[0]))


def _categories(by: Breakdown, found: Mapping[str, int], lang: Language) -> str:
    told = [_count(_category(by, each, lang), n, lang) for each, n in found.items()]
    return say(lang, "catalogue.result_by", by=by.by[lang], told="; ".join(told))


def _category(by: Breakdown, code: str, lang: Language) -> str:
    """What is no category of a breakdown stands for cells of which it is not known."""
    return coded(by.labels[code][lang] if code in by.labels else say(lang, "figures.state_not_known"), code, lang)


def _count(name: str, n: int, lang: Language) -> str:
    return say(lang, "figures.states_of", state=name, n=words.number(lang, n))


def state(code: str, lang: Language) -> str:
    """A state in words, with its code."""
    return coded(say(lang, f"figures.state_{code}"), code, lang)


def coded(name: str, code: str, lang: Language) -> str:
    """Words with the code they stand for."""
    return say(lang, "catalogue.coded", words=name, code=markdown.code(code))
