"""How much one file may hold, and why no more.

Knows numbers. Refuses to look at a file: what is counted against them, and how, is the guard's matter.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

MB: Final = 1 << 20
UNPACKED_MB: Final = 50
"""What any file may unpack to: three years of an authority are under 5 MB, of all Wales under 50."""
UNPACKED_PER_MB: Final = 5
"""Beyond that, by the limit on size: a national load that the command line was told to take packs at 5 to 10."""
RATIO_LIMIT: Final = 100
"""Ordinary workbooks pack at 5 to 20; a bomb at 1,000 and more."""
PARTS_LIMIT: Final = 1_000
"""Files in a zip or workbook. An extract has 13 tables; a workbook has a few parts for each sheet."""
COLUMNS_LIMIT: Final = 500
"""The widest table has 46 columns, and a case system's whole export some 300."""
ROWS_PER_MB: Final = 25_000
"""The shortest rows, those of the helpline, take 32 bytes in a CSV file, and other tables stand beside them."""
CELLS_PER_MB: Final = 250_000
"""A row of cases has 46 cells in 260 bytes of CSV: 10 MB of them hold 1.8 million cells."""
SPARSE_CELLS: Final = 200_000
SPARSE_RATIO: Final = 8
"""Of these, blank ones: so many in any sheet, and so many for each that is filled. In a table half the cells are blank
at most; two cells at opposite corners ask for a rectangle of millions from a file of a kilobyte."""
LINE_LIMIT: Final = 1 << 20
"""Bytes without an end of line, or without a tag in XML: a cell of a spreadsheet holds 32,767 characters at most."""


@dataclass(frozen=True)
class Limits:
    """The limits for one file. ``unpacked`` and ``text`` are bytes: ``text`` is what the cells of a workbook hold when
    each has its own copy of a text they share. ``cells`` counts a sheet's blank cells too: a parser makes them all."""

    unpacked: int
    text: int
    rows: int
    cells: int
    columns: int = COLUMNS_LIMIT


def limits(limit_mb: int) -> Limits:
    """What a file of at most ``limit_mb`` megabytes may hold."""
    unpacked = max(UNPACKED_MB, UNPACKED_PER_MB * limit_mb) * MB
    return Limits(unpacked, 2 * unpacked, ROWS_PER_MB * limit_mb, CELLS_PER_MB * limit_mb)
