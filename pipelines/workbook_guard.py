"""The parts of a workbook, and how far its cells reach.

Knows which parts Excel, LibreOffice and libraries write, and what each is for. Refuses parts that run, fetch, or keep
something nobody sees in the cells; and cells that a parser would fill the memory with. Reads with bounded memory and
keeps no cell.
"""

from __future__ import annotations

import re
import zipfile
from array import array
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import IO, Final

from assurance.errors import Reason, Refused, refused
from pipelines.limits import LINE_LIMIT, MB, SPARSE_CELLS, SPARSE_RATIO, Limits

_HIDDEN: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    ("door.has_macros", re.compile(r"xl/(vba|macrosheets/|dialogsheets/|activex/|webextensions/)|(xl/)?customui/")),
    ("door.has_links", re.compile(r"xl/(externallinks/|connections\.|querytables/|volatiledependencies|python)")),
    ("door.has_comments", re.compile(r"xl/(worksheets/)?(threaded)?comments")),
    # a pivot table and a data model keep the rows they were made from, of whatever sheet; a shared workbook, old cells
    ("door.has_copies", re.compile(r"xl/(pivotcache/|model/|customdata/|revisions/)")),
    ("door.has_objects", re.compile(r"xl/(embeddings/|media/|ink/)")),
)
"""What a part's name says that people do not expect to send."""
_ORDINARY: Final = re.compile(
    r"\[content_types\]\.xml|(.+/)?_rels/[^/]*\.rels|docprops/[^/]+|docmetadata/labelinfo\.xml"
    r"|customxml/item(props)?\d*\.xml"  # SharePoint's own notes
    r"|xl/(workbook|styles|sharedstrings|calcchain|metadata|xmlmaps)\.xml|xl/metadata"  # the last by Google
    r"|xl/(worksheets|chartsheets|theme|tables|drawings|charts|diagrams|ctrlprops|printersettings|slicers|slicercaches"
    r"|timelines|timelinecaches|pivottables|richdata|persons|namedsheetviews|featurepropertybag)/[^/]+"
)
_QUERY: Final = b"/DataMashup"
"""Where Power Query keeps what it does, in a part that looks like SharePoint's."""
_DECLARES: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)
_ELSEWHERE: Final = re.compile(rb"<[^<>]*External[^<>]*>")
_XML: Final = (".xml", ".rels", ".vml")

_CELL_OPENS: Final = re.compile(rb"<(?:\w++:)?+c(?=[\s/>])")
_PLAIN_CELL: Final = re.compile(rb"<c r=\"([A-Z]{1,3}+)([0-9]{1,7}+)\"(?: [a-z]++=\"[^\"<>]*+\")*+ ?(/?)>")
"""A cell as every common writer has it: the letters and number of its place, and a stroke if it is blank."""
_PLAIN_SHARED: Final = re.compile(rb" t=\"s\"[^<>]*+><v>([0-9]{1,9}+)<")
_ROW_OR_CELL: Final = re.compile(rb"<(?:\w++:)?+(row|c)(?=[\s/>])((?>[^\"'>]++|\"[^\"]*+\"|'[^']*+')*+)>")
_PLACE: Final = re.compile(rb"\sr\s*+=\s*+(?:[\"']([A-Za-z]{0,9}+)([0-9]{1,9}+)[\"'])?+")
_TYPE: Final = re.compile(rb"\st\s*+=\s*+[\"'](\w++)")
_MERGED: Final = re.compile(rb"<(?:\w++:)?+mergeCell(?=[\s/>])")
_PLAIN_MERGED: Final = re.compile(rb"<(?:\w++:)?+mergeCell ref=\"[A-Z]{1,3}([0-9]{1,7}):[A-Z]{1,3}([0-9]{1,7})\"")
_SHARED: Final = re.compile(rb"<(?:\w++:)?+si(?=[\s/>])")
_SHARED_NUMBER: Final = re.compile(rb"\s*+<(?:\w++:)?+v>([0-9]{1,9}+)<")


