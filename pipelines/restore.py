"""Whether the record is whole, and how it comes back from a copy."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

from assurance.errors import Reason, Refused, refused
from assurance.release import MANIFEST, manifest_hash
from pipelines.store import Store, faults_of, make_durable

LEDGERS: Final = 3
"""What was received, what was published, and the register."""


def verify(store: Store) -> tuple[list[Reason], int]:
    """Everything missing, added or altered, and how many loads, releases and ledgers were looked at.

    A release that a publication names must be there; one that none names may be deleted and built again.
    """
    if not store.received.folder.is_dir():
        raise refused("load.no_store", folder=store.path.name)
    faults: list[Reason] = []
    folders: dict[Path, str] = dict.fromkeys(map(store.release, store.release_names()), "")
    for ledger, key, place in ((store.received, "load", store.load), (store.publications, "release", store.release)):
        try:
            folders |= {place(line[key]): line["manifest"] for line in ledger.lines()}
        except Refused as fault:
            faults += fault.reasons
    try:
        store.register.lines()
    except Refused as fault:
        faults += fault.reasons
    for folder, expected in folders.items():
        altered = expected and manifest_hash(folder) != expected
        faults += [_altered(folder, MANIFEST)] if altered else faults_of(folder)
    strangers = [path for path in (store.path / "loads").glob("*") if path not in folders]
    faults += [_altered(path.parent, path.name) for path in [*strangers, *store.abandoned()]]
    return faults, len(folders) + LEDGERS


def _altered(folder: Path, name: str) -> Reason:
    return Reason("load.file_altered", {"folder": folder.name[:12], "file": name})


def restore(store: Store, copy: Path) -> None:
    """Fills an empty store from ``copy``, a copy of another. Raises Refused if it is not empty, or no store."""
    if store.path.exists() and any(store.path.iterdir()):
        raise refused("load.not_empty")
    if not (copy / "received").is_dir():
        raise refused("load.no_store", folder=copy.name)
    beside = store.path.with_name(store.path.name + ".restoring")
    shutil.rmtree(beside, ignore_errors=True)
    shutil.copytree(copy, beside)
    make_durable(beside)
    if store.path.exists():
        store.path.rmdir()
    beside.rename(store.path)
