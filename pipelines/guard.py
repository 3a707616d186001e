"""What is looked at before a file is opened: its size, what it is, what it would unpack to, and what stands in it.

Knows the forms of files, and reads them piece by piece. Knows nothing of tables or cells' meaning. A parser given a
hostile file can exhaust the machine, so this comes first and the parser runs in a worker with limits of its own.
"""

from __future__ import annotations

import os
import resource
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Final

from assurance.errors import Reason, Refused, refused
from pipelines import workbook_guard
from pipelines.limits import LINE_LIMIT, MB, PARTS_LIMIT, RATIO_LIMIT, Limits, limits

LEAST_MEMORY_GB: Final = 3
MOST_MEMORY_GB: Final = 5
"""A warm worker may write to 1.6 GB, of which it holds 0.4; a load of a million rows takes it to 3.2."""
WORKER_CPU_SECONDS: Final = 600

_OTHER_WORKBOOKS: Final = (".xls", ".xlsb", ".xlsm", ".xltx", ".xltm", ".ods", ".fods", ".numbers")
_TEXTS: Final = (".csv", ".txt", ".tsv")  # Excel's "Unicode text" ends in .txt
_ARCHIVES: Final = (".zip", ".7z", ".rar", ".gz", ".bz2", ".xz", ".tar", ".tgz", ".xlsx", *_OTHER_WORKBOOKS)
_LEFT_BEHIND: Final = (".ds_store", "thumbs.db", "desktop.ini")
"""What file managers leave in a folder: passed over, like the shadow files of a Mac."""

_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How Excel 97 to 2003 begins, and every workbook that is locked with a password."""
_NO_TEXT: Final = (
    _ZIP,
    b"PK\x05\x06",
    _OLE,
    b"%PDF",
    b"{\\rtf",
    b"\x1f\x8b",
    b"7z\xbc\xaf",
    b"Rar!",
    b"\x89PNG",
    b"\xff\xd8\xff",
)
_MARKUP: Final = (b"<!doctype", b"<html", b"<table", b"<?xml", b"<head", b"<meta", b"<style", b"mime-version")
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
_UTF_32: Final = b"\xff\xfe\x00\x00"
_SEPARATORS: Final = (b",", b";", b"\t", b"|")
_END: Final = struct.Struct("<4s4H2LH")
"""The record that ends a zip: signature, two disks, entries here and in all, size and place of the list, comment."""
_LIST_LIMIT: Final = MB
"""Bytes of a zip's list of parts: a thousand names, each as long as a file system takes."""
_BLOCK: Final = MB
_DAMAGE: Final = (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError, struct.error)
"""What reading a damaged, locked or oddly packed archive raises."""


def limit_this_process() -> None:
    """Puts a ceiling on what this worker may use, so that no file can take the machine down.

    The ceiling is on memory that can be written to. One on addresses would count what libraries only reserve, which
    grows with the processors: 3 GB with two, and more than any ceiling worth having with 64.
    """
    machine = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    ceiling = max(LEAST_MEMORY_GB << 30, min(MOST_MEMORY_GB << 30, machine * 3 // 4))
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (ceiling, hard))
    used = resource.getrusage(resource.RUSAGE_SELF)  # a warm worker's clock runs on; the limit is per command
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + WORKER_CPU_SECONDS, hard))


def guard(path: Path, limit_mb: int) -> None:
    """Raises Refused if ``path`` is too large, packed or not, or is not plainly a table, a zip of them or a workbook.

    What has an ending that nothing here knows is left to the reader, which refuses it unopened.
    """
    if not path.is_file():  # a pipe or a device may never end
        raise refused("load.no_such_file", file=path.name)
    if path.stat().st_size > limit_mb * MB:
        raise refused("load.too_large", file=path.name, limit=limit_mb)
    if path.stat().st_size == 0:
        raise refused("door.empty", file=path.name)
    ending = path.suffix.lower()
    with path.open("rb") as source:
        start = source.read(512)
    if ending in _OTHER_WORKBOOKS:
        raise refused("door.other_workbook", file=path.name, ending=ending)
    if ending in (".xlsx", *_TEXTS) and start.removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(_MARKUP):
        raise refused("door.web_page", file=path.name)
    if ending in _TEXTS:
        with path.open("rb") as source:
            _Texts(path.name, limits(limit_mb)).read(source)
    elif ending == ".xlsx":
        _guard_workbook(path, start, limits(limit_mb))
    elif ending == ".zip":
        _guard_zip(path, limits(limit_mb))


def _guard_workbook(path: Path, start: bytes, limit: Limits) -> None:
    if start.startswith(_OLE):
        raise refused("door.locked_or_old", file=path.name)
    with _opened(path, limit) as packed:
        # with a comment, or something before the first part, two programs may find two different archives in one file
        if packed.comment or not start.startswith(_ZIP):
            raise refused("load.not_readable", file=path.name)
        workbook_guard.guard(packed, path.name, limit)


def _guard_zip(path: Path, limit: Limits) -> None:
    with _opened(path, limit) as packed:
        parts = [part for part in packed.infolist() if not part.is_dir() and not _is_left_behind(part.filename)]
        if reasons := list(_reasons(path.name, parts)):
            raise Refused(*reasons)
        texts = _Texts(path.name, limit)
        for part in parts:
            with packed.open(part) as source:
                texts.read(source)


