"""The app as somebody uses it who has no mouse, enlarges everything, wants nothing to move, or hears the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, FileChooser, Locator, Page, expect

from assurance import words
from assurance.words import Language
from pages.parts import menu
from tests.browser.live import Opener, served, settled
from tests.browser.test_frame import violations

STOPS_AT_MOST = 250
DIALOG_TRIES, DIALOG_MS = 4, 3_000
"""A browser with no screen opens a file dialog only for the window it takes to be in front, and another may be."""
SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-bottom: 2em !important }"""
"""Text spacing that a page must bear (WCAG 2.2, 1.4.12)."""

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


def each_page(visit: Opener, query: str = "", **settings: Any) -> Iterator[tuple[menu.Entry, Page]]:
    """Every page in turn, in one window."""
    first = menu.PAGES[0]
    page = visit(f"{first.path}{query}", **settings)
    base = page.evaluate("location.origin")
    for entry in menu.PAGES:
        if entry is not first:
            page.goto(f"{base}{entry.path}{query}")
            expect(page.locator("#content")).to_be_visible()
            settled(page)
        yield entry, page


def tab_to(page: Page, target: Locator) -> None:
    """Presses Tab until the target has the focus."""
    for _ in range(STOPS_AT_MOST):
        page.keyboard.press("Tab")
        if target.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"{target} is not reached by Tab")


# By keyboard


def test_a_period_is_chosen_by_keyboard_and_its_neighbour_is_the_choice_before(visit: Opener) -> None:
    page = visit("/timeliness")
    box = page.get_by_role("combobox", name=words.say("en", "frame.period"))
    first = box.input_value()
    tab_to(page, box)
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("period="))
    settled(page)
    assert box.input_value() != first
    expect(box).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("combobox", name=words.say("en", "frame.area"))).to_be_focused()
    page.keyboard.press("Tab")
    expect(box).to_be_focused()


def test_on_a_phone_the_menu_opens_and_a_page_is_chosen_by_keyboard(visit: Opener) -> None:
    page = visit("/", width=400)
    tab_to(page, page.locator("nav summary"))
    page.keyboard.press("Enter")
    tab_to(page, page.locator("nav details").get_by_role("link", name=words.say("en", "frame.page_outcomes")))
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_have_text(words.say("en", "frame.question_outcomes"))


def test_what_is_folded_opens_by_keyboard_and_its_table_is_the_next_stop(visit: Opener) -> None:
    page = visit("/timeliness")
    fold = page.locator("details.fold").first
    tab_to(page, fold.locator("summary"))
    page.keyboard.press("Enter")
    expect(fold).to_have_attribute("open", "")
    page.keyboard.press("Tab")
    expect(fold.locator(".scroll").first).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Space")
    expect(fold).not_to_have_attribute("open", "")


def test_the_language_and_the_presentation_are_switched_by_keyboard(visit: Opener) -> None:
    page = visit("/timeliness")
    tab_to(page, page.get_by_role("link", name=words.say("cy", "frame.this_language")))
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "cy")
    settled(page)
    tab_to(page, page.get_by_role("link", name=words.say("cy", "frame.present")))
    page.keyboard.press("Enter")
    expect(page.locator("nav")).to_have_count(0)
    settled(page)
    tab_to(page, page.get_by_role("link", name=words.say("cy", "frame.leave")))
    page.keyboard.press("Enter")
    expect(page.locator("nav")).to_have_count(1)


def test_the_template_is_downloaded_and_a_file_chosen_by_keyboard(visit: Opener) -> None:
    page = visit("/upload")
    tab_to(page, page.locator('[data-testid="stDownloadButton"] button').first)
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename.endswith(".xlsx")
    download.value.path()  # a browser that still saves a file opens no second dialog
    page = visit("/upload")
    expect(page.locator('[data-testid="stFileUploader"] button').first).to_be_enabled()
    opened: list[FileChooser] = []

    def note(chooser: FileChooser) -> None:
        opened.append(chooser)

    page.on("filechooser", note)
    for _ in range(DIALOG_TRIES):
        page.bring_to_front()
        page.mouse.click(1, 1)
        tab_to(page, page.locator('[data-testid="stFileUploader"] button').first)
        page.keyboard.press("Enter")
        page.wait_for_timeout(DIALOG_MS)
        if opened:
            return
    raise AssertionError("Enter opens no dialog")


def test_tab_passes_through_every_page_and_the_focus_is_seen_at_every_stop(visit: Opener) -> None:
    for entry, page in each_page(visit):
        stops = []
        for _ in range(STOPS_AT_MOST):
            page.keyboard.press("Tab")
            stop = page.evaluate(FOCUS)
            if stop is None:
                break
            stops.append(stop)
        assert 10 < len(stops) < STOPS_AT_MOST, f"Tab does not leave {entry.name}"
        assert [stop["name"] for stop in stops if not stop["ring"]] == [], entry.name
        assert [stop["name"] for stop in stops if stop["covered"]] == [], entry.name


# Enlarged, spaced, still, in forced colours


