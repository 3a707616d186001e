"""The frame in a real browser: accessible, bilingual, addressable, and closed to everything but pages."""

from __future__ import annotations

import re
import tomllib
from base64 import b64encode
from hashlib import sha256
from html import unescape
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlsplit
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from assurance import words
from pages.parts import look, menu
from tests.browser.axe import violations
from tests.browser.live import ROOT, Opener, served, settled


def answer(address: str, method: str = "GET") -> tuple[int, dict[str, str], str]:
    try:
        with urlopen(Request(address, method=method), timeout=20) as response:
            return (
                response.status,
                {key.lower(): value for key, value in response.headers.items()},
                response.read().decode(),
            )
    except HTTPError as refused:
        return (
            refused.code,
            {key.lower(): value for key, value in refused.headers.items()},
            refused.read().decode(),
        )


def choose(page: Page, label: str, option: int) -> None:
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option").nth(option).click()


def query(page: Page) -> dict[str, str]:
    return {key: values[0] for key, values in parse_qs(urlsplit(page.url).query).items()}


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_a_narrow_page_with_its_menu_open_has_no_violation(visit: Opener, lang: words.Language) -> None:
    page = visit(f"/timeliness?lang={lang}", width=400, height=4000)
    page.get_by_text(words.say(lang, "frame.menu"), exact=True).click()
    assert violations(page) == []


def test_a_cold_server_answers_a_deep_link_with_that_page(browser: Browser, store: Path, tmp_path: Path) -> None:
    with served(store, tmp_path / "log.txt") as base:
        page = browser.new_page()
        page.goto(f"{base}/timeliness?lang=cy")
        expect(page.locator("#content")).to_have_text(words.say("cy", "frame.question_timeliness"), timeout=30_000)
        settled(page)
        expect(page.locator("html")).to_have_attribute("lang", "cy")
        expect(page.get_by_role("dialog")).to_have_count(0)
        page.close()


@pytest.mark.parametrize(
    "path",
    ["/app.py", "/asgi.py", "/app", "/timeliness.py", "/pages/board/timeliness.py", "/pages/board/timeliness",
     "/pages/service/upload.py", "/pages/parts/choices.py", "/pages", "/board/timeliness", "/at_a_glance",
     "/.streamlit/config.toml", "/frame/fonts/LICENSE", "/frame/fonts/..%2flook.py", "/_stcore/metrics",
     "/_stcore/agent/openapi.json", "/_stcore/agent/interact", "/app/static/x", "/store", "//timeliness"],
)  # fmt: skip
def test_nothing_but_pages_is_reachable_by_address(base: str, path: str) -> None:
    status, headers, body = answer(base + path)
    assert status in (400, 404)
    assert "import" not in body
    assert "content-security-policy" in headers


@pytest.mark.parametrize("entry", menu.PAGES, ids=lambda entry: entry.name)
@pytest.mark.parametrize(("asked", "lang"), [("cy", "cy"), ("en", "en"), ("fr", "en"), ("<b>", "en")])
def test_a_page_is_served_in_the_language_asked_for(
    base: str, entry: menu.Entry, asked: str, lang: words.Language
) -> None:
    status, _, body = answer(f"{base}{entry.path}?lang={asked.replace('<', '%3C')}")
    assert status == 200
    assert f'<html lang="{lang}">' in body
    title = words.say(lang, "frame.page_title", page=menu.name(lang, entry))
    assert f"<title>{title}</title>" in unescape(body)


def test_every_answer_carries_the_security_headers(base: str) -> None:
    for path in ("/", "/timeliness", "/nothing", "/_stcore/health", "/frame/look.css"):
        _, headers, _ = answer(base + path)
        policy = headers["content-security-policy"]
        for part in ("default-src 'self'", "object-src 'none'", "frame-ancestors 'none'", "base-uri 'self'"):
            assert part in policy
        assert "unsafe-eval" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cross-origin-opener-policy"] == "same-origin"
    assert answer(base + "/")[1]["cache-control"] == "no-store"