def _reasons(file: str, parts: Sequence[zipfile.ZipInfo]) -> Iterator[Reason]:
    names = [part.filename.lower() for part in parts]
    if any(_is_outside(part) for part in parts):
        yield Reason("door.zip_outside", {"file": file})
    if any(name.endswith(_ARCHIVES) for name in names):
        yield Reason("door.zip_nested", {"file": file})
    if others := sum(not name.endswith((".csv", *_ARCHIVES)) for name in names):
        yield Reason("door.zip_other", {"file": file, "others": others})


def _is_outside(part: zipfile.ZipInfo) -> bool:
    """Whether a part would lie outside the folder it is unpacked to, or stands for a file elsewhere."""
    name = part.filename.replace("\\", "/")
    return name.startswith("/") or name[1:2] == ":" or ".." in name.split("/") or stat.S_ISLNK(part.external_attr >> 16)


def _is_left_behind(name: str) -> bool:
    path = PurePosixPath(name)
    return "__MACOSX" in path.parts or path.name.startswith("._") or path.name.lower() in _LEFT_BEHIND


@contextmanager
def _opened(path: Path, limit: Limits) -> Iterator[zipfile.ZipFile]:
    """An archive whose list of parts is in order; whatever goes wrong inside is a file that cannot be read."""
    try:
        if _size_of_list(path) > _LIST_LIMIT:
            raise refused("door.too_many_parts", file=path.name, limit=PARTS_LIMIT)
        with zipfile.ZipFile(path) as packed:
            if reasons := list(_reasons_of_list(path, packed.infolist(), limit)):
                raise Refused(*reasons)
            yield packed
    except _DAMAGE as fault:
        raise refused("load.not_readable", file=path.name) from fault


def _size_of_list(path: Path) -> int:
    """The bytes of a zip's list of parts, by its last record: opening it makes an object of every entry."""
    with path.open("rb") as source:
        source.seek(max(0, path.stat().st_size - (_END.size + (1 << 16))))
        tail = source.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _END.size:
        raise zipfile.BadZipFile
    return int(_END.unpack_from(tail, at)[5])


def _reasons_of_list(path: Path, parts: Sequence[zipfile.ZipInfo], limit: Limits) -> Iterator[Reason]:
    unpacked = sum(part.file_size for part in parts)
    names = [part.filename.replace("\\", "/").lower() for part in parts]
    if len(parts) > PARTS_LIMIT:
        yield Reason("door.too_many_parts", {"file": path.name, "limit": PARTS_LIMIT})
    if unpacked > limit.unpacked or unpacked > path.stat().st_size * RATIO_LIMIT:
        yield Reason("load.unpacks_too_large", {"file": path.name, "limit": limit.unpacked // MB})
    if any(part.flag_bits & 1 for part in parts):
        yield Reason("door.zip_locked", {"file": path.name})
    if len(set(names)) < len(names):
        yield Reason("door.zip_twice", {"file": path.name})
    if any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts):
        yield Reason("load.not_readable", {"file": path.name})  # others may ask for gigabytes to unpack a kilobyte


class _Texts:
    """Reads CSV files piece by piece and counts their rows and cells together, whatever separates them."""

    def __init__(self, file: str, limit: Limits) -> None:
        self._file, self._limit = file, limit
        self._rows = self._cells = 0

    def read(self, source: IO[bytes]) -> None:
        """Raises Refused at the first piece that is no text, or more than a file may hold."""
        carried = start = source.read(_BLOCK)
        if not start:
            raise refused("door.empty", file=self._file)
        if start.startswith(_NO_TEXT):
            raise refused("door.wrong_ending", file=self._file)
        is_wide = start.startswith(_UTF_16) and not start.startswith(_UTF_32)
        while carried:
            block = source.read(_BLOCK)
            carried = self._take(carried, is_wide, is_last=not block) + block

    def _take(self, piece: bytes, is_wide: bool, is_last: bool) -> bytes:
        """Counts the whole lines of a piece; returns what is left of it."""
        if is_wide:
            piece = piece.replace(b"\0", b"")  # separators and ends of lines are ASCII: they count alike
        elif b"\0" in piece:
            raise refused("door.no_text", file=self._file)
        lines = piece.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        self._rows += lines.count(b"\n")
        if self._rows > self._limit.rows:
            raise refused("door.too_many_rows", file=self._file, limit=self._limit.rows)
        *whole, rest = lines.split(b"\n")
        if is_last:
            whole, rest = [*whole, rest], b""
        if len(rest) > LINE_LIMIT:
            raise refused("door.no_lines", file=self._file)
        counted = lines[: len(lines) - len(rest)]
        self._cells += max(map(counted.count, _SEPARATORS)) + len(whole)
        if self._cells > self._limit.cells:
            raise refused("door.too_many_cells", file=self._file, limit=self._limit.cells)
        for line in whole:
            # as many separators take at least as many bytes, and few lines have them
            if len(line) >= self._limit.columns and max(map(line.count, _SEPARATORS)) >= self._limit.columns:
                raise refused("door.too_many_columns", file=self._file, limit=self._limit.columns)
        return rest
