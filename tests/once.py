"""What takes seconds is done once: rows judged once in a process, a store built once for all processes of a run."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import polars as pl
import pytest

from pipelines.judge import Finding, Judge


class Remembering(Judge):
    """Asked again about the same rows, it answers as it did: what tests load differs from a sample in a cell or two,
    and to judge a sample takes Great Expectations two seconds."""

    def __init__(self) -> None:
        super().__init__()
        self._answers: dict[tuple[str, str], list[Finding]] = {}

    def judge(self, suite: str, rows: pl.DataFrame) -> list[Finding]:
        content = BytesIO()
        rows.write_ipc(content)
        asked = suite, sha256(content.getvalue()).hexdigest()
        if asked not in self._answers:
            self._answers[asked] = super().judge(suite, rows)
        return list(self._answers[asked])


def made(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """The folder ``name/store`` as ``make`` leaves it, the same one for every process of this run of the tests."""
    own = factory.getbasetemp()
    shared = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "made" / name
    shared.mkdir(parents=True, exist_ok=True)
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # whoever comes second waits, and finds it made
        if not (shared / "done").exists():
            make(shared / "store")
            (shared / "done").touch()
    return shared / "store"
