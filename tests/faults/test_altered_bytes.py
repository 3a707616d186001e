"""A byte that is not as it was written is found before anything is read from its file, and the last good is offered."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest

from assurance import release
from assurance.errors import Refused
from pipelines import build, publish, restore
from pipelines.store import Store
from tests.faults.conftest import Before
from tests.faults.tally import FULL, Row

SAMPLE_OF: Final = 100
"""How many bytes and lengths the short run tries; the full run tries them all."""


@pytest.fixture(scope="module")
def twice(before: Before, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two publications."""
    path = before.loaded(tmp_path_factory.mktemp("twice") / "store")
    publish.publish(Store(path), "August")
    return path


@pytest.fixture
def store(twice: Path, tmp_path: Path) -> Store:
    """A copy in files of its own, to damage."""
    return Store(Path(shutil.copytree(twice, tmp_path / "store")))


def altered(folder: Path) -> Iterator[tuple[Path, str]]:
    """Each file of a folder with one byte flipped, then cut short, and put back as it was; and what was done to it."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    todo = [(path, at, how) for path in files for at in range(path.stat().st_size) for how in ("flipped", "cut")]
    at_random = random.Random(5)
    for path, at, how in todo if FULL else at_random.sample(todo, SAMPLE_OF):
        content = path.read_bytes()
        flipped = bytes([content[at] ^ (1 << at_random.randrange(8))])
        path.write_bytes(content[:at] + (flipped + content[at + 1 :] if how == "flipped" else b""))
        yield path, f"{path.name}: byte {at} {how}"
        path.write_bytes(content)


def test_a_load_with_an_altered_byte_is_not_built_from(store: Store, table: Callable[[str], Row]) -> None:
    row, name = table("byte flipped or file cut in a load"), store.load_names()[-1]
    for number, (path, what) in enumerate(altered(store.load(name))):
        faults = store.load_faults(name)
        row.add("" if faults else "torn")
        assert faults, what
        if number % 50 == 0:
            assert restore.verify(store)[0]
            (store.release(store.release_names()[0]) / "manifest.json").rename(path.parent / "away")
            with pytest.raises(Refused, match=r"load\.(file_altered|damaged)"):
                build.build(store)
            (path.parent / "away").rename(store.release(store.release_names()[0]) / "manifest.json")
    assert restore.verify(store)[0] == []


def test_a_release_with_an_altered_byte_is_not_opened_and_the_last_whole_one_is_offered(
    store: Store, before: Before, table: Callable[[str], Row]
) -> None:
    row = table("byte flipped or file cut in a release")
    for _, what in altered(store.release(before.new)):
        with pytest.raises(Refused) as refusal:
            release.open(store.path, audience="cases")
        told = {reason.key: reason.values for reason in refusal.value.reasons}
        assert told[release.LAST_WHOLE] == {"number": 1}, what
        row.add("" if "load.damaged" in told else "torn")
    assert release.open(store.path, 1).id == before.old
    assert restore.verify(store)[0] == []


def test_a_ledger_line_with_an_altered_byte_is_refused_or_says_what_it_said(
    store: Store, table: Callable[[str], Row]
) -> None:
    """What may differ is the name of the line's own hash, which the first lines did not have."""
    row = table("byte flipped or file cut in a ledger")
    for ledger in (store.received, store.publications):
        said = [without_hash(line) for line in ledger.lines()]
        for _, what in altered(ledger.folder):
            try:
                lines = [without_hash(line) for line in ledger.lines()]
            except Refused:
                lines = said
            same = all(set(one.items()) <= set(now.items()) for one, now in zip(said, lines, strict=True))
            row.add("" if same else "torn")
            assert same, what


def without_hash(line: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in line.items() if key != release.LINE_HASH}


def test_when_no_publication_is_whole_none_is_offered(store: Store, before: Before) -> None:
    for name in (before.old, before.new):
        (store.release(name) / "manifest.json").write_bytes(b"{}")
    assert release.last_whole(store.path) is None
    with pytest.raises(Refused) as refusal:
        release.open(store.path)
    assert [reason.key for reason in refusal.value.reasons] == ["load.damaged"]


def test_a_damaged_release_comes_back_by_building_it_again(store: Store, before: Before) -> None:
    for name in ("manifest.json", "restricted/counts.parquet"):
        (store.release(before.new) / name).write_bytes(b"x")
        assert restore.verify(store)[0]
        assert build.build(store) == before.new
        assert release.open(store.path).id == before.new
        assert restore.verify(store)[0] == []


def test_a_damaged_release_is_not_gone_back_to(store: Store, before: Before) -> None:
    (store.release(before.old) / "restricted" / "counts.parquet").write_bytes(b"x")
    with pytest.raises(Refused, match=r"load\.file_altered"):
        publish.rollback(store, "Back")
    assert len(store.publications.lines()) == 2


def test_a_ledger_cut_short_below_a_published_release_is_found(store: Store) -> None:
    (store.received.folder / "000002.json").unlink()
    assert {fault.key for fault in restore.verify(store)[0]} == {"store.not_received"}
    with pytest.raises(Refused, match=r"store\.not_received"):
        publish.publish(store, "Again", store.publications.lines()[-1]["release"])
