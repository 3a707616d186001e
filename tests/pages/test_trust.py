"""The Trust page says how far the figures can be relied on; the past can be looked at, and says that it is the past."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import streamlit as st

from assurance import release, sentence, trust, words
from assurance.words import LANGUAGES, Language, say
from pages.parts import agreement, differences, menu, supply
from tests.drawing import draw, text_of


@pytest.fixture
def opened(months: Path, monkeypatch: pytest.MonkeyPatch) -> release.Release:
    monkeypatch.setenv("SAFEGUARDING_STORE", str(months))
    st.cache_resource.clear()
    return release.open(months)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_leads_with_who_did_not_send_and_what_is_withheld_for_it(
    opened: release.Release, lang: Language
) -> None:
    area = opened.areas[0]
    found, doubted = trust.of(opened, area, "2026-27"), trust.doubted(opened, area, "2026-27")
    page = draw("trust", lang=lang, period="2026-27").text
    told = supply.answer(found, doubted, lang)
    assert told[0] == say(
        lang, "trust.silent", services=say(lang, "figures.service_HR"), since=words.long_date(lang, date(2026, 8, 31))
    )
    for each in told:
        assert each in page
    for figure in doubted:
        assert figure.definition.title[lang] in page.partition(sentence.verdict(figure, lang))[2]
    for key in ("state_silent", "gone_care", "lists_old", "log_title", "lines_title", "filled_short"):
        text = say(lang, f"trust.{key}", services=say(lang, "figures.service_HR"))
        assert text in page
    assert say(lang, "trust.log_counts", restated="41", turned="1") in page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_where_nothing_is_amiss_the_page_says_so(store: Path, monkeypatch: pytest.MonkeyPatch, lang: Language) -> None:
    monkeypatch.setenv("SAFEGUARDING_STORE", str(store))
    st.cache_resource.clear()
    page = draw("trust", lang=lang).text
    for key in ("all_sent", "withheld_none", "failed_none", "gone_none", "log_none"):
        assert say(lang, f"trust.{key}") in page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_figure_that_is_withheld_says_why_on_its_own_page(opened: release.Release, lang: Language) -> None:
    page = draw("timeliness", lang=lang, period="2026-27").text
    since = words.long_date(lang, date(2026, 8, 31))
    service = say(lang, "figures.service_HR")
    title = opened.definitions["time_to_decision"].title[lang]
    lacking = say(lang, "figures.service_missing", title=title, services=service, since=since)
    assert lacking in page
    assert say(lang, "trust.line_of", line=say(lang, "trust.line_independently_checked")) in page  # of the others
    assert say(lang, "figures.withheld_step", period=say(lang, "frame.period_quarter_3", year=2026)) in page
    earlier = draw("timeliness", lang=lang, period="2025-26").text
    assert lacking not in earlier
    assert say(lang, "figures.silent_since", services=service, since=since) in earlier


@pytest.mark.parametrize("lang", LANGUAGES)
def test_at_a_glance_says_what_is_withheld_and_who_stands_behind_the_rest(
    opened: release.Release, lang: Language
) -> None:
    page = draw("", lang=lang, period="2026-27").text
    assert page.count(say(lang, "figures.verdict_service_missing")) >= 2
    area = opened.areas[0]
    lines = {agreement.line(opened, area, each, lang) for each in trust.doubted(opened, area, "2026-27")}
    assert lines == {""}
    assert say(lang, "trust.line_self_reported") in page
    assert say(lang, "trust.line_independently_checked") in page


# The past


@pytest.mark.parametrize("slug", [entry.slug for entry in menu.PAGES if entry.needs_data])
def test_every_page_of_figures_says_that_it_shows_the_past(opened: release.Release, months: Path, slug: str) -> None:
    lang = LANGUAGES[len(slug) % len(LANGUAGES)]  # both, and each page once
    then = release.publications(months)[1]
    day = words.long_date(lang, then.published_at.date())
    notice = say(lang, "frame.past", number=2, day=day)
    assert notice in draw(slug, lang=lang, **{"as": "2"}).text


def test_the_newest_publication_is_not_called_the_past(opened: release.Release) -> None:
    text = say("en", "frame.to_newest")
    assert text in draw("trust", **{"as": "1"}).text
    for asked in ("3", "9", "soon"):
        assert text not in draw("trust", **{"as": asked}).text


def test_any_two_publications_can_be_compared_by_address(opened: release.Release, months: Path) -> None:
    first = release.publications(months)[0]
    published = words.long_date("en", first.published_at.date())
    page = draw("changed", **{"from": "1", "as": "2"}).text
    assert say("en", "since.chosen", number=1, published=published) in page
    found = differences.between(1, 2, opened.areas[0].code)
    assert len(found.restated) == 41
    assert differences.summary(found, "en")[1] in page
    chosen = say("en", "since.chosen", number=1, published=published)
    for asked in ({"from": "2", "as": "2"}, {"from": "3", "as": "2"}, {"from": "x"}):
        assert chosen not in draw("changed", **asked).text


def test_rows_are_shown_case_by_case_only_when_asked_for(opened: release.Release, months: Path) -> None:
    drawn = draw("changed", **{"from": "1", "as": "2"})
    rows = release.open(months, 2, "cases").rows("cases")
    assert not any(row["case_id"] in drawn.text for row in rows)
    drawn.app.button(key="by_case").click().run()
    text = text_of(drawn.app)
    assert sum(row["case_id"] in text for row in rows) > 10
    for key in ("came", "vanished", "row_added"):
        assert say("en", f"since.{key}") in text
