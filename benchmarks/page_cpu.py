"""Processor time the server spends on one rerun of each page, as milliseconds a rerun, and on one chart's card.

A real server and a real websocket-speaking browser; the time is the server process's own (user and system),
so the browser's work is not in it. A card's time is what a page with charts takes more than the page that has none
(What changed), by chart. ``python -m benchmarks.page_cpu STORE`` [reruns]
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from pathlib import Path

import psutil
from playwright.sync_api import Page, sync_playwright

from pages.parts import menu
from tests.browser.conftest import ARGUMENTS, CHROMIUM
from tests.browser.live import served, settled

PAUSE_MS = 250


def spent(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def rerun(page: Page) -> None:
    """Ask for a rerun as Back and Forward do, and give the server time to finish it; waiting costs it
    nothing.
    """
    page.evaluate("dispatchEvent(new PopStateEvent('popstate'))")
    page.wait_for_timeout(PAUSE_MS)
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()


def main(store: Path, reruns: int) -> None:
    with tempfile.TemporaryDirectory() as folder, served(store, Path(folder) / "log.txt") as base:
        port = int(re.findall(r":(\d+)$", base)[0])
        server = next(one for one in psutil.Process(os.getpid()).children() if str(port) in one.cmdline())
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            found: dict[str, tuple[float, int]] = {}
            for entry in menu.PAGES:
                page = browser.new_page(viewport={"width": 1360, "height": 2000})
                page.goto(base + entry.path)
                page.locator("#content").wait_for()
                settled(page)
                for _ in range(5):
                    rerun(page)
                before = spent(server)
                for _ in range(reruns):
                    rerun(page)
                charts = page.locator('[data-testid="stPlotlyChart"]').count()
                found[entry.path] = (spent(server) - before) / reruns * 1000, charts
                print(f"{entry.path:<16}{found[entry.path][0]:6.1f} ms a rerun, {charts} charts", flush=True)
                page.close()
            more = sum(ms - found["/changed"][0] for ms, charts in found.values() if charts)
            print(f"a chart's card  {more / sum(charts for _, charts in found.values()):6.1f} ms")
            browser.close()


if __name__ == "__main__":
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 40)