def test_every_inline_script_is_allowed_by_its_hash_and_nothing_else_is_inline(base: str) -> None:
    _, headers, body = answer(base + "/")
    allowed = set(re.findall(r"'sha256-([^']+)'", headers["content-security-policy"]))
    inline = re.findall(r"<script>(.*?)</script>", body, re.DOTALL)
    assert {b64encode(sha256(text.encode()).digest()).decode() for text in inline} == allowed
    assert "'unsafe-inline'" not in re.findall(r"script-src[^;]*", headers["content-security-policy"])[0]


def test_the_browser_refuses_nothing_the_page_needs(visit: Opener, base: str) -> None:
    page = visit("/")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.reload()
    settled(page)
    assert [text for text in said if "Content Security Policy" in text] == []
    assert page.evaluate("document.fonts.check('700 16px \"Public Sans\"')")


def test_the_language_switch_keeps_page_and_choices(visit: Opener) -> None:
    page = visit("/timeliness")
    choose(page, words.say("en", "frame.period"), 3)
    expect(page).to_have_url(re.compile("period="))
    settled(page)
    before = query(page)
    page.get_by_role("link", name="Cymraeg").click()
    expect(page.locator("#content")).to_have_text(words.say("cy", "frame.question_timeliness"))
    expect(page.locator("html")).to_have_attribute("lang", "cy")
    assert {**query(page), "lang": ""} == {**before, "lang": ""}


def test_choices_go_along_to_another_page_and_back_returns(visit: Opener) -> None:
    page = visit("/timeliness")
    label = words.say("en", "frame.period")
    box = page.get_by_role("combobox", name=label)
    first = box.input_value()
    choose(page, label, 1)
    expect(page).to_have_url(re.compile("period="))
    settled(page)
    second = box.input_value()
    chosen = query(page)["period"]
    assert first != second
    page.get_by_role("link", name=words.say("en", "frame.page_advice")).click()
    expect(page.locator("#content")).to_have_text(words.say("en", "frame.question_advice"))
    settled(page)
    assert query(page)["period"] == chosen
    assert box.input_value() == second
    page.go_back()
    expect(page.locator("#content")).to_have_text(words.say("en", "frame.question_timeliness"))
    settled(page)
    assert box.input_value() == second
    page.go_back()
    expect(box).to_have_value(first)
    expect(page.locator("#content")).to_have_text(words.say("en", "frame.question_timeliness"))
    page.go_forward()
    expect(box).to_have_value(second)


def test_a_quick_change_and_a_quick_click_lose_nothing(visit: Opener) -> None:
    page = visit("/timeliness")
    label = words.say("en", "frame.period")
    choose(page, label, 1)
    choose(page, label, 2)
    page.get_by_role("link", name=words.say("en", "frame.page_advice")).click()
    expect(page.locator("#content")).to_have_text(words.say("en", "frame.question_advice"))
    settled(page)
    kept = page.get_by_role("combobox", name=label).input_value()
    page.get_by_role("combobox", name=label).click()
    assert page.get_by_role("option").nth(2).inner_text() == kept


def test_a_pasted_address_is_followed_and_an_unknown_value_is_quietly_the_default(visit: Opener) -> None:
    plain = visit("/timeliness")
    label = words.say("en", "frame.period")
    default = plain.get_by_role("combobox", name=label).input_value()
    choose(plain, label, 1)
    expect(plain).to_have_url(re.compile("period="))
    settled(plain)
    pasted = visit(plain.url)
    assert (
        pasted.get_by_role("combobox", name=label).input_value()
        == plain.get_by_role("combobox", name=label).input_value()
    )
    odd = visit("/timeliness?area=%3Cscript%3E&period=1066&as=-1&present=yes&lang=xx&area=2")
    assert odd.get_by_role("combobox", name=label).input_value() == default
    expect(odd.get_by_role("alert")).to_have_count(0)