@pytest.mark.parametrize("settings", [{"width": 453, "device_scale_factor": 3}, {"width": 320}], ids=["300%", "320px"])
def test_enlarged_and_spaced_text_flows_and_nothing_is_cut_off(visit: Opener, settings: dict[str, Any]) -> None:
    for entry, page in each_page(visit, "?lang=cy", **settings):
        page.add_style_tag(content=SPACED)
        page.wait_for_timeout(200)
        for element in ("html", ".stMain"):
            beyond = page.locator(element).evaluate("one => one.scrollWidth - one.clientWidth")
            assert beyond <= 0, (entry.name, element)
        assert page.evaluate(CLIPPED) == [], entry.name


def test_what_is_to_be_hit_is_large_enough_on_a_phone(visit: Opener) -> None:
    for entry, page in each_page(visit, width=400):
        assert page.evaluate(SMALL) == [], entry.name


def test_nothing_moves_for_who_asked_for_that(visit: Opener) -> None:
    page = visit("/timeliness", reduced_motion="reduce")
    page.get_by_role("link", name=words.say("en", "frame.page_outcomes")).click()
    expect(page.locator("#content")).to_have_text(words.say("en", "frame.question_outcomes"))
    settled(page)
    moving = "() => document.getAnimations().filter(one => one.playState === 'running').length"
    assert page.evaluate(moving) == 0


def test_icons_and_the_current_page_are_seen_in_forced_colours(visit: Opener) -> None:
    page = visit("/", forced_colors="active")
    colours = page.evaluate(
        """() => { const probe = document.body.appendChild(document.createElement('i'))
        probe.style.color = 'CanvasText'; const text = getComputedStyle(probe).color
        const icons = [...document.querySelectorAll('.icon')].map(one => getComputedStyle(one).backgroundColor)
        return {text, icons} }"""
    )
    assert len(colours["icons"]) > 3
    assert set(colours["icons"]) == {colours["text"]}
    expect(page.locator("nav a[aria-current=page]:visible")).to_have_count(1)


# As heard


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_a_page_of_figures_is_read_in_the_order_it_is_meant(visit: Opener, lang: Language) -> None:
    page = visit(f"/timeliness?lang={lang}", height=4000)
    expect(page.get_by_role("img").first).to_be_visible()
    heard = page.locator("body").aria_snapshot()
    in_order = [
        words.say(lang, "frame.skip"),
        "- navigation",
        words.say(lang, "frame.question_timeliness"),
        words.say(lang, "frame.period"),
        "- heading",
        "- img",
        "- table",
        words.say(lang, "frame.how_worked_out"),
        words.say(lang, "frame.read_with_care"),
    ]
    at = 0
    for part in in_order:
        found = heard.find(part, at)
        assert found >= 0, part
        at = found + len(part)


def test_headings_do_not_jump_and_tables_stay_tables_on_a_phone(visit: Opener) -> None:
    for entry, page in each_page(visit, width=400, height=4000):
        headings = page.locator("h1, h2, h3, h4").evaluate_all("all => all.map(one => Number(one.tagName[1]))")
        assert headings[0] == 1, entry.name
        assert headings.count(1) == 1, entry.name
        assert all(later - earlier <= 1 for earlier, later in pairwise(headings)), entry.name
        tables = page.locator("table").count()
        if tables:
            snapshot = page.locator("body").aria_snapshot()
            folded = page.locator("details:not([open]) table").count()
            assert snapshot.count("- table") == tables - folded, entry.name
            assert tables == folded or "- columnheader" in snapshot, entry.name


STREAMLIT_SAYS = (
    "Browse files", "Drag and drop", "Limit", "Press Enter", "No results", "Running", "Main menu", "Select...",
    "Choose an option", "Open", "Close", "Clear", "Stop", "Connecting", "Loading", "Download", "View fullscreen",
    "Upload", "Select an option", "Selected",
)  # fmt: skip


@pytest.mark.parametrize("path", ["/timeliness", "/upload"])
def test_a_welsh_page_has_no_english_of_streamlit_s_own(visit: Opener, path: str) -> None:
    page = visit(f"{path}?lang=cy")
    if path == "/timeliness":
        page.get_by_role("combobox").nth(1).click()
        expect(page.get_by_role("option").first).to_be_visible()
    told = page.evaluate(
        """() => [document.body.innerText, ...[...document.querySelectorAll('*')].flatMap(one =>
        ['aria-label', 'title', 'placeholder', 'alt', 'aria-roledescription', 'aria-valuetext']
        .map(name => one.getAttribute(name) ?? ''))]"""
    )
    found = {each for each in STREAMLIT_SAYS for text in told if re.search(rf"\b{re.escape(each)}(?!\w)", text)}
    assert found == set()


# With three years of figures, and with a region


def test_charts_over_time_and_funnels_have_no_violation(
    browser: Browser, northmoor: Path, region: Path, tmp_path: Path
) -> None:
    for store, paths in ((northmoor, ("/", "/timeliness", "/advice")), (region, ("/comparison",))):
        with served(store, tmp_path / f"{store.parent.name}.txt") as base:
            for path in paths:
                page = browser.new_page(viewport={"width": 1360, "height": 6000}, color_scheme="dark")
                page.goto(f"{base}{path}?lang=cy")
                page.locator("#content").wait_for(timeout=30_000)
                settled(page)
                page.evaluate("document.querySelectorAll('details.fold').forEach(one => { one.open = true })")
                assert violations(page) == [], path
                page.close()
