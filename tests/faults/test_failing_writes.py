"""A disk that is full or fails, at any one call: refused in plain words, the old state stands, the next try works."""

from __future__ import annotations

import errno
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from assurance.errors import Refused
from assurance.words import LANGUAGES
from pipelines import load, publish, restore
from pipelines.store import Store
from tests.faults.conftest import Before
from tests.faults.processes import AcceptsAll, Job, Processes
from tests.faults.tally import FULL, Row, outcome
from tests.faults.watched import watched

POINTS: Final = 8
"""Of the calls of one command, how many fail in the short run; the full run has each fail in both ways."""

RETRIED_OF: Final = 8 if FULL else 3

LAST: Final = 26
"""Calls enough to hold the rename of what was made, and the whole of the ledger's new line."""

NOT_NEEDED: Final = {"mkdir", "open", "rmdir", "sendfile", "unlink"}
"""Calls that a command can do without: of a folder that is there, to clear away, or done again in another way."""


class FailsAt:
    """Counts the calls of a command, and has one of them fail."""

    def __init__(self, at: int = 0, code: int = 0) -> None:
        self.at, self.code, self.names = at, code, list[str]()

    def __call__(self, name: str, paths: list[Path]) -> None:
        self.names.append(name)
        if len(self.names) == self.at:
            raise OSError(self.code, "injected", str(paths[0]))


def run(do: str, store: Path, before: Before, fails: FailsAt) -> str | None:
    """What the command refused with, in both languages; None where it was done."""
    with watched(store, fails, lambda *_: None):
        try:
            if do == "publish":
                publish.publish(Store(store), "August")
                return None
            verdict = load.load(Store(store), [before.later], AcceptsAll())  # type: ignore[arg-type]
        except Refused as fault:
            return " ".join(fault.says(lang) for lang in LANGUAGES)
    return None if verdict.accepted else " ".join(str(verdict.as_json(lang)["refused_because"]) for lang in LANGUAGES)


def points(calls: int) -> Iterator[tuple[int, int]]:
    """Which call fails, and how: no room on the disk, or the disk itself."""
    every = [(at, code) for at in range(1, calls + 1) for code in (errno.ENOSPC, errno.EIO)]
    if FULL:
        yield from every
    else:
        at = random.Random(7)
        yield from at.sample(every[: -2 * LAST], POINTS // 2) + at.sample(every[-2 * LAST :], POINTS // 2)


@pytest.mark.parametrize("do", ["load", "publish"])
def test_whatever_call_fails_the_old_state_stands_and_the_next_try_works(
    do: str, before: Before, table: Callable[[str], Row], tmp_path: Path
) -> None:
    start = before.copy(tmp_path / "start") if do == "load" else before.loaded(tmp_path / "start")
    fresh = Before(start, before.later, before.old, before.new)
    counted, whole = FailsAt(), fresh.copy(tmp_path / "whole")
    assert run(do, whole, before, counted) is None
    row = table(f"disk full or failing during {do}")
    for number, (at, code) in enumerate(points(len(counted.names))):
        store = fresh.copy(tmp_path / "tried")
        told = run(do, store, before, FailsAt(at, code))
        assert lines(store) == lines(start if told else whole), f"call {at}, {counted.names[at - 1]}"
        assert told or counted.names[at - 1] in NOT_NEEDED
        assert not told or ("injected" not in told and str(tmp_path) not in told)
        row.add(outcome(store, set(), lines(store)[1], {before.old, before.new}))
        if number % RETRIED_OF == 0:
            assert run(do, store, before, FailsAt()) is None or not told
            assert restore.verify(Store(store))[0] == []
            assert not told or restore.notes(Store(store)) == [], "the next try left something"
        shutil.rmtree(store)
    assert row.bad == {}


def lines(store: Path) -> tuple[int, int]:
    return len(Store(store).received.lines()), len(Store(store).publications.lines())


def test_a_file_that_may_not_grow_any_further_is_a_full_disk(
    before: Before, table: Callable[[str], Row], tmp_path: Path
) -> None:
    """Parquet is written by a library of its own, which the system has to stop itself: at sizes below each file's."""
    (load_folder,) = (before.path / "loads").iterdir()
    sizes = sorted({path.stat().st_size - 1 for path in load_folder.rglob("*") if path.is_file()})
    row = table("no room in the middle of a file")
    with Processes() as processes:
        for number, size in enumerate([0, *(sizes if FULL else sizes[-1:])]):
            store = before.copy(tmp_path / str(number))
            job: Any = Job("load", str(store), [str(before.later)], largest_file=size)
            (ended,) = processes.run(job)
            assert ended.told == ["store.full"]
            row.add(outcome(store, set(), 1, {before.old}))
    assert row.bad == {}
