"""What axe finds wrong on a page, by the rules of WCAG 2.2 AA."""

from __future__ import annotations

from importlib.resources import files
from typing import Final

from playwright.sync_api import Page

AXE: Final = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
RULES: Final = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"],
    "resultTypes": ["violations"],  # to tell of all that is right takes longer than to find it
}
FOUND: Final = """rules => axe.run(document, rules).then(found => found.violations.map(
  one => `${one.id}: ${JSON.stringify(one.nodes.map(node => node.target))}`))"""


def violations(page: Page) -> list[str]:
    """Each rule that the page as it now stands breaks, with where it does."""
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(f"{AXE}; null")
    return list(page.evaluate(FOUND, RULES))
