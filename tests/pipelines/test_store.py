"""The store keeps its promises, or says why it cannot."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from assurance import release
from assurance.errors import Refused
from assurance.words import LANGUAGES
from pipelines import restore
from pipelines import store as module
from pipelines.store import Store


@pytest.mark.parametrize(("kind", "is_refused"), [("ext4", False), ("nfs4", True), ("9p", True)])
def test_a_network_drive_is_refused(
    kind: str, is_refused: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"disk / ext4 rw 0 0\nshare {tmp_path} {kind} rw 0 0\n")
    monkeypatch.setattr(module, "MOUNTS", mounts)
    if is_refused:
        with pytest.raises(Refused, match=r"load\.networked"):
            Store(tmp_path / "not" / "there" / "yet")
    else:
        assert Store(tmp_path / "store").load_names() == []


@pytest.mark.parametrize("call", ["fsync", "rename"])
def test_a_disk_that_fails_leaves_the_old_state(call: str, own_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, call, full)
    with pytest.raises(Refused, match=r"store\.full"), own_store.making(own_store.load("new"), {}) as folder:
        (folder / "a.txt").write_text("a")
    monkeypatch.undo()
    assert not own_store.load("new").exists()
    assert list((own_store.path / "making").iterdir()) == []


@pytest.mark.parametrize(
    ("code", "key"),
    [(28, "store.full"), (13, "store.not_allowed"), (30, "store.not_allowed"), (5, "load.store_failed")],
)
def test_why_the_disk_refuses_is_told_in_plain_words_and_without_a_path(
    code: int, key: str, own_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise OSError(code, "in the system's own words", str(own_store.path))

    monkeypatch.setattr(os, "link", fails)
    with pytest.raises(Refused) as refusal:
        own_store.register.append({})
    assert [reason.key for reason in refusal.value.reasons] == [key]
    for lang in LANGUAGES:
        assert str(own_store.path) not in refusal.value.says(lang)
        assert "own words" not in refusal.value.says(lang)
    assert list(own_store.register.folder.iterdir()) == []


def test_a_file_that_the_disk_does_not_give_back_is_named(own_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    read = Path.read_bytes

    def fails(path: Path) -> bytes:
        if path.name == "counts.parquet":
            raise OSError(5, "Input/output error")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", fails)
    assert [fault.values["file"] for fault in restore.verify(own_store)[0]] == ["restricted/counts.parquet"]
    with pytest.raises(Refused, match=r"load\.damaged"):
        release.open(own_store.path)


def test_a_folder_that_was_never_finished_is_no_load(own_store: Store) -> None:
    before = own_store.load_names()
    with pytest.raises(KeyboardInterrupt), own_store.making(own_store.load("new"), {}) as folder:
        (folder / "a.txt").write_text("a")
        raise KeyboardInterrupt
    assert own_store.load_names() == before
    assert not own_store.load("new").exists()
