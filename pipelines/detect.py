"""What would find a person, anywhere in a file: the whole file is refused before anything of it is understood or kept.

Looks at the headers and every column of every sheet, those that are no table of the format too. Says which column, what
kind, and in how many rows; never what stands there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

import polars as pl

from assurance import identifiers
from assurance.errors import Reason, Refused
from assurance.identifiers import Identifier
from pipelines import aliases, tidy
from pipelines.tidy import Sheet

_OPAQUE: Final = re.compile(r"[a-z]_[0-9a-f]{16}")
_NAMED: Final = 20
"""Columns named in one refusal: whoever has more will find them."""


def refuse_identifiers(sheets: Sequence[tuple[int, Sheet, str | None]]) -> None:
    """Raises Refused if a column of any sheet seems to hold a way to find a person. Of each sheet its number in the
    source, and the table that it is, if it is one."""
    found = [
        Reason(f"door.holds_{kind}", {"column": f"{table or number}!{tidy.letters(at)}", "rows": rows})
        for number, sheet, table in sheets
        for at, kind, rows in _in_sheet(sheet, table)
    ]
    if found:
        raise Refused(*found[:_NAMED])


def _in_sheet(sheet: Sheet, table: str | None) -> Iterator[tuple[int, Identifier, int]]:
    """Of each column that holds a way to find a person: its place, the kind, and the number of rows."""
    headers = tidy.headers_of(sheet, table)
    for at, name in enumerate(sheet.cells.columns):
        cells = sheet.cells[name]
        texts = headers[at] if at < len(headers) else []
        kind = next((found for found in map(identifiers.of_header, texts) if found), None)
        if kind is not None and not (kind == "person_number" and _is_keyed(cells, texts)):
            yield sheet.starts_at + at, kind, max(cells.len() - cells.null_count() - 1, 0)
        else:
            for hit in identifiers.of_column(cells.to_list(), aliases.vocabulary()):
                yield sheet.starts_at + at, hit.kind, len(hit.rows)


def _is_keyed(cells: pl.Series, headers: Sequence[str]) -> bool:
    """Whether a system's numbers for people were made into the opaque ids that the format asks for."""
    filled = [cell for cell in cells.drop_nulls() if cell not in headers]
    return bool(filled) and all(map(_OPAQUE.fullmatch, filled))
