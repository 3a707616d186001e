"""Screenshots of the dashboard on the invented sample: ``make pictures``.

python -m docs.make_pictures            the README's picture
python -m docs.make_pictures FOLDER     every page, light and dark, wide and at 400 px, both languages
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from pages.parts import menu
from pipelines import load, publish
from pipelines.judge import Judge
from pipelines.store import Store
from tests.browser.conftest import ARGUMENTS, CHROMIUM
from tests.browser.live import served, settled
from tests.conftest import SAMPLE

HERE = Path(__file__).parent
README = HERE / "pictures" / "at-a-glance.png"


def take(browser: Browser, address: str, path: Path, width: int, scheme: str) -> None:
    """One picture of a whole page."""
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(address)
    page.locator("#content").wait_for()
    settled(page)
    height = page.evaluate("document.querySelector('.stMain').scrollHeight")
    page.set_viewport_size({"width": width, "height": height})
    settled(page)
    page.screenshot(path=path)
    context.close()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        store = Store(Path(folder) / "store")
        load.load(store, [SAMPLE], Judge())
        publish.publish(store, "For the pictures")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        with served(store.path, Path(folder) / "log.txt") as base:
            if len(sys.argv) == 1:
                take(browser, base, README, 1360, "light")
                return
            target = Path(sys.argv[1])
            target.mkdir(parents=True, exist_ok=True)
            for entry in menu.PAGES:
                for width, scheme, lang in ((1360, "light", "en"), (1360, "dark", "cy"), (400, "light", "cy")):
                    name = f"{entry.name}-{lang}-{scheme}-{width}.png"
                    take(browser, f"{base}{entry.path}?lang={lang}", target / name, width, scheme)


if __name__ == "__main__":
    main()
