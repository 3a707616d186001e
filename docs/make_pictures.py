"""Screenshots of every page, to be looked at one by one: ``make pictures``.

The README's picture goes to ``docs/pictures/``, which is kept; all others to ``pictures/``, which git ignores: each
page in both languages, light and dark, wide and at 400 px, and one for the projector. The 2011 sample fills the pages;
those that say more of three years, or of several authorities, are taken again over such stores, with all that is
folded open.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from itertools import product
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, sync_playwright

from assurance import words
from pages.parts import menu
from pipelines import load, publish
from pipelines.judge import Judge
from pipelines.store import Store
from tests.browser.conftest import ARGUMENTS, CHROMIUM
from tests.browser.live import served, settled
from tests.conftest import NORTHMOOR, REGION, SAMPLE

ROOT: Final = Path(__file__).parents[1]
README: Final = ROOT / "docs" / "pictures" / "at-a-glance.png"
FOLDER: Final = ROOT / "pictures"
LOOKS: Final = ((1360, "light"), (1360, "dark"), (400, "light"), (400, "dark"), (1920, "light"))
PROJECTOR: Final = 1920
STORES: Final = (
    ("2011", [SAMPLE], tuple(menu.PAGES)),
    ("northmoor", [NORTHMOOR], tuple(each for each in menu.PAGES if each.needs_data and each.has_choices)),
    ("region", sorted(REGION.glob("*.zip")), (menu.BY_SLUG["comparison"], menu.BY_SLUG[""])),
)


def take(browser: Browser, address: str, path: Path, width: int, scheme: str, *, unfolded: bool = False) -> None:
    """One picture of a whole page."""
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(address)
    page.locator("#content").wait_for()
    settled(page)
    if unfolded:
        page.evaluate("document.querySelectorAll('details.fold').forEach(one => { one.open = true })")
    for _ in range(2):  # a chart that came into view may be higher than its place was
        height = page.evaluate("document.querySelector('.stMain').scrollHeight")
        page.set_viewport_size({"width": width, "height": height})
        settled(page)
    page.screenshot(path=path)
    context.close()


def _published(extracts: Sequence[Path], folder: Path, judge: Judge) -> Path:
    store = Store(folder / "store")
    for extract in extracts:
        load.load(store, [extract], judge)
    publish.publish(store, "For the pictures")
    return store.path


def main() -> None:
    shutil.rmtree(FOLDER, ignore_errors=True)
    judge = Judge()
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for name, extracts, pages in STORES:
            own = Path(temporary) / name
            (FOLDER / name).mkdir(parents=True)
            with served(_published(extracts, own, judge), own / "log.txt") as base:
                if name == "2011":
                    take(browser, base, README, 1360, "light")
                for entry, (width, scheme), lang in product(pages, LOOKS, words.LANGUAGES):
                    path = FOLDER / name / f"{entry.name}-{lang}-{scheme}-{width}.png"
                    present = "&present=1" if width == PROJECTOR else ""
                    address = f"{base}{entry.path}?lang={lang}{present}"
                    take(browser, address, path, width, scheme, unfolded=name != "2011")


if __name__ == "__main__":
    main()
