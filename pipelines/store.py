"""The record: loads, releases and the two ledgers that say what was received and what was published.

Knows how to make a change whole or not at all on a local POSIX filesystem: write beside, fsync, rename. Refuses to
reuse a path, so a reader that holds an old one goes on reading the old bytes.

The order of writing: what a line names stands whole on the disk before the line does. So whoever copies ledgers before
folders copies a whole store, even while others write.
"""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
from pyarrow import parquet

from assurance.errors import Reason, Refused, refused
from assurance.release import MANIFEST, canonical, file_hash, manifest, manifest_hash, sha256
from pipelines.disk import locked, locked_if_free, make_durable, make_folder, sync, told_plainly
from pipelines.ledger import Ledger

MOUNTS: Final = Path("/proc/mounts")
NETWORKED: Final = {"9p", "afs", "cifs", "drvfs", "fuse.sshfs", "glusterfs", "ncpfs", "nfs", "nfs4", "smb3", "smbfs"}
"""Filesystems on which a rename or a link may be lost, doubled or seen late; 9p and drvfs are Windows drives in WSL."""


def fingerprint(*places: Path) -> str:
    """One hash for the contents of files and folders that decide a result: SQL, rules, reference data, code."""
    hashes = [
        [str(path.relative_to(place.parent)), sha256(path.read_bytes())]
        for place in places
        for path in (sorted(_files(place)) if place.is_dir() else [place])
        if path.suffix in (".sql", ".json", ".toml", ".csv", ".py", ".lock")  # not notes, nor what Python caches
    ]
    return sha256(canonical(hashes))


