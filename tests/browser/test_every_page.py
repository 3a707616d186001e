"""Every page in both languages: by axe, on a phone, on a desk, enlarged, by keyboard, in the light and in the dark.

Opening a page takes longer than looking at it, so each is opened once, on a narrow phone, and looked at from there in
all the sizes that a claim is about; once more in the dark, since a chart has the colours it was drawn in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, product

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from assurance.words import LANGUAGES
from pages.parts import menu
from tests.browser.axe import violations
from tests.browser.live import settled

PHONE = 400
NARROWEST, *WIDER = (320, PHONE, 760, 1024, 1360)
DESK = WIDER[-1]
STOPS_AT_MOST = 250

STILL = """() => new Promise(done => {
  let before, since, frames = 0
  const look = () => {
    const parts = [...document.querySelectorAll('.stMain, .main-svg')].map(one => one.getBoundingClientRect().width)
    const now = parts.concat([...document.querySelectorAll('.stMain')].map(one => one.scrollHeight)).join()
    if (now !== before) { before = now; since = performance.now(); frames = 0 }
    if (frames++ > 6 && performance.now() - since > 100) done(); else requestAnimationFrame(look)
  }
  look()
})"""
"""Resolves once the page and its charts have kept their sizes for some frames: a new width draws a chart anew."""

FOCUS = """() => {
  const one = document.activeElement
  if (!one || one === document.body) return null
  const style = getComputedStyle(one), box = one.getBoundingClientRect()
  const around = one.closest('[data-baseweb="select"], label, .stSelectbox, button, section') ?? one
  const rings = [one, around, ...around.querySelectorAll('*')].map(each => getComputedStyle(each))
  const ring = rings.some(each =>
    (each.outlineStyle !== 'none' && parseFloat(each.outlineWidth) >= 2) || each.boxShadow !== 'none')
  const at = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, innerHeight / 2))
  const covered = box.width > 0 && at && !(one.contains(at) || at.contains(one) || around.contains(at))
  return {name: (one.innerText || one.getAttribute('aria-label') || one.tagName).slice(0, 60), ring, covered: !!covered}
}"""

CLIPPED = """() => [...document.querySelectorAll('.stHtml *')].filter(one => {
  const style = getComputedStyle(one)
  const hides = /hidden|clip/.test(style.overflowX + style.overflowY)
  return hides && style.clipPath === 'none' && (one.scrollWidth > one.clientWidth + 1 ||
    one.scrollHeight > one.clientHeight + 1)
}).map(one => one.className + ': ' + one.textContent.slice(0, 60))"""

SMALL = """() => {
  const seen = [...document.querySelectorAll('a, button, summary, input:not([type=file])')].filter(one => {
    const box = one.getBoundingClientRect()
    return box.width > 1 && box.height > 1 && getComputedStyle(one).visibility !== 'hidden' && !one.disabled &&
      !one.closest('.skip, .unseen')
  })
  const boxes = seen.map(one => one.getBoundingClientRect())
  return seen.filter((one, at) => {
    const box = boxes[at]
    if (box.width >= 24 && box.height >= 24) return false
    const x = box.x + box.width / 2, y = box.y + box.height / 2
    return boxes.some((other, of) => !one.contains(seen[of]) && !seen[of].contains(one) && Math.hypot(
      Math.max(other.left - x, 0, x - other.right), Math.max(other.top - y, 0, y - other.bottom)) < 12)
  }).map(one => (one.innerText || one.outerHTML).slice(0, 60))
}"""
"""What is smaller than 24 by 24 and has another target within 12 pixels of its middle (WCAG 2.2, 2.5.8)."""

SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-bottom: 2em !important }"""
"""Text spacing that a page must bear (WCAG 2.2, 1.4.12)."""


