"""Whether the record is whole, and how it comes back from a copy."""

from __future__ import annotations

import shutil
from pathlib import Path

from assurance.errors import Reason, Refused, refused
from pipelines.store import Store, faults_of, make_durable


def verify(store: Store) -> tuple[list[Reason], int]:
    """Everything missing, added or altered, and how many loads, releases and ledgers were looked at.

    A release that a publication names must be there; one that none names may be deleted and built again.
    """
    faults: list[Reason] = []
    folders: list[Path] = []
    for ledger, key, place in ((store.received, "load", store.load), (store.publications, "release", store.release)):
        try:
            folders += dict.fromkeys(place(line[key]) for line in ledger.lines())
        except Refused as fault:
            faults += fault.reasons
    folders += [path for path in map(store.release, store.release_names()) if path not in folders]
    for folder in folders:
        faults += faults_of(folder)
    return faults, len(folders) + 2


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
