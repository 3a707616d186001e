"""Every call by which a process changes a store, watched: to fail at one, to be killed at one, or to write them down.

Knows calls made through Python, and that a Parquet file is written by a library of its own, in one call as far as can
be seen from here; what that library does when the disk fails in its middle is tried with a limit on the size of files.
"""

from __future__ import annotations

import builtins
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from pyarrow import parquet

CALLS: Final = ("fsync", "link", "mkdir", "open", "rename", "rmdir", "sendfile", "unlink")
"""Of the module os: what the store and the standard library under it change a disk by."""


@contextmanager
def watched(
    below: Path, before: Callable[[str, list[Path]], None], after: Callable[[str, list[Path]], None]
) -> Iterator[None]:
    """Calls ``before`` and ``after`` with the name of each call and the paths it is about, where one is ``below``."""

    def around(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            paths = [_path(each, named.get("dir_fd")) for each in _about(name, arguments)]
            if not any(path.is_relative_to(below) for path in paths):
                return real(*arguments, **named)
            before(name, paths)
            result = real(*arguments, **named)
            after(name, paths)
            return result

        return call

    def opened(*arguments: Any, **named: Any) -> Any:
        mode = str(named.get("mode") or (arguments[1] if len(arguments) > 1 else "r"))
        path = Path(os.fspath(arguments[0])) if isinstance(arguments[0], (str, os.PathLike)) else None
        if path is None or not path.is_relative_to(below) or not set(mode) & set("wax+"):
            return real_open(*arguments, **named)
        before("create", [path])
        file = real_open(*arguments, **named)
        after("create", [path])
        return _Written(file, path, before, after)

    real_open, real_write = io.open, parquet.write_table
    real = {name: getattr(os, name) for name in CALLS}
    try:
        for name in CALLS:
            setattr(os, name, around(name, real[name]))
        parquet.write_table = around("write_table", real_write)
        io.open = builtins.open = opened  # type: ignore[assignment]
        yield
    finally:
        for name in CALLS:
            setattr(os, name, real[name])
        parquet.write_table = real_write
        io.open = builtins.open = real_open


class _Written:
    """A file open for writing, whose writes are watched."""

    def __init__(self, file: Any, path: Path, before: Callable[..., None], after: Callable[..., None]) -> None:
        self._file, self._path, self._before, self._after = file, path, before, after

    def write(self, content: Any) -> int:
        self._before("write", [self._path])
        written: int = self._file.write(content)
        self._file.flush()
        self._after("write", [self._path])
        return written

    def __enter__(self) -> _Written:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def _about(name: str, arguments: tuple[Any, ...]) -> tuple[Any, ...]:
    """The arguments of a call that are files."""
    if name in ("link", "rename"):
        return arguments[:2]
    return arguments[1:2] if name == "write_table" else arguments[:1]


def _path(file: Any, folder: int | None) -> Path:
    if isinstance(file, int):
        return Path(os.readlink(f"/proc/self/fd/{file}"))
    path = Path(os.fsdecode(file))
    return path if folder is None else Path(os.readlink(f"/proc/self/fd/{folder}")) / path
