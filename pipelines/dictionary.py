"""The data dictionary, printed from the declaration of the format: both languages side by side, Welsh first.

Knows how the declaration reads as Markdown. Refuses words of its own about a column: those stand in the
declaration.

    python -m pipelines.dictionary     writes it to docs/generated/
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from pipelines import extract_format, markdown
from pipelines.extract_format import Area, Column, Labels, Table, Type

DICTIONARY: Final = markdown.FOLDER / "data-dictionary.md"

_LANGUAGES: Final = ("Cymraeg", "English")

_WHAT_THIS_IS: Final = (
    "Yr hyn y gall echdyniad ei gynnwys: un daflen neu ffeil CSV ar gyfer pob tabl. Gellir hepgor colofn",
    "ddewisol, neu adael ei chelloedd yn wag.",
    "",
    "What an extract may hold: one sheet or CSV file per table. An optional column may be left out, or its",
    "cells left empty.",
    "",
)

_TYPES: Final[dict[Type, Labels]] = {
    "id": Labels(cy="cyfeirnod", en="reference"),
    "area": Labels(cy="cod ardal", en="area code"),
    "code": Labels(cy="cod", en="code"),
    "codes": Labels(cy="codau, gyda ; rhyngddynt", en="codes, with ; between"),
    "date": Labels(cy="dyddiad, BBBB-MM-DD", en="date, YYYY-MM-DD"),
    "time": Labels(cy="amser, AA:MM", en="time, HH:MM"),
    "integer": Labels(cy="rhif cyfan", en="whole number"),
}


def dictionary() -> str:
    """The whole document, as Markdown."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield from markdown.head("Geiriadur data / Data dictionary", "dictionary", "data/reference/")
    yield from _WHAT_THIS_IS
    yield "## Tablau / Tables"
    for table in extract_format.tables().values():
        yield from _table(table)
    yield from ("", "## Rhestrau codau / Code lists")
    for name, codes in extract_format.codes().items():
        yield from ("", f"### {name}", "")
        yield from markdown.table(
            ("Cod / Code", *_LANGUAGES), ((markdown.code(code), *_both(words)) for code, words in codes.items())
        )
    yield from ("", "## Rhanbarthau / Regions", "")
    yield from _areas(extract_format.regions().values())
    yield from ("", "## Ardaloedd / Areas", "")
    yield from _areas(extract_format.areas().values())


def _table(table: Table) -> Iterator[str]:
    welsh, english = _both(table.says)
    key = ", ".join(map(markdown.code, table.key))
    yield from ("", f"### {table.name}", "", welsh, "", english, "", f"Allwedd / Key: {key}", "")
    header = ("Pennawd / Header", *_LANGUAGES, "Math / Type", "Rhestr / List", "Dewisol / Optional")
    yield from markdown.table(header, (_column(column) for column in table.columns.values()))


def _column(column: Column) -> tuple[str, ...]:
    words = _both(column.labels)
    if column.about:
        words = tuple(f"{label}<br>{about}" for label, about in zip(words, _both(column.about), strict=True))
    lists = ", ".join(f"[{name}](#{name})" for name in column.lists_used)
    return (markdown.code(column.name), *words, markdown.pair(_TYPES[column.type]), lists, _yes(column.optional))


def _areas(areas: Iterable[Area]) -> Iterator[str]:
    header = ("Cod / Code", *_LANGUAGES, "Rhanbarth / Region", "Dychmygol / Invented")
    yield from markdown.table(
        header, ((markdown.code(a.code), *_both(a.labels), a.region or "", _yes(a.invented)) for a in areas)
    )


def _both(words: Labels) -> tuple[str, ...]:
    return words["cy"], words["en"]


def _yes(fact: bool) -> str:
    return "ie / yes" if fact else ""


if __name__ == "__main__":
    markdown.write(DICTIONARY, dictionary())
