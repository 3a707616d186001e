"""Every page is drawn in both languages, says what the 2011 sample holds, and in Welsh says nothing in English."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from itertools import product
from pathlib import Path

import pytest
import streamlit as st

from assurance import figures, release, words
from assurance.judgement import SURE
from assurance.words import LANGUAGES, Language
from pages.parts import menu, run
from pipelines import translators
from pipelines.build import definitions
from tests.conftest import ROOT
from tests.drawing import draw

SLUGS = list(menu.BY_SLUG)
PAGE_AND_LANGUAGE = list(product(SLUGS, LANGUAGES))


@pytest.fixture(autouse=True)
def _no_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Opening the upload page starts the worker, which these tests do not need."""
    monkeypatch.setattr(run, "warm", lambda: None)


@pytest.fixture
def sample(store: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SAFEGUARDING_STORE", str(store))
    return store


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SAFEGUARDING_STORE", str(tmp_path / "store"))
    st.cache_resource.clear()
    return tmp_path / "store"


@cache
def translations() -> list[tuple[str, str]]:
    """Every text in English and in Welsh."""
    return [(each.en, each.cy) for each in translators.texts()]


@pytest.mark.parametrize(("slug", "lang"), PAGE_AND_LANGUAGE)
def test_a_page_is_drawn_under_its_question(
    sample: Path, caplog: pytest.LogCaptureFixture, slug: str, lang: Language
) -> None:
    drawn = draw(slug, lang=lang)
    entry = menu.BY_SLUG[slug]
    assert not drawn.app.exception
    assert [record.message for record in caplog.records if record.name == "dashboard"] == []
    assert words.say(lang, "frame.error_title") not in drawn.text
    assert len(drawn.text.partition(menu.question(lang, entry))[2]) > 200  # and there is something below it


@pytest.mark.parametrize(("lang", "says"), [("en", "3 cases"), ("cy", "3 achos")])
def test_the_advice_page_says_how_often_joint_advice_was_not_followed(sample: Path, lang: Language, says: str) -> None:
    assert re.search(rf"\b{says}\b", draw("advice", lang=lang).text)


@pytest.mark.parametrize(("lang", "says"), [("en", "11 of 25"), ("cy", "11 o 25")])
def test_the_timeliness_page_says_how_many_discussions_were_in_time(sample: Path, lang: Language, says: str) -> None:
    assert re.search(rf"\b{says}\b", draw("timeliness", lang=lang).text)


@pytest.mark.parametrize(("lang", "says"), [("en", "7 of 20"), ("cy", "7 o 20")])
def test_the_cohort_page_says_how_many_have_additional_needs_how_old_they_are_and_who_is_accused(
    sample: Path, lang: Language, says: str
) -> None:
    text = draw("cohort", lang=lang).text
    assert re.search(rf"\b{says}\b", text)
    names = tomllib.loads((ROOT / "data" / "reference" / "codes.toml").read_text())
    for code in ("HEAD", "TEACHER", "SUPPORT", "ADMIN_SITE", "YOUTH"):
        assert names["role_group"][code][lang] in text
    for code in ("3-4", "5-7", "8-10", "11-13", "14-16"):
        assert names["age_band"][code][lang] in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_period_with_enough_cases_shows_a_percentage(sample: Path, lang: Language) -> None:
    assert "44%" in draw("timeliness", lang=lang, period="all").text


FIGURES = ["", "live-risk", "advice", "exits", "records", "actions", "timeliness", "outcomes", "cohort", "learning"]
HAVE_NO_SHARE = ("cohort", "live-risk", "exits")
"""Profiles, and pages of which nothing is known in the second quarter of 2009 but counts."""


@pytest.mark.parametrize(("lang", "slug"), product(LANGUAGES, FIGURES))
def test_a_period_with_fewer_than_ten_is_not_judged_and_has_no_percentage(
    sample: Path, lang: Language, slug: str
) -> None:
    text = draw(slug, lang=lang, period="2009-Q2").text
    assert words.say(lang, "figures.too_few").rstrip(".") in text or slug in HAVE_NO_SHARE
    assert re.search(r"\d (of|o) \d|\b[1-9]\b", text)
    assert _percentages(text) - _aims() - _of_ten_or_more(sample, "2009-Q2") == set()


def _percentages(text: str) -> set[int]:
    return {int(found) for found in re.findall(r"(\d+)\s?%", text)}


def _of_ten_or_more(store: Path, code: str) -> set[int]:
    """The percentages of what there were ten of even then, such as people to be told."""
    opened = release.open(store)
    every = figures.sheets(opened, list(opened.definitions.values()), opened.areas[0], code)
    found = [each for sheet in every for each in (sheet.whole, *sheet.steps)]
    found += [each for sheet in every for split in sheet.splits.values() for each in split]
    ends = [end for each in found if each.unit == "percent" for end in (each.value, each.low, each.high)]
    return {round(end) for end in ends if end is not None}


def _aims() -> set[int]:
    """The percentages that are no finding: targets, benchmarks, those in definitions, and how an interval and the level
    of a test are named."""
    known = definitions().values()
    told = " ".join(each.read_with_care["en"] + each.how_it_is_counted["en"] for each in known)
    return {95, round(100 * SURE), *(target.percent for each in known for target in each.targets)} | _percentages(told)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_welsh_page_says_nothing_in_english(sample: Path, slug: str) -> None:
    text = draw(slug, lang="cy").text
    english = {part for english, welsh in translations() if english != welsh for part in _fixed(english)}
    assert len(english) > 200
    assert {part for part in english if part in text} == set()


def _fixed(message: str) -> list[str]:
    """The parts of a message that stand whatever its values, of more than two words."""
    return [part.strip() for part in re.split(r"\{\w*\}", message) if len(part.split()) > 2]


@pytest.mark.parametrize("slug", SLUGS)
def test_an_english_page_does_say_such_texts(sample: Path, slug: str) -> None:
    text = draw(slug, lang="en").text
    assert len({part for english, _ in translations() for part in _fixed(english) if part in text}) > 3


@pytest.mark.parametrize(("lang", "says"), [("en", "31 July 2011"), ("cy", "31 Gorffennaf 2011")])
def test_old_data_of_a_real_area_is_named_with_its_age(
    sample: Path, monkeypatch: pytest.MonkeyPatch, lang: Language, says: str
) -> None:
    fixed = words.say_count(lang, "frame.stale", 5000, day=says).partition("5")[0]
    assert fixed not in draw("timeliness", lang=lang).text
    monkeypatch.setattr(release, "INVENTED", "none is")
    assert fixed in draw("timeliness", lang=lang).text


@pytest.mark.parametrize(("slug", "lang"), PAGE_AND_LANGUAGE)
def test_an_empty_store_offers_the_sample(empty: Path, slug: str, lang: Language) -> None:
    drawn = draw(slug, lang=lang)
    offered = [button.label for button in drawn.app.button if button.key == "open_sample"]
    needs_data = menu.BY_SLUG[slug].needs_data
    assert offered == ([words.say(lang, "frame.open_sample")] if needs_data else [])
    assert (words.say(lang, "frame.empty_title") in drawn.text) == needs_data
    assert words.say(lang, "frame.error_title") not in drawn.text
