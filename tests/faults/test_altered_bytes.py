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
from pipelines import build, load, publish, restore
from pipelines.store import Store
from tests.faults.conftest import Before
from tests.faults.processes import AcceptsAll
from tests.faults.tally import FULL, Row

TRIED: Final = 60
"""How many bytes and lengths the short run tries, each by opening what it stands in. The full run tries them all: each
against the hash that guards its file, and every so-many-th by opening."""

OPENED_OF: Final = 500 if FULL else 1


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


def altered(folder: Path) -> Iterator[tuple[Path, bool, str]]:
    """Each file of a folder with one byte flipped, then cut short, and put back as it was; whether to open it; and what
    was done to it."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    todo = [(path, at, how) for path in files for at in range(path.stat().st_size) for how in ("flipped", "cut")]
    at_random = random.Random(5)
    chosen = todo if FULL else at_random.sample(todo, TRIED)
    for number, (path, at, how) in enumerate(chosen):
        content = path.read_bytes()
        flipped = bytes([content[at] ^ (1 << at_random.randrange(8))])
        path.write_bytes(content[:at] + (flipped + content[at + 1 :] if how == "flipped" else b""))
        yield path, number % OPENED_OF == 0, f"{path.name}: byte {at} {how}"
        path.write_bytes(content)


def guards(folder: Path) -> dict[Path, str]:
    """The hash that each file of a folder has to have."""
    files = {folder / name: digest for name, digest in release.manifest(folder)["files"].items()}
    return {**files, folder / release.MANIFEST: release.manifest_hash(folder)}


def test_a_load_with_an_altered_byte_is_refused(store: Store, table: Callable[[str], Row]) -> None:
    row, name = table("byte flipped or file cut in a load"), store.load_names()[-1]
    guarded = guards(store.load(name))
    for path, opens, what in altered(store.load(name)):
        row.add("torn" if release.file_hash(path) == guarded[path] else "")
        assert not opens or store.load_faults(name), what
    assert row.bad == {}
    assert restore.verify(store)[0] == []


@pytest.mark.parametrize("part", ["manifest.json", "accepted/cases.parquet", "report.json"])
def test_a_damaged_load_is_not_built_from_and_comes_back_from_its_file(part: str, store: Store, before: Before) -> None:
    name = store.load_names()[-1]
    path = store.load(name) / part
    path.write_bytes(path.read_bytes().replace(b"X06000009", b"X06000001") if part == "manifest.json" else b"x")
    shutil.rmtree(store.release(before.new))
    with pytest.raises(Refused, match=r"load\.(file_altered|damaged)"):
        build.build(store)
    assert load.load(store, [before.later], AcceptsAll()).load == name  # type: ignore[arg-type]
    assert build.build(store) == before.new
    assert restore.verify(store)[0] == []


def test_a_release_with_an_altered_byte_is_not_opened_and_the_last_whole_one_is_offered(
    store: Store, before: Before, table: Callable[[str], Row]
) -> None:
    row, guarded = table("byte flipped or file cut in a release"), guards(store.release(before.new))
    for path, opens, what in altered(store.release(before.new)):
        row.add("torn" if release.file_hash(path) == guarded[path] else "")
        if opens:
            with pytest.raises(Refused) as refusal:
                release.open(store.path, audience="cases")
            told = {reason.key: reason.values for reason in refusal.value.reasons}
            assert list(told) == ["load.damaged", release.LAST_WHOLE], what
            assert told[release.LAST_WHOLE] == {"number": 1}
    assert row.bad == {}
    assert release.open(store.path, 1).id == before.old
    assert restore.verify(store)[0] == []


def test_a_ledger_line_with_an_altered_byte_is_refused_or_says_what_it_said(
    store: Store, table: Callable[[str], Row]
) -> None:
    """What may differ is the name of the line's own hash, which the first lines did not have."""
    row = table("byte flipped or file cut in a ledger")
    for ledger in (store.received, store.publications):
        said = [without_hash(line) for line in ledger.lines()]
        for _, _, what in altered(ledger.folder):
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
