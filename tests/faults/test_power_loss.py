"""The power fails: of what was never synced anything may be missing, and what is left opens as old or new.

The disk is a model, the strictest that POSIX allows: what was written to a file is there once the file has been synced,
a name once its folder has been, and of everything else any part may be there and any other not, in no order.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from pipelines import load, publish, restore
from pipelines.store import Store
from tests.conftest import SAMPLE
from tests.faults.conftest import Before
from tests.faults.processes import AcceptsAll
from tests.faults.tally import FULL, Row, outcome
from tests.faults.watched import watched

SUBSETS: Final = 40 if FULL else 2
"""Of what was never synced, how many parts are tried at each point, beside none, all, and all but the first."""

ROOT: Final = 0
"""The folder in which the store is made; it was there before."""


@dataclass(frozen=True)
class Named:
    """A name in a folder came to mean a file or folder, or nothing."""

    within: int
    name: str
    target: int | None


@dataclass(frozen=True)
class Written:
    """A file has new contents."""

    within: int
    content: bytes


Change = Named | Written
"""``within``: whose sync makes it durable."""


@dataclass
class Disk:
    """The changes to a folder in order, which of them are certain to be on the disk, and what was acknowledged."""

    folder: Path
    changes: list[Change] = field(default_factory=list)
    synced: set[int] = field(default_factory=set)
    loads: set[str] = field(default_factory=set)
    publications: int = 0
    names: dict[int, dict[str, int]] = field(default_factory=lambda: {ROOT: {}})
    count: int = ROOT

    def note(self, call: str, paths: list[Path]) -> None:
        match call, paths:
            case "mkdir", [path]:
                self._name(path, self._new(is_folder=True))
            case "create", [path]:
                self._name(path, self._new())
            case (("write" | "write_table" | "sendfile"), [path, *_]):
                if self._of(path) is None:
                    self._name(path, self._new())
                self.changes.append(Written(self._known(path), path.read_bytes()))
            case "link", [source, path]:
                self._name(path, self._known(source))
            case "rename", [source, path]:
                moved = self._known(source)
                self._name(source, None)
                self._name(path, moved)
            case (("unlink" | "rmdir"), [path]):
                self._name(path, None)
            case "fsync", [path]:
                at = self._known(path)
                self.synced |= {n for n, change in enumerate(self.changes) if change.within == at}

    def _new(self, *, is_folder: bool = False) -> int:
        self.count += 1
        if is_folder:
            self.names[self.count] = {}
        return self.count

    def _of(self, path: Path) -> int | None:
        found: int | None = ROOT
        for part in path.relative_to(self.folder).parts:
            found = None if found is None else self.names[found].get(part)
        return found

    def _known(self, path: Path) -> int:
        found = self._of(path)
        assert found is not None, f"{path.name} changed unseen"
        return found

    def _name(self, path: Path, target: int | None) -> None:
        within = self._known(path.parent)
        self.changes.append(Named(within, path.name, target))
        if target is None:
            del self.names[within][path.name]
        else:
            self.names[within][path.name] = target

    def left(self, at: random.Random) -> Iterator[dict[str, bytes]]:
        """What may be left if the power fails now: files by path, without what was being made."""
        pending = [n for n in range(len(self.changes)) if n not in self.synced]
        subsets = [set[int](), set(pending), set(pending[1:])]
        subsets += [{n for n in pending if at.random() < at.random()} for _ in range(SUBSETS)]
        for kept in subsets:
            yield self._files([change for n, change in enumerate(self.changes) if n in self.synced or n in kept])

    def _files(self, changes: Sequence[Change]) -> dict[str, bytes]:
        names: dict[int, dict[str, int | None]] = {}
        contents: dict[int, bytes] = {}
        for change in changes:
            match change:
                case Named(within, name, target):
                    names.setdefault(within, {})[name] = target
                case Written(within, content):
                    contents[within] = content

        def below(folder: int, path: str) -> Iterator[tuple[str, bytes]]:
            for name, target in names.get(folder, {}).items():
                if target in self.names:
                    yield from below(target, f"{path}{name}/")
                elif target is not None and not name.startswith("."):
                    yield f"{path}{name}", contents.get(target, b"")

        return {path: content for path, content in below(ROOT, "") if not path.startswith("store/making/")}


def test_whatever_was_not_synced_may_be_lost(before: Before, table: Callable[[str], Row], tmp_path: Path) -> None:
    disk = Disk(tmp_path / "disk")
    disk.folder.mkdir()
    row, at, known = table("power loss during load and publish"), random.Random(1), dict[object, str]()

    def crash() -> None:
        for files in disk.left(at):
            state = (frozenset(files.items()), frozenset(disk.loads), disk.publications)
            if state not in known:
                left = put(files, tmp_path / "after")
                known[state] = outcome(left, disk.loads, disk.publications, {before.old, before.new})
            row.add(known[state])

    def after(call: str, paths: list[Path]) -> None:
        disk.note(call, paths)
        crash()

    store = disk.folder / "store"
    with watched(disk.folder, lambda *_: None, after):
        for extract in (SAMPLE, before.later):
            disk.loads.add(str(load.load(Store(store), [extract], AcceptsAll()).load))  # type: ignore[arg-type]
            crash()
            disk.publications = publish.publish(Store(store), "Published")["number"]
            crash()
    assert restore.verify(Store(store))[0] == []
    assert len(known) > 10, "hardly two moments differ"
    assert row.bad == {}


def put(files: dict[str, bytes], folder: Path) -> Path:
    """The store that is left, as files."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder / "store"
