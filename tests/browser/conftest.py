"""The app as a reader meets it, looked at with a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.live import Opener, served, settled

CHROMIUM = "/usr/bin/chromium"
expect.set_options(timeout=30_000)  # a busy machine is slow, and none of these claims is about speed
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"]


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
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser: Browser, base: str) -> Iterator[Opener]:
    """Open an address (of ``base`` unless whole) as a new visitor, and wait until it has been drawn."""
    contexts = []

    def opened(address: str, *, width: int = 1360, height: int = 900, scheme: str = "light", **settings: Any) -> Page:
        viewport: Any = {"width": width, "height": height}
        context = browser.new_context(viewport=viewport, color_scheme=scheme, **settings)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.goto(address if address.startswith("http") else base + address)
        page.locator("#content").wait_for()
        settled(page)
        return page

    yield opened
    for context in contexts:
        context.close()
