"""What keeps its promise when the power fails: folders, files and locks on a local POSIX disk.

Knows that a name is on the disk only once the folder it stands in has been synced. Refuses to say why in the system's
words where plain ones will do.
"""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from assurance.errors import refused

OWNER_ONLY: Final = 0o700
"""A store holds case data: no other account of the computer has any business in it."""

_NO_ROOM: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NOT_ALLOWED: Final = {errno.EACCES, errno.EPERM, errno.EROFS}


@contextmanager
def told_plainly() -> Iterator[None]:
    """Raises Refused, without a path, where the disk fails."""
    try:
        yield
    except OSError as fault:
        if fault.errno in _NO_ROOM:
            raise refused("store.full") from fault
        if fault.errno in _NOT_ALLOWED:
            raise refused("store.not_allowed") from fault
        said = os.strerror(fault.errno) if fault.errno else type(fault).__name__
        raise refused("load.store_failed", fault=said) from fault


def sync(path: Path) -> None:
    """The contents of a file, or the names in a folder, on the disk and not only in memory."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_durable(folder: Path) -> None:
    """Every file and folder below ``folder``, and itself, on the disk; not yet its own name in its parent."""
    for path in [*folder.rglob("*"), folder]:
        sync(path)


def make_folder(path: Path) -> None:
    """``path`` and what is missing above it, each name on the disk, for the owner alone."""
    if not path.is_dir():
        make_folder(path.parent)
        path.mkdir(OWNER_ONLY, exist_ok=True)  # another process may have come first
        sync(path.parent)


@contextmanager
def locked(folder: Path, *, shared: bool = False) -> Iterator[int]:
    """``folder`` to oneself, or shared with others who share it; yields its descriptor. A killed process lets go."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)
        yield descriptor
    finally:
        os.close(descriptor)


@contextmanager
def locked_if_free(folder: Path) -> Iterator[bool]:
    """``folder`` to oneself if nobody has it; yields whether."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        yield _is_taken(descriptor)
    finally:
        os.close(descriptor)


def _is_taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:  # somebody has it, or the filesystem of a copy knows no locks
        return False
    return True
