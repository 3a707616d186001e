"""When something fails, a page says so in the reader's language, with a reference, and never with a value."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

import asgi
from assurance import words
from assurance.words import LANGUAGES, Language
from pages.board import timeliness
from pipelines import load, publish
from pipelines.judge import Judge
from pipelines.store import Store
from tests.drawing import Drawn, draw

DAMAGED = {"en": "Run verify, and restore it from a copy.", "cy": "Rhedwch verify, ac adferwch ef o gopi."}
LEDGER = {"en": "is broken at line 1", "cy": "wedi torri yn llinell 1"}
SECRET = "Jane Doe of Example School"


@pytest.fixture
def damaged(own_store: Store, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SAFEGUARDING_STORE", str(own_store.path))
    st.cache_resource.clear()
    return Path(own_store.path)


def overwrite(path: Path, content: bytes) -> None:
    path.parent.chmod(0o700)
    path.chmod(0o600)
    path.write_bytes(content)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_page_that_fails_has_a_reference_that_the_log_has_too_and_shows_no_value(
    store: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, lang: Language
) -> None:
    def fail() -> None:
        raise RuntimeError(SECRET)

    monkeypatch.setenv("SAFEGUARDING_STORE", str(store))
    monkeypatch.setattr(timeliness, "page", fail)
    drawn = draw("timeliness", lang=lang)
    assert words.say(lang, "frame.error_title") in drawn.text
    (record,) = (each for each in caplog.records if each.name == "dashboard")
    found = re.search(r"reference ([0-9A-F]{6})", record.getMessage())
    assert found is not None
    assert found[1] in drawn.text
    assert "RuntimeError" in record.getMessage()
    assert SECRET not in drawn.text + caplog.text
    assert "Traceback" not in drawn.text
    assert not drawn.app.exception
    other = words.say(lang, "frame.page_outcomes")
    assert other in drawn.text  # the menu still leads elsewhere


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("what", ["figures", "manifest", "publication"])
def test_a_damaged_store_is_told_in_words_that_say_what_to_do(damaged: Path, what: str, lang: Language) -> None:
    release = next((damaged / "releases").iterdir())
    path = {
        "figures": next(release.glob("restricted/*.parquet")),
        "manifest": release / "manifest.json",
        "publication": next((damaged / "publications").iterdir()),
    }[what]
    overwrite(path, b"not what was written")
    drawn = draw("timeliness", lang=lang)
    assert not drawn.app.exception
    assert "not what was written" not in drawn.text
    assert "Traceback" not in drawn.text
    told = LEDGER if what == "publication" else DAMAGED
    assert told[lang] in drawn.text


def test_where_the_newest_publication_is_damaged_the_last_whole_one_is_offered_and_shown(
    damaged: Path, judge: Judge, extract: Callable[..., Path]
) -> None:
    assert load.load(Store(damaged), [extract(extract=[(0, "snapshot_date", "2011-08-31")])], judge).accepted
    newest = publish.publish(Store(damaged), "August")["release"]
    overwrite(damaged / "releases" / newest / "restricted" / "counts.parquet", b"not what was written")
    for lang in LANGUAGES:
        drawn = draw("timeliness", lang=lang, area="X06000009")
        assert DAMAGED[lang] in drawn.text
        assert words.say(lang, "store.show_whole", number=1) in drawn.text
        (href,) = re.findall(r'href="\?([^"]+)"', next(each for each in html_of(drawn) if "data-move" in each))
        offered = draw("timeliness", **dict(parse_qsl(unescape(href))))
        assert words.say(lang, "frame.error_title") not in offered.text
        assert words.long_date(lang, date(2011, 7, 31)) in offered.text


def html_of(drawn: Drawn) -> list[str]:
    return [element.proto.body for element in drawn.app.main if element.type == "html"]


def test_what_fails_before_the_first_reader_does_not_keep_the_server_from_starting(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = []

    def fails(shown: object) -> None:
        tried.append(shown)
        raise KeyError("a page that cannot be drawn")

    monkeypatch.setenv("SAFEGUARDING_STORE", str(store))
    monkeypatch.setattr(asgi, "_draw_first", fails)
    monkeypatch.setattr(PagesManager, "uses_pages_directory", None)  # starting sets it; this puts it back

    async def starts() -> bool:
        async with asgi.warm(None):
            return True

    # in a thread of its own: a browser test before this one leaves its loop running in the worker's main thread
    with ThreadPoolExecutor(max_workers=1) as beside:
        assert beside.submit(asyncio.run, starts()).result()
    assert len(tried) == 1
