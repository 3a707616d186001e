"""The app as a reader meets it, looked at with a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.live import Opener, served, settled

CHROMIUM = "/usr/bin/chromium"
expect.set_options(timeout=30_000)  # a busy machine is slow, and none of these claims is about speed
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"]
QUICK = [
    "--disable-gpu",  # where there is none, to act as if there were one takes longer than to draw
    "--process-per-site",  # what one tab has compiled of Streamlit, the next need not
]


@pytest.fixture(scope="session")
def base(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One app for the whole session, over the sample."""
    with served(store, tmp_path_factory.mktemp("server") / "log.txt") as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        pytest.fail("the Debian package chromium is not installed")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=[*ARGUMENTS, *QUICK])
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def window(browser: Browser, base: str) -> Iterator[BrowserContext]:
    """One for the whole session: what it has fetched and compiled of Streamlit, it need not again."""
    context = browser.new_context()
    context.set_default_timeout(30_000)
    context.new_page().goto(f"{base}/_stcore/health")  # a process without a tab would end
    yield context
    context.close()


@pytest.fixture
def visit(window: BrowserContext, base: str) -> Iterator[Opener]:
    """Open an address (of ``base`` unless whole) as a new visitor, and wait until it has been drawn."""
    pages: list[Page] = []

    def opened(address: str, *, width: int = 1360, height: int = 900, **media: Any) -> Page:
        page = window.new_page()
        pages.append(page)
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(**{"color_scheme": "light", **media})
        page.goto(address if address.startswith("http") else base + address)
        page.locator("#content").wait_for()
        settled(page)
        return page

    yield opened
    for page in pages:
        page.evaluate("localStorage.clear()")  # what a browser remembers of a visitor, with cookies
        page.close()
    window.clear_cookies()
