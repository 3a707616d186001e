"""Files into tables of text, each row with the number of the row it stands in.

Knows workbooks, CSV files, and folders and zips of CSV files, however they were encoded, and the workbook of rows to
put right that this product hands out. Refuses to judge a row: what is no row is set aside, all else is read.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final

import polars as pl
import python_calamine

from assurance.errors import Reason, Refused, refused
from pipelines import extract_format, tidy
from pipelines.cells import Question
from pipelines.detect import refuse_identifiers
from pipelines.guard import guard
from pipelines.tidy import Found, Reading, SetAside, Sheet

RULES_BROKEN: Final = "rules_broken"
OWN_SHEETS: Final = {"read_me", "codes", "columns", RULES_BROKEN}
"""Of the workbooks that this product hands out; what stands in them is not read."""
CORRECTIONS: Final = "rows_to_put_right"
"""The sheet that says of which load the rows of a workbook are; in its other sheets two columns stand before the
table's own: the row's number in what was first sent, and what is wrong with it."""
ADDED_COLUMNS: Final = 2
DEFAULT_LIMIT_MB: Final = 10
_ERRORS_NAMED: Final = 20
_DELIMITERS: Final = (",", ";", "\t", "|")
_GARBLED: Final = re.compile("[ÃÂÅÄ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€[\u0080-\u00bf™œ“”¦]")
"""Letters where UTF-8 was read as Windows-1252 and written again: ``Ã´`` for ``ô``, ``Å·`` for ``ŷ``."""


@dataclass(frozen=True)
class Extract:
    """What arrived. ``tables``: the declared columns as the format writes them, ``source_row`` and ``is_ragged``;
    ``received``: the same rows as they were received. ``headers``: one row per column found or required.
    ``unknown_sheets``: places of those that are no table of the format. ``encodings``: how each table was decoded.
    ``readings``, ``set_aside`` and ``questions``: what was read otherwise than written, what is no row, and what
    somebody has to say first. ``completes``: the load whose rows in quarantine these are, put right, and
    ``returned`` the numbers of those that came back, by table."""

    tables: dict[str, pl.DataFrame]
    headers: pl.DataFrame
    unknown_sheets: tuple[str, ...]
    encodings: dict[str, str]
    received: dict[str, pl.DataFrame] = field(default_factory=dict)
    readings: tuple[Reading, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    questions: tuple[Question, ...] = ()
    repaired: tuple[str, ...] = ()
    completes: str | None = None
    returned: dict[str, list[int]] = field(default_factory=dict)

    @property
    def open_questions(self) -> tuple[Question, ...]:
        return tuple(question for question in self.questions if question.answer is None)


def read(paths: Sequence[Path], limit_mb: int = DEFAULT_LIMIT_MB, answers: Mapping[str, str] | None = None) -> Extract:
    """The extract that ``paths`` (one workbook, folder or zip, or several CSV files) hold, read with the ``answers`` to
    its questions, by their ids.

    Raises Refused for a file that cannot be opened, or a table that stands twice.
    """
    answers = answers or {}
    sheets = [sheet for path in paths for sheet in _sheets(path, limit_mb)]
    completes = next((_load_named(sheet) for sheet in sheets if sheet.name == CORRECTIONS), None)
    numbered = [(number, sheet) for number, sheet in enumerate(sheets, start=1) if _is_read(sheet)]
    placed = [
        (number, sheet, tidy.table_of(sheet))
        for number, sheet in ((n, _without_added(each) if completes else each) for n, each in numbered)
    ]
    refuse_identifiers(placed)
    known = [(sheet, table) for _, sheet, table in placed if table is not None]
    names = [table for _, table in known]
    if twice := sorted({table for table in names if names.count(table) > 1}):
        raise Refused(*(Reason("load.table_twice", {"table": table}) for table in twice))
    if not known:
        raise refused("load.no_tables")
    found = [each for sheet, table in known for each in _found(sheet, table, answers)]
    extract = as_written(
        _one_each(found),
        answers,
        Extract(
            tables={},
            headers=_headers(found),
            unknown_sheets=tuple(str(number) for number, _, table in placed if table is None),
            encodings={table: sheet.encoding for sheet, table in known},
            set_aside=tuple(aside for each in found for aside in each.set_aside),
            questions=tuple(question for each in found for question in each.questions),
            repaired=tuple(table for sheet, table in known if sheet.was_repaired),
            completes=completes,
            returned={table: list(sheet.numbers.values()) for sheet, table in known if sheet.numbers},
        ),
    )
    serials = sorted({f"{each.table}.{each.column}" for each in extract.readings if each.how == "serial"})
    if serials and any(sheet.counts_from_1904 for sheet, _ in known):
        raise refused("load.serials_1904", columns=", ".join(serials))
    return extract


def _is_read(sheet: Sheet) -> bool:
    """Whether a sheet holds anything, and is none that this product fills itself."""
    return bool(sheet.cells.width) and sheet.name not in {*OWN_SHEETS, CORRECTIONS}


def as_written(received: Mapping[str, pl.DataFrame], answers: Mapping[str, str], extract: Extract) -> Extract:
    """``extract`` with its tables as the format writes them, from the rows as received."""
    tidied = {name: tidy.tidy(name, received[name], answers) for name in extract_format.tables() if name in received}
    asked = _once([question for each in tidied.values() for question in each.questions])
    return replace(
        extract,
        tables={name: each.read for name, each in tidied.items()},
        received=dict(received),
        readings=tuple(reading for each in tidied.values() for reading in each.readings),
        questions=(*[each for each in extract.questions if each.kind == "header"], *asked),
    )


def _once(questions: Iterable[Question]) -> list[Question]:
    """Each question once: a word is asked about for its list, wherever it stands."""
    return list({question.id: question for question in questions}.values())


def groups(paths: Iterable[Path]) -> list[list[Path]]:
    """Which of ``paths`` belong together: CSV files named side by side are one extract, all else one each."""
    loose = [path for path in paths if path.suffix.lower() == ".csv"]
    return [[path] for path in paths if path not in loose] + ([loose] if loose else [])


def _load_named(sheet: Sheet) -> str:
    """The load that a sheet of corrections names. Raises Refused where it names none."""
    cell = next((cell for row in sheet.top[:1] for cell in row if cell and re.fullmatch(r"[0-9a-f]{64}", cell)), None)
    if cell is None:
        raise refused("load.no_such_load")
    return cell


def _without_added(sheet: Sheet) -> Sheet:
    """A sheet of rows put right without the columns that were added, and the rows' numbers in what was first sent."""
    numbers = sheet.cells["0"].str.to_integer(strict=False)
    own = sheet.cells.select(
        pl.col(name).alias(str(int(name) - ADDED_COLUMNS)) for name in sheet.cells.columns[ADDED_COLUMNS:]
    )
    sent = {row: number for row, number in enumerate(numbers, start=1) if number is not None}
    return replace(sheet, cells=own, numbers=sent, starts_at=ADDED_COLUMNS)


