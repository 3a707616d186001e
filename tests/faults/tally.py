"""How much is tried, and the table of what was found: the pass mark of every fault is a row of noughts."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from assurance import release
from assurance.errors import Refused
from pipelines import restore
from pipelines.store import Store

FULL: Final = os.environ.get("FAULTS") == "full"
"""Everything (``make faults``), or a sample of it that is small enough to run with every change."""

BAD: Final = ("unreadable", "torn", "lost")


@dataclass
class Row:
    """``found``: how often each of BAD, and how often none of them ("")."""

    fault: str
    tried: int = 0
    found: Counter[str] = field(default_factory=Counter)

    def add(self, outcome: str) -> None:
        """``outcome``: "" or one of BAD."""
        self.tried += 1
        self.found[outcome] += 1

    @property
    def bad(self) -> dict[str, int]:
        return {kind: self.found[kind] for kind in BAD if self.found[kind]}

    def __str__(self) -> str:
        verdict = "no" if self.bad else "yes"
        return f"| {self.fault} | {self.tried} | {' | '.join(str(self.found[kind]) for kind in BAD)} | {verdict} |"


def outcome(path: Path, loads: set[str], publications: int, releases: set[str]) -> str:
    """What became of a store: "" where it is whole, holds every acknowledged load and publication (by number), and
    shows one of ``releases``; else the first of BAD that it is."""
    store = Store(path)
    try:
        named, published = store.load_names(), release.publications(path)
        faults = restore.verify(store)[0] if named or published else []
        shown = release.open(path, audience="cases").id if published else None
    except (Refused, OSError):
        return "unreadable"
    if faults or (shown and shown not in releases):
        return "torn"
    return "lost" if loads - set(named) or len(published) < publications else ""
