"""Columns that seem to hold a way to find a person: the whole file is refused for one.

Knows the format's own words, which may look like names. Refuses to say what it found: a column's place, the kind, and
how many rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final

from assurance.errors import Reason
from assurance.identifiers import Identifier, of_column, of_header
from pipelines import extract_format

_OPAQUE: Final = re.compile(r"[a-z]_[0-9a-f]{16}")


def identifiers(columns: Iterable[tuple[str, str | None, Sequence[str | None]]]) -> list[Reason]:
    """Why a file is refused for what its columns hold; empty if it may pass.

    Each column is its place (``cases!F``), its header and its cells. A header's hit counts all cells that are filled.
    """
    reasons: list[Reason] = []
    for place, header, cells in columns:
        rows: dict[Identifier, int] = {hit.kind: len(hit.rows) for hit in of_column(cells, known_words())}
        filled = [cell for cell in cells if cell]
        announced = of_header(header) if header else None
        if announced and not (announced == "person_number" and _is_keyed(filled)):
            rows[announced] = len(filled)
        reasons += [Reason(f"door.holds_{kind}", {"column": place, "rows": n}) for kind, n in rows.items()]
    return reasons


def _is_keyed(cells: Sequence[str]) -> bool:
    """Whether a system's numbers for people were made into the opaque ids that the format asks for."""
    return bool(cells) and all(_OPAQUE.fullmatch(cell) for cell in cells)


@cache
def known_words() -> frozenset[str]:
    """Every code, label and area in lower case: what may stand in a cell and looks like a name or a sentence."""
    labelled = [pair for codes in extract_format.codes().values() for pair in codes.items()]
    areas = {**extract_format.areas(), **extract_format.regions()}
    labelled += [(code, area.labels) for code, area in areas.items()]
    return frozenset(word.casefold() for code, labels in labelled for word in (code, labels["en"], labels["cy"]))
