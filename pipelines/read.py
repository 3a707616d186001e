"""Files into rows of text, each with the number of the row it stands in.

Knows workbooks, CSV files, and folders and zips of CSV files. Refuses to guess: what a header or a cell means is
decided later, and nothing is dropped but rows that are blank throughout.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final

import polars as pl
import python_calamine

from assurance.errors import Reason, Refused, refused
from pipelines import extract_format
from pipelines.guard import guard

OWN_SHEETS: Final = {"read_me", "codes", "columns"}  # of the empty workbook this product hands out
DEFAULT_LIMIT_MB: Final = 10
_HEADER_ROW: Final = 1
_ERRORS_NAMED: Final = 20


@dataclass(frozen=True)
class Sheet:
    """One table as found: its cells as text, and how they were decoded."""

    name: str
    rows: list[list[str | None]]
    encoding: str


@dataclass(frozen=True)
class Extract:
    """What arrived. ``tables``: the declared columns as text, ``source_row`` and ``is_ragged``. ``headers``: one row
    per column found or required. ``unknown_sheets``: places of those that are no table of the format. ``encodings``:
    how each table was decoded."""

    tables: dict[str, pl.DataFrame]
    headers: pl.DataFrame
    unknown_sheets: tuple[str, ...]
    encodings: dict[str, str]

    @property
    def rows_read(self) -> int:
        return sum(table.height for table in self.tables.values())


def read(paths: Sequence[Path], limit_mb: int = DEFAULT_LIMIT_MB) -> Extract:
    """The extract that ``paths`` (one workbook, folder or zip, or several CSV files) hold.

    Raises Refused for a file that cannot be opened, or a table that stands twice.
    """
    sheets = [sheet for path in paths for sheet in _sheets(path, limit_mb)]
    names = [sheet.name for sheet in sheets]
    twice = sorted({name for name in names if names.count(name) > 1 and name in extract_format.tables()})
    if twice:
        raise Refused(*(Reason("load.table_twice", {"table": name}) for name in twice))
    known = {sheet.name: sheet for sheet in sheets if sheet.name in extract_format.tables()}
    if not known:
        raise refused("load.no_tables")
    return Extract(
        tables={name: _frame(known[name]) for name in extract_format.tables() if name in known},
        headers=_headers(list(known.values())),
        unknown_sheets=tuple(
            str(at) for at, sheet in enumerate(sheets, start=1) if sheet.name not in {*known, *OWN_SHEETS}
        ),
        encodings={name: sheet.encoding for name, sheet in known.items()},
    )


def groups(paths: Iterable[Path]) -> list[list[Path]]:
    """Which of ``paths`` belong together: CSV files named side by side are one extract, all else one each."""
    loose = [path for path in paths if path.suffix.lower() == ".csv"]
    return [[path] for path in paths if path not in loose] + ([loose] if loose else [])


def _sheets(path: Path, limit_mb: int) -> list[Sheet]:
    if path.is_dir():
        files = sorted(each for each in path.iterdir() if each.suffix.lower() == ".csv" and _is_own(each.name))
        if not files:
            raise refused("load.empty_folder", file=path.name)
        return [sheet for file in files for sheet in _sheets(file, limit_mb)]
    guard(path, limit_mb)
    match path.suffix.lower():
        case ".csv":
            return [_csv_sheet(path.stem, path.read_bytes())]
        case ".zip":
            return _zip_sheets(path)
        case ".xlsx":
            return _workbook_sheets(path)
    raise refused("load.unknown_kind", file=path.name)


def _zip_sheets(path: Path) -> list[Sheet]:
    with zipfile.ZipFile(path) as packed:
        files = [(part, Path(part.filename)) for part in packed.infolist() if part.filename.lower().endswith(".csv")]
        parts = [part for part, name in files if "__MACOSX" not in name.parts and _is_own(name.name)]
        if not parts:
            raise refused("load.empty_folder", file=path.name)
        try:
            return [_csv_sheet(Path(part.filename).stem, packed.read(part)) for part in parts]
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as fault:  # damaged, encrypted, odd packing
            raise refused("load.not_readable", file=path.name) from fault


def _is_own(name: str) -> bool:
    """Not the shadow file that a Mac puts beside each."""
    return not name.startswith("._")


def _csv_sheet(name: str, content: bytes) -> Sheet:
    text, encoding = _decoded(content)
    try:
        rows = [[_text(cell) for cell in row] for row in csv.reader(io.StringIO(text, newline=""), strict=True)]
    except csv.Error as fault:  # its message quotes the cell
        known = name if name in extract_format.tables() else "?"
        raise refused("load.not_readable", file=f"{known}.csv") from fault
    return Sheet(name, rows, encoding)


def _decoded(content: bytes) -> tuple[str, str]:
    """Strictly UTF-8, else Windows-1252, the two that council systems write."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1"), "latin-1"


