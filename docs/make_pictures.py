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
from functools import partial
from itertools import product
from pathlib import Path
from typing import Final

from playwright.sync_api import Page, sync_playwright

from assurance import words
from pages.parts import menu
from pipelines import load, publish
from pipelines.judge import Judge
from pipelines.store import Store
from tests.browser.conftest import ARGUMENTS, CHROMIUM
from tests.browser.live import served, settled
from tests.conftest import REGION, SAMPLE, publish_around_a_meeting

ROOT: Final = Path(__file__).parents[1]
README: Final = ROOT / "docs" / "pictures" / "at-a-glance.png"
FOLDER: Final = ROOT / "pictures"
LOOKS: Final = ((1360, "light"), (1360, "dark"), (400, "light"), (400, "dark"), (1920, "light"))
PROJECTOR: Final = 1920


def _published(extracts: Sequence[Path], path: Path, judge: Judge) -> Path:
    store = Store(path)
    for extract in extracts:
        load.load(store, [extract], judge)
    publish.publish(store, "For the pictures")
    return path


STORES: Final = (
    ("2011", partial(_published, [SAMPLE]), tuple(menu.PAGES)),
    (
        "northmoor",
        publish_around_a_meeting,
        tuple(each for each in menu.PAGES if each.needs_data and each.name not in ("comparison", "definitions")),
    ),
    ("region", partial(_published, sorted(REGION.glob("*.zip"))), (menu.BY_SLUG["comparison"], menu.BY_SLUG[""])),
)


def take(page: Page, address: str, path: Path, *, unfolded: bool = False) -> None:
    """One picture of a whole page."""
    width = page.viewport_size["width"] if page.viewport_size else 0
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address)
    page.locator("#content").wait_for()
    settled(page)
    if unfolded:
        page.evaluate("document.querySelectorAll('details.fold').forEach(one => { one.open = true })")
    seen = 0
    while seen != (height := page.evaluate("document.querySelector('.stMain').scrollHeight")):
        page.set_viewport_size({"width": width, "height": height})  # a chart that comes into view may grow the page
        settled(page)
        seen = height
    page.screenshot(path=path)


def main() -> None:
    shutil.rmtree(FOLDER, ignore_errors=True)
    judge = Judge()
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for name, fill, pages in STORES:
            own = Path(temporary) / name
            (FOLDER / name).mkdir(parents=True)
            own.mkdir()
            with served(fill(own / "store", judge), own / "log.txt") as base:
                for width, scheme in LOOKS:
                    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
                    page = context.new_page()
                    if (name, width, scheme) == ("2011", 1360, "light"):
                        take(page, base, README)
                    for entry, lang in product(pages, words.LANGUAGES):
                        path = FOLDER / name / f"{entry.name}-{lang}-{scheme}-{width}.png"
                        present = "&present=1" if width == PROJECTOR else ""
                        take(page, f"{base}{entry.path}?lang={lang}{present}", path, unfolded=name != "2011")
                    context.close()


if __name__ == "__main__":
    main()
