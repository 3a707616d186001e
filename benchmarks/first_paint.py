"""Time from asking a cold server for a page to seeing its question and its first answer, in milliseconds.

Each round starts a new server, waits until it answers, and opens one page in a new browser that has nothing cached; the
server has drawn nothing before. ``python -m benchmarks.first_paint STORE`` [rounds]
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.conftest import ARGUMENTS, CHROMIUM
from tests.browser.live import served

PAGES = ("/", "/advice", "/timeliness")


def first_paint(store: Path, path: str) -> tuple[float, float]:
    """Milliseconds to the question (h1) and to the first answer."""
    with (
        tempfile.TemporaryDirectory() as folder,
        served(store, Path(folder) / "log.txt") as base,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1360, "height": 900})
        started = time.perf_counter()
        page.goto(base + path, wait_until="commit")
        page.locator("#content").wait_for()
        asked = time.perf_counter() - started
        page.locator(".answer").first.wait_for()
        answered = time.perf_counter() - started
        browser.close()
    return asked * 1000, answered * 1000


def main(store: Path, rounds: int) -> None:
    for path in PAGES:
        found = [first_paint(store, path) for _ in range(rounds)]
        asked, answered = (statistics.median(each) for each in zip(*found, strict=True))
        slowest = max(answer for _, answer in found)
        print(f"{path:<14}question {asked:6.0f} ms   answer {answered:6.0f} ms   slowest {slowest:6.0f} ms")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 5)
