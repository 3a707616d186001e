"""Whether the record is whole, how a copy of it is made while others write, and how it comes back from one."""

from __future__ import annotations

import os
import shutil
import stat
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Final

from assurance.errors import Reason, Refused, refused
from pipelines.disk import OWNER_ONLY, make_durable, make_folder, sync, told_plainly
from pipelines.ledger import Ledger
from pipelines.store import Store, altered, faults_of

CLOCKS_DIFFER: Final = timedelta(minutes=5)
"""Less is no fault: a clock is set right by seconds, and a restored store may come from another computer."""


def verify(store: Store) -> tuple[list[Reason], int]:
    """Everything missing, added, altered or unreadable, and how many loads, releases and ledgers were looked at.

    A release that a publication names must be there; one that none names may be deleted and built again.
    """
    if not store.received.folder.is_dir():
        raise refused("load.no_store", folder=store.path.name)
    faults = [fault for ledger in store.ledgers for fault in _ledger_faults(ledger)]
    try:
        loads = {name: store.load_faults(name) for name in [*store.load_names(), *_unnamed(store)]}
        published = [line["release"] for line in store.publications.lines()]
        releases = {name: store.release_faults(name) for name in [*published, *store.release_names()]}
        looked_at = [*loads.values(), *releases.values()]
    except Refused:  # of a broken ledger, told above: what each folder should hold is not known, only what it says
        looked_at = [faults_of(folder) for kind in ("loads", "releases") for folder in (store.path / kind).glob("*")]
    faults += [fault for each in looked_at for fault in each]
    return faults, len(looked_at) + len(store.ledgers)


def _ledger_faults(ledger: Ledger) -> list[Reason]:
    try:
        ledger.lines()
    except Refused as fault:
        return list(fault.reasons)
    return [altered(ledger.folder, path.name) for path in sorted(ledger.folder.glob("[!.]*")) if path.suffix != ".json"]


def _unnamed(store: Store) -> list[str]:
    """Loads that no line names."""
    named = set(store.load_names())
    return sorted(path.name for path in (store.path / "loads").glob("*") if path.name not in named)


def notes(store: Store) -> list[Reason]:
    """What is no fault but has to be known: what stopped commands left, a wrong clock, who can open the store.

    Nothing of a broken ledger, which :func:`verify` tells of.
    """
    left = [Reason("store.half_made", {"name": path.name[:12]}) for path in store.abandoned()]
    if stat.S_IMODE(store.path.stat().st_mode) & ~OWNER_ONLY:
        left.append(Reason("store.open_to_others"))
    try:
        whole = [name for name in _unnamed(store) if not faults_of(store.load(name))]
        return [*left, *[Reason("store.never_received", {"load": name[:12]}) for name in whole], *clock(store)]
    except Refused:
        return left


def clock(store: Store) -> list[Reason]:
    """Where the ledgers show that this computer's clock is or was wrong. Raises Refused where one is broken."""
    found: list[Reason] = []
    for ledger, key in ((store.received, "received_at"), (store.publications, "published_at")):
        name, moments = ledger.folder.name, [datetime.fromisoformat(line[key]) for line in ledger.lines()]
        back = [at for at, (one, next_) in enumerate(pairwise(moments), start=2) if next_ < one - CLOCKS_DIFFER]
        found += [Reason("store.clock_went_back", {"ledger": name, "number": at}) for at in back]
        if moments and moments[-1] > datetime.now(UTC) + CLOCKS_DIFFER:
            found.append(Reason("store.clock_behind", {"ledger": name, "number": len(moments)}))
    return found


def copy(source: Store, target: Path) -> None:
    """Copies a store into the empty or missing folder ``target``, whole even while others load and publish.

    Ledgers go first, since what their lines name was whole before they were written. Raises Refused if ``target`` is
    not empty, ``source`` is no store, or the disk fails.
    """
    if target.exists() and any(target.iterdir()):
        raise refused("load.not_empty")
    if not source.received.folder.is_dir():
        raise refused("load.no_store", folder=source.path.name)
    with told_plainly():
        make_folder(target.parent)
        beside = target.with_name(target.name + ".copying")
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir(OWNER_ONLY)
        for part in (*(ledger.folder for ledger in source.ledgers), source.load(""), source.release("")):
            if part.is_dir():
                shutil.copytree(part, beside / part.name, ignore=shutil.ignore_patterns(".*"))
        make_durable(beside)
        if target.exists():
            target.rmdir()
        os.rename(beside, target)
        sync(target.parent)