def guard(packed: zipfile.ZipFile, file: str, limit: Limits) -> None:
    """Raises Refused for parts that are no part of a plain workbook, or cells beyond ``limit``.

    Every part is searched for cells, since a workbook may name any of its parts a sheet.
    """
    parts = {part.filename.replace("\\", "/").lower(): part for part in packed.infolist() if not part.is_dir()}
    if reasons := list(_reasons(file, list(parts))):
        raise Refused(*reasons)
    reach = _Reach(file, limit)
    texts = [name for name in parts if name == "xl/sharedstrings.xml"]
    for name in [*texts, *(name for name in parts if name not in texts)]:
        with packed.open(parts[name]) as source:
            reach.start(name)
            for piece in _pieces(source, file, is_xml=name.endswith(_XML)):
                _search(piece, name, file)
                reach.read(piece)
        reach.end()


def _reasons(file: str, names: Sequence[str]) -> Iterator[Reason]:
    if "xl/workbook.xml" not in names:
        yield Reason("door.not_a_workbook", {"file": file})
        return
    for key, form in _HIDDEN:
        if any(form.match(name) for name in names):
            yield Reason(key, {"file": file})
    known = (*(form for _, form in _HIDDEN), _ORDINARY)
    if others := sum(not any(form.match(name) for form in known) for name in names):
        yield Reason("door.unknown_parts", {"file": file, "others": others})


def _pieces(source: IO[bytes], file: str, is_xml: bool) -> Iterator[bytes]:
    """A part in pieces that end before a tag begins, so that no tag is torn."""
    carried = b""
    while block := source.read(MB):
        if is_xml and b"\0" in block:
            raise refused("load.not_readable", file=file)  # XML in an encoding that hides what is looked for here
        piece = carried + block
        at = piece.rfind(b"<")
        carried = piece[at:] if at >= 0 else piece
        if len(carried) > LINE_LIMIT and is_xml:
            raise refused("load.not_readable", file=file)
        yield piece[: len(piece) - len(carried)]
    yield carried


def _search(piece: bytes, name: str, file: str) -> None:
    if _DECLARES.search(piece):
        raise refused("door.declares", file=file)
    if _QUERY in piece and name.startswith("customxml/"):
        raise refused("door.has_links", file=file)
    if name.endswith(".rels") and any(b"/hyperlink" not in tag for tag in _ELSEWHERE.findall(piece)):
        raise refused("door.has_links", file=file)