def write_parquet(table: pa.Table, path: Path) -> None:
    """The same bytes for the same rows: nothing of the writer's time, machine or threads goes in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    parquet.write_table(table.replace_schema_metadata(None), path, compression="zstd")


def filesystem(path: Path) -> str:
    """The kind of filesystem that ``path`` is or would be on; empty where the machine does not tell."""
    if not MOUNTS.exists():
        return ""
    wanted = path.resolve()
    mounts = [line.split()[1:3] for line in MOUNTS.read_text().splitlines()]
    above = [(len(place), kind) for place, kind in mounts if wanted.is_relative_to(place.replace("\\040", " "))]
    return max(above, default=(0, ""))[1]


class Store:
    """One directory: ``loads/`` and ``releases/`` by name; ``received/``, ``publications/`` and ``register/`` by
    number."""

    def __init__(self, path: Path, *, is_copy: bool = False) -> None:
        """Raises Refused on a filesystem that cannot keep the promises made here. ``is_copy``: nothing will be written
        to it, so it may stand on any."""
        if not is_copy and (kind := filesystem(path)) in NETWORKED:
            raise refused("load.networked", kind=kind)
        self.path = path
        self.received = Ledger(path / "received")
        self.publications = Ledger(path / "publications")
        self.register = Ledger(path / "register")
        self.answers = Ledger(path / "answers")
        self.ledgers = (self.publications, self.register, self.answers, self.received)

    def load(self, name: str) -> Path:
        return self.path / "loads" / name

    def release(self, name: str) -> Path:
        return self.path / "releases" / name

    def load_names(self) -> list[str]:
        """The loads held, in the order they were first received; one that no line names was never acknowledged."""
        return [line["load"] for line in self.received.lines()]

    def release_names(self) -> list[str]:
        folder = self.path / "releases"
        return sorted(entry.name for entry in folder.iterdir()) if folder.exists() else []

    @contextmanager
    def making(self, final: Path, about: Mapping[str, Any]) -> Iterator[Path]:
        """A directory to fill, which becomes ``final`` whole, with a manifest of its files' hashes, or never.

        What stands at ``final`` already is taken to be damaged, and replaced. Raises Refused where the disk fails.
        """
        with told_plainly(), self.at_work() as bench:
            damaged = _identity(final)
            workshop = bench / uuid.uuid4().hex
            try:
                workshop.mkdir()
                yield workshop
                seal(workshop, about)
                make_folder(final.parent)
                if damaged is not None and _identity(final) == damaged:
                    os.rename(final, workshop.with_suffix(".damaged"))
                if _identity(final) is None:  # else another process made it meanwhile, and it may be in use
                    os.rename(workshop, final)
                sync(final.parent)
            finally:
                shutil.rmtree(workshop, ignore_errors=True)
                shutil.rmtree(workshop.with_suffix(".damaged"), ignore_errors=True)

    def settle(self, folder: Path) -> None:
        """The name of a folder that stands whole on the disk, whichever process put it there: before a line names it.

        Raises Refused where the disk fails.
        """
        with told_plainly():
            sync(folder.parent)
            sync(self.path)

    @contextmanager
    def at_work(self) -> Iterator[Path]:
        """Where things are made beside those in use, for as long as the block lasts. What lies there while nobody is at
        work was abandoned by a killed process, and is cleared away."""
        make_folder(self._bench)
        with locked_if_free(self._bench) as is_free:
            for path in self._bench.iterdir() if is_free else ():
                shutil.rmtree(path, ignore_errors=True)
        with locked(self._bench, shared=True):
            yield self._bench

    @property
    def _bench(self) -> Path:
        return self.path / "making"

    def abandoned(self) -> list[Path]:
        """What killed processes left half made or half written: the next to make or write anything clears it away."""
        return [*_left_in(self._bench, "*"), *(path for each in self.ledgers for path in _left_in(each.folder, ".*"))]

    def load_faults(self, name: str) -> list[Reason]:
        """What is wrong with a load, held against the newest line that names it."""
        pinned = {line["load"]: line["manifest"] for line in self.received.lines()}
        return faults_of(self.load(name), pinned.get(name, ""))

    def release_faults(self, name: str) -> list[Reason]:
        """What is wrong with a release, held against its own name, its publication and the loads received."""
        pinned = {line["release"]: line["manifest"] for line in self.publications.lines()}
        folder = self.release(name)
        if faults := faults_of(folder, pinned.get(name, "")):
            return faults
        about = {key: value for key, value in manifest(folder).items() if key != "files"}
        if sha256(canonical(about)) != name:
            return [altered(folder, MANIFEST)]
        lost = [load for load in about["loads"] if load not in self.load_names()]
        return [Reason("store.not_received", {"release": name[:12], "load": load[:12]}) for load in lost]


def _left_in(folder: Path, pattern: str) -> list[Path]:
    """What lies in a folder that nobody is at work in."""
    if not folder.is_dir():
        return []
    with locked_if_free(folder) as is_free:
        return sorted(folder.glob(pattern)) if is_free else []


def _identity(folder: Path) -> int | None:
    """Tells a folder from another that has taken its name; None where there is none."""
    return folder.stat().st_ino if folder.exists() else None


def in_force(store: Store) -> dict[tuple[str, str], dict[str, Any]]:
    """The received line that counts for each area and service: the newest snapshot, of two the one received last."""
    newest: dict[tuple[str, str], dict[str, Any]] = {}
    for line in store.received.lines():
        key = (line["area"], line["service"])
        if key not in newest or line["snapshot"] >= newest[key]["snapshot"]:
            newest[key] = line
    return newest


def seal(folder: Path, about: Mapping[str, Any]) -> None:
    """Writes the manifest and makes all of ``folder`` durable."""
    files = {str(path.relative_to(folder)): sha256(path.read_bytes()) for path in sorted(_files(folder))}
    (folder / MANIFEST).write_bytes(canonical({**about, "files": files}))
    make_durable(folder)


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def faults_of(folder: Path, pinned: str = "") -> list[Reason]:
    """Every file of a sealed folder that is missing, added, altered or cannot be read; ``pinned``: the hash of its
    manifest that a ledger holds."""
    try:
        expected: dict[str, str] = manifest(folder)["files"]
        if pinned and manifest_hash(folder) != pinned:
            return [altered(folder, MANIFEST)]
    except (Refused, KeyError, TypeError):
        return [Reason("load.damaged", {"name": folder.name[:12]})]
    found = {str(path.relative_to(folder)) for path in _files(folder)} - {MANIFEST}
    kept = {name for name in found if file_hash(folder / name) == expected.get(name)}
    return [altered(folder, name) for name in sorted(found.union(expected) - kept)]


def altered(folder: Path, name: str) -> Reason:
    return Reason("load.file_altered", {"folder": folder.name[:12], "file": name})