def test_a_link_moves_without_loading_the_app_again_and_leads_to_the_question(visit: Opener) -> None:
    page = visit("/")
    page.evaluate("window.stillHere = true")
    page.get_by_role("link", name=words.say("en", "frame.page_timeliness")).click()
    expect(page.locator("#content")).to_have_text(words.say("en", "frame.question_timeliness"))
    settled(page)
    assert page.evaluate("window.stillHere") is True
    expect(page.locator("#content")).to_be_focused()
    expect(page.locator("nav a[aria-current=page]:visible")).to_have_text(words.say("en", "frame.page_timeliness"))
    expect(page).to_have_title(words.say("en", "frame.page_title", page=words.say("en", "frame.page_timeliness")))


def test_the_skip_link_is_first_and_leads_to_the_question_by_keyboard(visit: Opener) -> None:
    page = visit("/timeliness")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("combobox", name=words.say("en", "frame.area"))).to_be_focused()


def test_the_menu_is_reached_and_followed_by_keyboard(visit: Opener) -> None:
    page = visit("/")
    target = page.get_by_role("link", name=words.say("en", "frame.page_definitions"))
    for _ in range(20):
        page.keyboard.press("Tab")
        if target.evaluate("link => link === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_have_text(words.say("en", "frame.question_definitions"))


def test_presentation_shows_the_question_without_the_frame_and_can_be_left(visit: Opener) -> None:
    page = visit("/timeliness?present=1", width=1920, height=1080)
    expect(page.locator("nav")).to_have_count(0)
    expect(page.get_by_role("combobox")).to_have_count(0)
    page.get_by_role("link", name=words.say("en", "frame.leave")).click()
    expect(page.locator("nav")).to_have_count(1)


def test_an_empty_store_says_so_and_offers_the_sample(browser: Browser, tmp_path: Path) -> None:
    with served(tmp_path / "store", tmp_path / "log.txt") as base:
        for lang in words.LANGUAGES:
            page = browser.new_page(viewport={"width": 1360, "height": 4000})
            page.goto(f"{base}/timeliness?lang={lang}")
            expect(page.get_by_text(words.say(lang, "frame.empty_title"))).to_be_visible(timeout=30_000)
            expect(page.get_by_role("button", name=words.say(lang, "frame.open_sample"))).to_be_visible()
            settled(page)
            assert violations(page) == []
            page.close()


def test_the_settings_name_the_colours_of_the_look() -> None:
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    for name, tokens in (("light", look.LIGHT), ("dark", look.DARK)):
        theme = settings["theme"][name]
        assert theme == {
            "primaryColor": tokens.button,
            "backgroundColor": tokens.canvas,
            "secondaryBackgroundColor": tokens.surface,
            "textColor": tokens.ink,
            "linkColor": tokens.link,
            "borderColor": tokens.rule,
        }
    assert settings["server"]["address"] == "127.0.0.1"
    assert settings["browser"]["gatherUsageStats"] is False


def test_the_projector_still_says_what_is_shown_and_that_it_is_invented(visit: Opener) -> None:
    page = visit("/timeliness?present=1", width=1920, height=1080)
    expect(page.get_by_text(words.say("en", "frame.sample"))).to_be_visible()
    expect(page.get_by_text("Reconstruction of 2011. All periods. Data to 31 July 2011.")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_can_be_filled_in_has_an_edge_that_is_seen(visit: Opener, scheme: str) -> None:
    page = visit("/register", color_scheme=scheme, height=3000)
    expect(page.locator("textarea").first).to_be_visible()
    edges = page.evaluate(
        """() => [...document.querySelectorAll('.stSelectbox, .stTextInput, .stTextArea')].map(box => {
          const one = box.querySelector('input, textarea')
          for (let at = one; at; at = at.parentElement) {
            const style = getComputedStyle(at)
            if (parseFloat(style.borderTopWidth) > 0) return style.borderTopColor
          }
        })"""
    )
    wanted = (look.LIGHT if scheme == "light" else look.DARK).common.lstrip("#")
    rgb = ", ".join(str(int(wanted[at : at + 2], 16)) for at in (0, 2, 4))
    assert len(edges) > 8
    assert set(edges) == {f"rgb({rgb})"}
