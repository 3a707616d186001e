"""Processor time for the figures of eight indicators, from a store with one authority and from one with many.

Nothing cached: every figure of a page, its sentences and tables; the process's own user and system time.
``python -m benchmarks.eight_queries STORE_WITH_ONE STORE_WITH_MANY [repeats]``
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from assurance import figures, release, sentence
from assurance.release import Area, Release
from pages.parts import card

INDICATORS = 8


def page(opened: Release, area: Area, code: str) -> None:
    """What a page of eight indicators asks of the release, and the words and tables it makes of the answers."""
    for sheet in figures.sheets(opened, list(opened.definitions.values())[:INDICATORS], area, code):
        sentence.answer(sheet.whole, "cy", sheet.headline)
        card.tables(opened, area, sheet, "cy")


def spent(opened: Release, area: Area, repeats: int) -> float:
    """Milliseconds a page."""
    code = opened.default_period(area.code)
    page(opened, area, code)
    before = time.process_time()
    for _ in range(repeats):
        page(opened, area, code)
    return (time.process_time() - before) / repeats * 1000


def main(one: Path, many: Path, repeats: int) -> None:
    single, several = release.open(one), release.open(many)
    alone = spent(single, single.areas[0], repeats)
    print(f"one authority, of 1: {alone:28.1f} ms")
    for area, name in ((several.areas[0], "one authority"), (several.areas[-1], "all together")):
        found = spent(several, area, repeats)
        of = len(several.areas[-1].members)
        print(f"{name}, of {of}: {found:>{46 - len(name) - len(str(of))}.1f} ms {found / alone:6.2f} times as much")


if __name__ == "__main__":
    if len(sys.argv) < 3:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 20)