def _refuse_error_cells(path: Path) -> None:
    """The parser gives an error cell as a blank, and a failed look-up would empty a column unseen."""
    found: list[str] = []
    with zipfile.ZipFile(path) as packed:
        for part in packed.namelist():
            if re.fullmatch(r"xl/worksheets/[^/]+\.xml", part):
                cells = re.findall(rb'<c\b[^>]*\bt="e"[^>]*>', packed.read(part))
                found += [place[1].decode() for cell in cells if (place := re.search(rb'\br="([A-Z]+\d+)"', cell))]
    if found:
        raise refused("load.error_cells", file=path.name, n=len(found), cells=", ".join(found[:_ERRORS_NAMED]))


def _workbook_sheets(path: Path) -> list[Sheet]:
    _refuse_error_cells(path)
    try:
        workbook = python_calamine.CalamineWorkbook.from_path(str(path))
        found = {
            name: workbook.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in workbook.sheet_names
        }
    except Exception as fault:  # the parser's own messages quote cells
        raise refused("load.not_readable", file=path.name) from fault
    return [Sheet(name, [[_text(cell) for cell in row] for row in rows], "xlsx") for name, rows in found.items()]


def _text(cell: Any) -> str | None:
    """A cell as the extract format writes it: ISO dates, HH:MM, whole numbers without a point; None if blank."""
    match cell:
        case bool():
            return "TRUE" if cell else "FALSE"
        case datetime():
            return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ", timespec="minutes")
        case date():
            return cell.isoformat()
        case time():
            return cell.strftime("%H:%M")
        case timedelta():
            return str(cell)
        case float():
            return str(int(cell)) if cell.is_integer() else str(cell)
    return str(cell).strip() or None


def _frame(sheet: Sheet) -> pl.DataFrame:
    """The declared columns of a sheet in declared order; a column that is not there is null throughout."""
    header = _header(sheet)
    numbered = [(number, row) for number, row in enumerate(sheet.rows, start=1) if number > _HEADER_ROW and any(row)]
    data: dict[str, Any] = {"source_row": pl.Series([number for number, _ in numbered], dtype=pl.Int64)}
    for column in extract_format.tables()[sheet.name].columns:
        at = header.index(column) if column in header else None
        cells = [row[at] if at is not None and at < len(row) else None for _, row in numbered]
        data[column] = pl.Series(cells, dtype=pl.String)
    data["is_ragged"] = pl.Series([_is_ragged(row, len(header)) for _, row in numbered], dtype=pl.Boolean)
    return pl.DataFrame(data)


def _header(sheet: Sheet) -> list[str | None]:
    """The header row without the blank columns that a spreadsheet leaves at its right edge."""
    header = list(sheet.rows[0]) if sheet.rows else []
    while header and header[-1] is None:
        header.pop()
    return header


def _is_ragged(row: list[str | None], width: int) -> bool:
    """Whether a row has fewer cells than the header, or something beyond it: its cells may stand under wrong names."""
    return len(row) < width or any(row[width:])


def _headers(sheets: list[Sheet]) -> pl.DataFrame:
    """One row per column of the file and per column the format requires: where it stands, and whether it may.

    An unknown header is named by its place, as in ``cases!F``: its text may be somebody's name.
    """
    rows: list[tuple[str, bool, bool, bool]] = []
    for sheet in sheets:
        declared = extract_format.tables()[sheet.name].columns
        header = _header(sheet)
        for at, name in enumerate(header):
            rows.append((f"{sheet.name}!{_letters(at)}", name in declared, header.count(name) == 1, True))
        for column in declared.values():
            if not column.optional and column.name not in header:
                rows.append((f"{sheet.name}.{column.name}", True, True, False))
    return pl.DataFrame(rows, schema=["place", "is_known", "is_single", "is_present"], orient="row").with_row_index(
        "source_row"
    )


def _letters(index: int) -> str:
    """A column as a spreadsheet names it: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