class _Reach:
    """How far the cells of each sheet reach, and how much text they hold, as a parser will see it."""

    def __init__(self, file: str, limit: Limits) -> None:
        self._file, self._limit = file, limit
        self._lengths = array("L")  # of shared texts, in bytes, their tags included
        self._longest = 0
        self._cells = self._text = self._seen = 0

    def start(self, name: str) -> None:
        self._is_shared = name == "xl/sharedstrings.xml"
        self._is_sheet = False
        self._row = self._column = self._rows = self._columns = self._full = 0
        self._opened: int | None = None  # how many bytes ago the shared text began that has not ended

    def read(self, piece: bytes) -> None:
        if self._is_shared:
            self._read_shared(piece)
        self._is_sheet = self._is_sheet or b"sheetData" in piece
        if self._is_sheet:
            self._read_cells(piece)

    def end(self) -> None:
        if self._opened is not None:
            self._lengths.append(self._opened)
        if self._is_shared:
            self._longest = max(self._lengths, default=0)
        cells = self._rows * self._columns
        self._cells += cells
        if cells > SPARSE_CELLS + SPARSE_RATIO * self._full:
            raise refused("door.too_sparse", file=self._file, cell=f"{_letters(self._columns)}{self._rows}")
        if self._cells > self._limit.cells:
            raise refused("door.too_many_cells", file=self._file, limit=self._limit.cells)

    def _read_shared(self, piece: bytes) -> None:
        begins = [match.start() for match in _SHARED.finditer(piece)]
        if not begins:
            self._opened = None if self._opened is None else self._opened + len(piece)
            return
        if self._opened is not None:
            self._lengths.append(self._opened + begins[0])
        self._lengths.extend(later - earlier for earlier, later in pairwise(begins))
        self._opened = len(piece) - begins[-1]
        if len(self._lengths) > self._limit.cells:
            raise refused("door.too_many_cells", file=self._file, limit=self._limit.cells)

    def _read_cells(self, piece: bytes) -> None:
        cells = _PLAIN_CELL.findall(piece)
        opened = len(_CELL_OPENS.findall(piece))
        self._seen += opened
        if self._seen > 2 * self._limit.cells:
            raise refused("door.too_many_cells", file=self._file, limit=self._limit.cells)
        if len(cells) == opened:
            self._read_plain(piece, cells)
        else:
            self._read_odd(piece, opened)
        self._read_merged(piece)
        if self._rows > self._limit.rows or self._columns > self._limit.columns:
            raise refused(
                "door.reaches_too_far",
                file=self._file,
                cell=f"{_letters(self._columns)}{self._rows}",
                rows=self._limit.rows,
                columns=self._limit.columns,
            )
        if self._text > self._limit.text:
            raise refused("load.unpacks_too_large", file=self._file, limit=self._limit.unpacked // MB)

    def _read_plain(self, piece: bytes, cells: Sequence[tuple[bytes, bytes, bytes]]) -> None:
        if cells:
            self._row, self._column = int(cells[-1][1]), _column(cells[-1][0])
        full = [cell for cell in cells if not cell[2]]  # one that is blank and only formatted, no parser makes
        self._full += len(full)
        self._rows = max(self._rows, *(int(number) for _, number, _ in full), 0)
        self._columns = max(self._columns, *(_column(letters) for letters in {cell[0] for cell in full}), 0)
        shared = _PLAIN_SHARED.findall(piece)
        self._text += sum(map(self._length, shared)) + (piece.count(b't="s"') - len(shared)) * self._longest

    def _read_odd(self, piece: bytes, opened: int) -> None:
        """Cells as XML allows them: with a prefix, without a place, with attributes in any order."""
        for tag in _ROW_OR_CELL.finditer(piece):
            kind, rest = tag.groups()
            place = _PLACE.search(rest) if rest else None
            letters, number = place.groups() if place else (b"", b"")
            if number is None:
                raise refused("load.not_readable", file=self._file)
            if kind == b"row":
                self._row, self._column = int(number) if number else self._row + 1, 0
                continue
            opened -= 1
            self._column = _column(letters) if letters else self._column + 1
            if rest.endswith(b"/"):
                continue
            self._full += 1
            self._rows = max(self._rows, int(number) if number else self._row)
            self._columns = max(self._columns, self._column)
            if rest and b"s" in _TYPE.findall(rest):
                shared = _SHARED_NUMBER.match(piece, tag.end())
                self._text += self._length(shared[1]) if shared else self._longest
        if opened:
            raise refused("load.not_readable", file=self._file)

    def _read_merged(self, piece: bytes) -> None:
        """Counts the rows of merged cells, which stand behind all others: a reader fills them in one by one."""
        plain = _PLAIN_MERGED.findall(piece)
        self._cells += sum(min(max(int(last) - int(first), 0) + 1, self._rows) for first, last in plain)
        self._cells += (len(_MERGED.findall(piece)) - len(plain)) * self._rows

    def _length(self, shared: bytes) -> int:
        """The length of a text that cells share; it counts as often as they share it."""
        return self._lengths[int(shared)] if int(shared) < len(self._lengths) else self._longest


def _column(letters: bytes) -> int:
    """A column's number from its letters: A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
