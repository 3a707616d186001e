"""The app as somebody uses it who has no mouse, enlarges everything, wants nothing to move, or hears the page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import FileChooser, Locator, Page, expect

from assurance import words
from assurance.words import Language
from tests.browser.axe import violations
from tests.browser.live import Opener, served, settled

STOPS_AT_MOST = 250
DIALOG_TRIES, DIALOG_MS = 4, 3_000
"""A browser with no screen opens a file dialog only for the window it takes to be in front, and another may be."""


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


# Enlarged, spaced, still, in forced colours


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
    visit: Opener, northmoor: Path, region: Path, tmp_path: Path
) -> None:
    for store, paths in ((northmoor, ("/", "/timeliness", "/advice")), (region, ("/comparison",))):
        with served(store, tmp_path / f"{store.parent.name}.txt") as base:
            for path in paths:
                page = visit(f"{base}{path}?lang=cy", height=6000, color_scheme="dark")
                page.evaluate("document.querySelectorAll('details.fold').forEach(one => { one.open = true })")
                assert violations(page) == [], path