def _found(sheet: Sheet, table: str, answers: Mapping[str, str]) -> list[Found]:
    """The tables of a sheet; rows put right under the numbers that they were first sent with."""
    found = tidy.find(sheet, table, answers)
    if sheet.numbers is None:
        return found
    numbered = pl.col("source_row").replace_strict(sheet.numbers, default=None, return_dtype=pl.Int64)
    found = [replace(each, received=each.received.with_columns(numbered)) for each in found]
    if any(each.received["source_row"].null_count() for each in found):
        raise refused("load.row_without_number", table=table)
    return found


def _one_each(found: Sequence[Found]) -> dict[str, pl.DataFrame]:
    """The rows of each table: those of its own sheet, and those that stood beside another's."""
    frames: dict[str, list[pl.DataFrame]] = {}
    for each in found:
        frames.setdefault(each.table, []).append(each.received)
    return {name: pl.concat(parts) for name, parts in frames.items()}


# Files


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
    text, was_repaired = _repaired(text)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True))
    except csv.Error as fault:  # its message quotes the cell
        known = name if name in extract_format.tables() else "?"
        raise refused("load.not_readable", file=f"{known}.csv") from fault
    return Sheet(name, _columns(rows), encoding, pl.Series([len(row) for row in rows], dtype=pl.Int32), was_repaired)


