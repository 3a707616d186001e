"""One ledger of the store: numbered lines that are added and never edited.

Knows how one line follows another and how to find that one was altered. Refuses to know what a line says.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from assurance.errors import refused
from assurance.release import LINE_HASH, canonical, ledger_lines, sha256
from pipelines.disk import locked, make_folder, sync, told_plainly


class Ledger:
    """Numbered lines, each holding its own hash and that of the one before; made by link(2), whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def lines(self) -> list[dict[str, Any]]:
        """The lines in order. Raises Refused where the chain is broken."""
        return ledger_lines(self.folder)

    def append(self, entry: Mapping[str, Any], after: int | None = None) -> dict[str, Any]:
        """Adds a line after the last; where ``after`` is given, only if that is the number of lines there still are.

        Raises Refused if another process added one meanwhile, or the disk fails: then there is no new line.
        """
        with told_plainly():
            make_folder(self.folder)
            with locked(self.folder) as descriptor:
                line = self._next(entry, after)
                try:
                    self._write(line)
                except FileExistsError as fault:
                    raise refused("load.overtaken", ledger=self.folder.name) from fault
                try:
                    os.fsync(descriptor)
                except OSError:  # under this lock nobody can have added to it, so it can go again
                    self._path(line).unlink()
                    raise
        return line

    def _next(self, entry: Mapping[str, Any], after: int | None) -> dict[str, Any]:
        """The line to add; only under the lock, which makes every line half written an abandoned one."""
        for abandoned in self.folder.glob(".*"):
            abandoned.unlink()
        lines = self.lines()
        if after is not None and after != len(lines):
            raise refused("load.overtaken", ledger=self.folder.name)
        line = {**entry, "number": len(lines) + 1, "before": sha256(canonical(lines[-1])) if lines else ""}
        return {**line, LINE_HASH: sha256(canonical(line))}

    def _write(self, line: Mapping[str, Any]) -> None:
        beside = self.folder / f".{uuid.uuid4().hex}"
        try:
            beside.write_bytes(canonical(line))
            sync(beside)
            os.link(beside, self._path(line))
        finally:
            with suppress(OSError):  # the next to append clears it away
                beside.unlink(missing_ok=True)

    def _path(self, line: Mapping[str, Any]) -> Path:
        return self.folder / f"{line['number']:06}.json"