@dataclass(frozen=True)
class Tab:
    """One tab for all pages, so that the browser fetches and compiles Streamlit once."""

    page: Page
    devtools: CDPSession

    def resize(self, width: int, height: int = 900, *, scale: int = 1) -> Page:
        """The page in a window of that many CSS pixels, each of so many of the screen's, laid out for it."""
        metrics = {"width": width, "height": height, "deviceScaleFactor": scale, "mobile": False}
        self.devtools.send("Emulation.setDeviceMetricsOverride", metrics)
        self.page.evaluate(STILL)
        return self.page

    def scrolls_sideways(self) -> bool:
        beyond = "one => one.scrollWidth > one.clientWidth"
        return any(self.page.locator(element).evaluate(beyond) for element in ("html", ".stMain"))


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Tab]:
    context = browser.new_context(no_viewport=True)
    context.set_default_timeout(30_000)
    page = context.new_page()
    yield Tab(page, context.new_cdp_session(page))
    context.close()


@pytest.fixture(scope="module", params=product(menu.PAGES, LANGUAGES), ids=lambda of: f"{of[0].name}-{of[1]}")
def shown(request: pytest.FixtureRequest, tab: Tab, base: str) -> Tab:
    """A page, opened on the narrowest phone; the claims about it follow each other."""
    entry, lang = request.param
    tab.page.emulate_media(color_scheme="light")
    tab.resize(NARROWEST)
    tab.page.goto(f"{base}{entry.path}?lang={lang}")
    expect(tab.page.locator("#content")).to_have_text(menu.question(lang, entry))
    settled(tab.page)
    return tab


@pytest.mark.parametrize("width", [NARROWEST, *WIDER])
def test_no_page_scrolls_sideways(shown: Tab, width: int) -> None:
    shown.resize(width)
    assert not shown.scrolls_sideways()


def test_what_is_to_be_hit_is_large_enough_on_a_phone(shown: Tab) -> None:
    assert shown.resize(PHONE).evaluate(SMALL) == []


def test_headings_do_not_jump_and_tables_stay_tables_on_a_phone(shown: Tab) -> None:
    page = shown.resize(PHONE, 4000)
    headings = page.locator("h1, h2, h3, h4").evaluate_all("all => all.map(one => Number(one.tagName[1]))")
    assert headings[0] == 1
    assert headings.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(headings))
    tables = page.locator("table").count()
    if tables:
        snapshot = page.locator("body").aria_snapshot()
        folded = page.locator("details:not([open]) table").count()
        assert snapshot.count("- table") == tables - folded
        assert tables == folded or "- columnheader" in snapshot


@pytest.mark.parametrize("settings", [{"width": 453, "scale": 3}, {"width": 320}], ids=["300%", "320px"])
def test_enlarged_and_spaced_text_flows_and_nothing_is_cut_off(shown: Tab, settings: dict[str, int]) -> None:
    spaced = shown.page.add_style_tag(content=SPACED)
    try:
        page = shown.resize(**settings)
        assert not shown.scrolls_sideways()
        assert page.evaluate(CLIPPED) == []
    finally:
        spaced.evaluate("one => one.remove()")


def test_tab_passes_through_every_page_and_the_focus_is_seen_at_every_stop(shown: Tab) -> None:
    page, stops = shown.resize(DESK), []
    for _ in range(STOPS_AT_MOST):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stop is None:
            break
        stops.append(stop)
    assert 10 < len(stops) < STOPS_AT_MOST, "Tab does not leave the page"
    assert [stop["name"] for stop in stops if not stop["ring"]] == []
    assert [stop["name"] for stop in stops if stop["covered"]] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_has_no_violation_of_wcag_2_2_aa(shown: Tab, scheme: str) -> None:
    page = shown.resize(DESK, 4000)
    if scheme == "dark":
        page.emulate_media(color_scheme="dark")
        page.reload()
        expect(page.locator("#content")).to_be_visible()
        settled(page)
    expect(page.locator("h1")).to_have_count(1)
    assert violations(page) == []


def test_on_a_desk_no_table_is_cut_off(shown: Tab) -> None:
    page = shown.resize(DESK)
    page.evaluate("document.querySelectorAll('details.fold').forEach(one => { one.open = true })")
    cut = "all => all.filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.ariaLabel)"
    assert page.locator(".scroll").evaluate_all(cut) == []