def _decoded(content: bytes) -> tuple[str, str]:
    """By its mark, else strictly UTF-8, else Windows-1252: what council systems and spreadsheets write."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace"), "utf-16"
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1"), "latin-1"


def _repaired(text: str) -> tuple[str, bool]:
    """``text`` with letters put right that were UTF-8 read as Windows-1252, and whether there were any."""

    def right(found: re.Match[str]) -> str:
        try:
            return found[0].encode("cp1252").decode("utf-8")
        except (UnicodeEncodeError, UnicodeDecodeError):
            return found[0]

    repaired = _GARBLED.sub(right, text)
    return repaired, repaired != text


def _delimiter(text: str) -> str:
    """What stands between cells: the mark that the first lines have most often, of equal ones the comma."""
    start = text[: 1 << 14].splitlines()[:20]
    return max(_DELIMITERS, key=lambda mark: sum(line.count(mark) for line in start))


def _columns(rows: Sequence[Sequence[Any]]) -> pl.DataFrame:
    """Rows of cells as columns of text, trimmed; what is left blank is null. A column where no cell has text is kept,
    unless it is at the right edge."""
    width = max(map(len, rows), default=0)
    data = {
        str(at): pl.Series([row[at] if at < len(row) else None for row in rows], dtype=pl.String) for at in range(width)
    }
    trimmed = pl.all().str.strip_chars(_SPACES).str.replace(_QUOTED, "$1").replace({"": None})
    frame = pl.DataFrame(data).with_columns(trimmed)
    while frame.width and frame[:, -1].null_count() == frame.height:
        frame = frame.drop(frame.columns[-1])
    return frame


_QUOTED: Final = r"^'([=+\-@＝＋－＠])"
"""A mark that this product puts before a cell that a spreadsheet would take for a formula."""
_SPACES: Final = " \t\r\n\u00a0\u200b\ufeff\u2007\u202f\0"


def _refuse_error_cells(path: Path) -> None:
    """The parser gives an error cell as a blank, and a failed look-up would empty a column unseen."""
    found: list[str] = []
    with zipfile.ZipFile(path) as packed:
        for part in packed.namelist():
            if re.fullmatch(r"xl/worksheets/[^/]+\.xml", part):
                marked = re.findall(rb'<c\b[^>]*\bt="e"[^>]*>', packed.read(part))
                found += [place[1].decode() for cell in marked if (place := re.search(rb'\br="([A-Z]+\d+)"', cell))]
    if found:
        raise refused("load.error_cells", file=path.name, n=len(found), cells=", ".join(found[:_ERRORS_NAMED]))


def _workbook_sheets(path: Path) -> list[Sheet]:
    _refuse_error_cells(path)
    try:
        workbook = python_calamine.CalamineWorkbook.from_path(str(path))
        found = [_workbook_sheet(workbook.get_sheet_by_name(name)) for name in workbook.sheet_names]
    except Exception as fault:  # the parser's own messages quote cells
        raise refused("load.not_readable", file=path.name) from fault
    with zipfile.ZipFile(path) as packed:
        about = packed.read(_ABOUT) if _ABOUT in packed.namelist() else b""
    return [replace(sheet, counts_from_1904=bool(_FROM_1904.search(about))) for sheet in found]


_ABOUT: Final = "xl/workbook.xml"
_FROM_1904: Final = re.compile(rb'date1904\s*=\s*["\'](?:1|true)["\']')


def _workbook_sheet(sheet: Any) -> Sheet:
    rows = [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    for (first, left), (last, right) in sheet.merged_cell_ranges or ():
        if left == right:  # one case beside several meetings; across, it is a title
            for row in rows[first + 1 : last + 1]:
                row[left : left + 1] = rows[first][left : left + 1]  # a range may reach beyond the cells there are
    return Sheet(sheet.name, _columns(rows), "xlsx")


def _text(cell: Any) -> str | None:
    """A cell as the extract format writes it: ISO dates, HH:MM, whole numbers without a point; None if blank."""
    match cell:
        case str():
            return cell
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
    return str(cell)


def _headers(found: Sequence[Found]) -> pl.DataFrame:
    """One row per column of the file and per column the format requires: where it stands, and whether it may.

    An unknown header is named by its place, as in ``cases!F``: its text may be somebody's name.
    """
    rows: list[tuple[str, bool, bool, bool]] = []
    for each in found:
        columns = [heading.column for heading in each.headings]
        for heading in each.headings:
            if not heading.is_dropped:
                place = f"{each.table}!{tidy.letters(heading.at)}"
                is_single = heading.column is None or columns.count(heading.column) == 1
                rows.append((place, heading.column is not None, is_single, True))
        present = {name for name in each.received.columns if each.received[name].null_count() < each.received.height}
        for column in extract_format.tables()[each.table].columns.values():
            if not column.optional and column.name not in {*columns, *present}:
                rows.append((f"{each.table}.{column.name}", True, True, False))
    return pl.DataFrame(rows, schema=["place", "is_known", "is_single", "is_present"], orient="row").with_row_index(
        "source_row"
    )
