"""What the fault tests share: a store with something published, an extract that would change it, and the table."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipelines import build, load, publish
from pipelines.store import Store
from tests.conftest import SAMPLE, change
from tests.faults.processes import AcceptsAll, few
from tests.faults.tally import Row


@dataclass(frozen=True)
class Before:
    """A store with one load and one publication, an extract with a later snapshot, and the two releases' names."""

    path: Path
    later: Path
    old: str
    new: str

    def copy(self, to: Path) -> Path:
        """To try something on. Links, since no file of a store is ever written to again."""
        return Path(shutil.copytree(self.path, to, copy_function=os.link))

    def loaded(self, to: Path) -> Path:
        """The same with the later extract loaded and not yet published."""
        assert load.load(Store(self.copy(to)), [self.later], AcceptsAll()).accepted  # type: ignore[arg-type]
        return to


@pytest.fixture(scope="module", autouse=True)
def few_indicators() -> Iterator[None]:
    """Enough to be measured, few enough to be built a thousand times; and all of them again for other tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "definitions", few())
        yield


@pytest.fixture(scope="session")
def before(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Before]:
    folder = tmp_path_factory.mktemp("before")
    later = Path(shutil.copytree(SAMPLE, folder / "later", ignore=shutil.ignore_patterns("*.md")))
    change(later / "extract.csv", [(0, "snapshot_date", "2011-08-31")])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "definitions", few())
        path = folder / "store"
        assert load.load(Store(path), [SAMPLE], AcceptsAll()).accepted  # type: ignore[arg-type]
        old = publish.publish(Store(path), "July")["release"]
        made = Before(path, later, old, "")
        new = build.build(Store(made.loaded(folder / "scratch")))
    yield Before(path, later, old, new)


@pytest.fixture(scope="session")
def table() -> Iterator[Callable[[str], Row]]:
    """A row of the table by the name of its fault; the table is printed at the end, with ``-s``."""
    rows: dict[str, Row] = {}
    yield lambda fault: rows.setdefault(fault, Row(fault))
    print("\n| fault | tried | unreadable | torn | lost | pass |\n| --- | --- | --- | --- | --- | --- |")
    print("\n".join(map(str, rows.values())))
