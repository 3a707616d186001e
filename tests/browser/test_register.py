"""An analyst adds an entry to the register, a second person agrees, and once it is published the pages show it."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from assurance.words import say
from pipelines.store import Store
from tests.browser.axe import violations
from tests.browser.live import Opener, served, settled

PATIENCE = 60_000  # the worker's first answer waits for Great Expectations


def test_a_note_is_added_agreed_to_published_and_shown(visit: Opener, own_store: Store, tmp_path: Path) -> None:
    with served(own_store.path, tmp_path / "log.txt") as base:
        page = visit(f"{base}/register", height=3000)
        add = page.locator('[data-testid="stForm"]').first
        add.get_by_role("combobox", name=say("en", "register.field_register")).click()
        page.get_by_role("option", name=say("en", "register.kind_notes")).click()
        add.get_by_label(say("en", "register.field_on")).fill("2010-05-17")
        for name, text in (("says", "A duty rota began"), ("evidence", "Minute 4")):
            for lang in ("en", "cy"):
                field = say("en", f"register.field_{name}", language=say("en", f"register.language_{lang}"))
                add.get_by_label(field).fill(f"{text} ({lang})")
        role = add.get_by_label(say("en", "register.field_by"))
        role.fill("Ms Data Analyst")
        submit = add.get_by_role("button", name=say("en", "register.add"))
        submit.click()
        expect(page.get_by_text(say("en", "register.identifier_titled_name"))).to_be_visible(timeout=PATIENCE)
        assert own_store.register.lines() == []
        role.fill("Data analyst")
        submit.click()
        expect(page.get_by_text(say("en", "register.added", number=1))).to_be_visible(timeout=PATIENCE)
        second = page.get_by_role("button", name=say("en", "register.agree"))
        agree = page.locator('[data-testid="stForm"]').filter(has=second)
        agree.get_by_label(say("en", "register.field_number")).fill("1")
        agree.get_by_label(say("en", "register.field_by")).fill("Chair")
        agree.get_by_role("button", name=say("en", "register.agree")).click()
        expect(page.get_by_text(say("en", "register.in_force", number=1))).to_be_visible(timeout=PATIENCE)
        settled(page)
        assert violations(page) == []
        welsh = visit(f"{base}/register?lang=cy", height=3000)
        expect(welsh.get_by_text("A duty rota began (cy)", exact=False).first).to_be_visible()
        assert "A duty rota began (en)" not in welsh.content()
        assert violations(welsh) == []
        page.goto(f"{base}/upload")
        page.get_by_label(say("en", "pages.why_publish")).fill("A note")
        page.get_by_role("button", name=say("en", "pages.publish"), exact=True).click()
        expect(page.get_by_text(say("en", "pages.published", number=2))).to_be_visible(timeout=PATIENCE)
        shown = visit(f"{base}/advice?period=all", height=3000)
        expect(shown.get_by_text("A duty rota began (en)", exact=False).first).to_be_visible()
        changed = visit(f"{base}/changed", height=3000)
        expect(changed.get_by_text(say("en", "since.entries_title"))).to_be_visible()
        expect(changed.get_by_text("A duty rota began (en)", exact=False).first).to_be_visible()
        assert violations(changed) == []
