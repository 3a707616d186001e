"""A process that is killed changes nothing or all: the store stays whole, and what was acknowledged is there."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pytest

from assurance import release
from pipelines import restore
from pipelines.store import Store
from tests.faults.conftest import Before
from tests.faults.processes import Ended, Job, Processes
from tests.faults.tally import FULL, Row, outcome

LOADS, PUBLICATIONS = (500, 200) if FULL else (6, 4)
"""How many are killed: every other one at a moment, the rest before one of the calls that change the store."""

BETWEEN_READS: Final = 0.2
LAST: Final = 30
"""Calls enough to hold the rename of what was made, and the whole of the ledger's new line."""

Table = Callable[[str], Row]


@pytest.fixture(scope="module")
def processes() -> Iterator[Processes]:
    with Processes() as running:
        yield running


@dataclass
class Reader:
    """Reads the current release again and again while others write, as a page does when it is opened."""

    store: Path
    seen: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def __enter__(self) -> Reader:
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._read)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _read(self) -> None:
        while not self._stop.is_set():
            try:
                current = release.publications(self.store)[-1]
                shown = release.Release(self.store / "releases" / current.release, "restricted", current)
                self.seen.append(f"{shown.id} {shown.snapshot_on}")
            except Exception as fault:
                self.wrong.append(type(fault).__name__)
            self._stop.wait(BETWEEN_READS)


def kills(tries: int, whole: Ended) -> Iterator[dict[str, float | int]]:
    """Moments of all that a whole run takes and a little more; and calls, every second among the last, where what was
    made is put in its place."""
    at = random.Random(20111)
    for number in range(tries // 2):
        yield {"kill_after": at.uniform(0, whole.seconds * 1.05)}
        first = 1 if number % 2 else whole.calls - LAST
        yield {"kill_before_call": at.randint(first, whole.calls)}


@pytest.mark.parametrize(("do", "tries"), [("load", LOADS), ("publish", PUBLICATIONS)])
def test_a_killed_process_leaves_the_old_state_or_the_new(
    do: str, tries: int, before: Before, processes: Processes, table: Table, tmp_path: Path
) -> None:
    start = before.copy(tmp_path / "start") if do == "load" else before.loaded(tmp_path / "start")
    fresh = Before(start, before.later, before.old, before.new)
    files = [str(before.later)] if do == "load" else []
    whole = processes.run(Job(do, str(fresh.copy(tmp_path / "whole")), files))[0]
    assert whole.name
    row, acknowledged, reader = table(f"kill -9 during {do}"), 0, Reader(start)
    for number, kill in enumerate(kills(tries, whole)):
        reader.store = fresh.copy(tmp_path / str(number))
        with reader:
            (ended,) = processes.run(Job(do, str(reader.store), files, **kill))
        assert not ended.told
        acknowledged += ended.name is not None
        held = {whole.name} if do == "load" and ended.name else set()
        row.add(outcome(reader.store, held, 2 if do == "publish" and ended.name else 1, {before.old, before.new}))
        if number % 4 == 0:
            finish(do, reader.store, files, processes)
    assert row.bad == {}
    assert acknowledged < tries / 2, "hardly any was killed before it was done"
    assert reader.wrong == []
    assert set(reader.seen) <= {f"{before.old} 2011-07-31", f"{before.new} 2011-08-31"}
    assert len(reader.seen) >= tries / 2


def finish(do: str, store: Path, files: list[str], processes: Processes) -> None:
    """The next command does what the killed one did not, and clears away what it left."""
    (ended,) = processes.run(Job(do, str(store), files))
    assert ended.name or ended.told == ["load.already_published"]
    assert restore.verify(Store(store))[0] == []
    assert [note.key for note in restore.notes(Store(store))] == []
