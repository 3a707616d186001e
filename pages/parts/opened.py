"""The store as pages see it: what has been published, and the release the reader has chosen.

Knows where the store is and keeps open releases between reruns. Refuses to know what a release holds: every
value comes through :mod:`assurance.release`.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal, ParamSpec, TypeVar, cast

from assurance import release
from assurance.entries import Entry, told

P = ParamSpec("P")
R = TypeVar("R")

Audience = Literal["restricted", "cases"]
_BESIDE_THE_APP: Final = Path(__file__).parents[2] / "store"


def store() -> Path:
    """The store of this installation: ``SAFEGUARDING_STORE``, or ``store`` beside ``app.py``."""
    return Path(os.environ.get("SAFEGUARDING_STORE") or _BESIDE_THE_APP)


def publications() -> tuple[release.Publication, ...]:
    """Every publication, oldest first; none before anything has been published."""
    return _publications(store(), _stamp(store() / "publications"))


def entries() -> tuple[Entry, ...]:
    """Every entry of the register, what waits for a second person included, in the order they were added."""
    return _entries(store(), _stamp(store() / "register"))


def open_release(number: int, audience: Audience = "restricted") -> release.Release:
    """The release a publication shows. A publication never changes, so it is opened once."""
    return _open(store(), number, audience)


def open_rows(number: int) -> release.Release:
    """The release a publication shows with its rows, for who may see them: the only way to rows, gone whenever any
    are shown, so that it can be known who opened them."""
    return open_release(number, "cases")


def kept(make: Callable[P, R]) -> Callable[P, R]:
    """Makes once what depends on a publication, its open release and choices alone: none of them ever changes.

    What is made is shared between readers, so only read. Plain memory, since Streamlit's cache takes longer to tell
    arguments apart than a page has.
    """
    return cast(Callable[P, R], lru_cache(maxsize=512)(make))


def _stamp(folder: Path) -> int:
    """Changes whenever a publication is added."""
    try:
        return folder.stat().st_mtime_ns
    except FileNotFoundError:
        return 0


@lru_cache(maxsize=4)
def _publications(where: Path, stamp: int) -> tuple[release.Publication, ...]:
    return tuple(release.publications(where)) if stamp else ()


@lru_cache(maxsize=4)
def _entries(where: Path, stamp: int) -> tuple[Entry, ...]:
    return told(release.ledger_lines(where / "register")) if stamp else ()


@lru_cache(maxsize=8)
def _open(where: Path, number: int, audience: Audience) -> release.Release:
    return release.open(where, number, audience)
