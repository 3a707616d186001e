"""The record: loads, releases and the two ledgers that say what was received and what was published.

Knows how to make a change whole or not at all on a local POSIX filesystem: write beside, fsync, rename. Refuses to
reuse a path, so a reader that holds an old one goes on reading the old bytes.
"""

from __future__ import annotations

import os
import shutil
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
from pyarrow import parquet

from assurance import release
from assurance.errors import Reason, Refused, refused
from assurance.release import MANIFEST, canonical, manifest, sha256

ABANDONED_SECONDS: Final = 3600  # no load takes an hour: its worker has a processor-time limit far below
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


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


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

    def __init__(self, path: Path) -> None:
        """Raises Refused on a filesystem that cannot keep the promises made here."""
        if (kind := filesystem(path)) in NETWORKED:
            raise refused("load.networked", kind=kind)
        self.path = path
        self.received = Ledger(path / "received")
        self.publications = Ledger(path / "publications")
        self.register = Ledger(path / "register")
        self.answers = Ledger(path / "answers")

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
        """A directory to fill, which becomes ``final`` whole, with a manifest of its files' hashes, or never."""
        workshop = self.path / "making" / uuid.uuid4().hex
        try:
            self._clear_abandoned()
            workshop.mkdir(parents=True)
            yield workshop
            seal(workshop, about)
            final.parent.mkdir(parents=True, exist_ok=True)
            if final.exists():  # damaged, or made meanwhile by another process: the same content either way
                final.rename(workshop.with_suffix(".replaced"))
            os.rename(workshop, final)
            _sync(final.parent)
        except OSError as fault:
            if not (final / MANIFEST).exists():
                raise refused("load.store_failed", fault=fault.strerror or type(fault).__name__) from fault
        finally:
            shutil.rmtree(workshop, ignore_errors=True)
            shutil.rmtree(workshop.with_suffix(".replaced"), ignore_errors=True)

    def abandoned(self) -> list[Path]:
        """What processes that were killed left half made."""
        folder = self.path / "making"
        old = time.time() - ABANDONED_SECONDS
        return [path for path in folder.iterdir() if path.stat().st_mtime < old] if folder.is_dir() else []

    def _clear_abandoned(self) -> None:
        for path in self.abandoned():
            shutil.rmtree(path, ignore_errors=True)


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


def make_durable(folder: Path) -> None:
    """Every file and folder below ``folder`` on the disk, not only in memory."""
    for path in [*folder.rglob("*"), folder]:
        _sync(path)


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def faults_of(folder: Path) -> list[Reason]:
    """Every file of a sealed folder that is missing, added or altered."""
    try:
        expected: dict[str, str] = manifest(folder)["files"]
    except Refused as fault:
        return list(fault.reasons)
    found = {str(path.relative_to(folder)) for path in _files(folder)} - {MANIFEST}
    kept = {name for name in found if sha256((folder / name).read_bytes()) == expected.get(name)}
    wrong = sorted(found.union(expected) - kept)
    return [Reason("load.file_altered", {"folder": folder.name[:12], "file": name}) for name in wrong]


class Ledger:
    """Numbered lines, each holding the hash of the one before; made by link(2), so one writer wins each number."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def lines(self) -> list[dict[str, Any]]:
        """The lines in order. Raises Refused where the chain is broken."""
        return release.ledger_lines(self.folder)

    def append(self, entry: Mapping[str, Any]) -> dict[str, Any]:
        """Adds a line after the last. Raises Refused if another process added one meanwhile."""
        lines = self.lines()
        before = sha256(canonical(lines[-1])) if lines else ""
        line = {**entry, "number": len(lines) + 1, "before": before}
        try:
            self._write(line)
        except FileExistsError as fault:
            raise refused("load.overtaken", ledger=self.folder.name) from fault
        except OSError as fault:
            raise refused("load.store_failed", fault=fault.strerror or type(fault).__name__) from fault
        return line

    def _write(self, line: Mapping[str, Any]) -> None:
        if not self.folder.is_dir():
            self.folder.mkdir(parents=True)
        beside = self.folder / f".{uuid.uuid4().hex}"
        try:
            beside.write_bytes(canonical(line))
            _sync(beside)
            os.link(beside, self.folder / f"{line['number']:06}.json")
        finally:
            beside.unlink(missing_ok=True)
        _sync(self.folder)
