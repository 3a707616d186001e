"""What changed since the last meeting is told on its page and at a glance; notes and rebases stand in the charts."""

from __future__ import annotations

import shutil
from html import escape
from pathlib import Path
from typing import Any

import pytest
import streamlit as st

from assurance import figures, period, release, series, words
from assurance.words import LANGUAGES, Language, say
from pages.parts import changes, differences, gaps, limits, look, noted, pictures
from tests.drawing import draw

ALL = "all"


@pytest.fixture
def opened(met: Path, monkeypatch: pytest.MonkeyPatch) -> release.Release:
    monkeypatch.setenv("SAFEGUARDING_STORE", str(met))
    st.cache_resource.clear()
    return release.open(met)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_names_what_is_different_and_at_a_glance_leads_to_it(opened: release.Release, lang: Language) -> None:
    found = differences.found(opened, opened.areas[0].code)
    page = draw("changed", lang=lang).text
    for sentence in differences.summary(found, lang):
        assert sentence in page
    for each in found.entries:
        assert noted.line(each, lang) in page
    for each in found.restated:
        assert each.now.definition.title[lang] in page
    glance = draw("", lang=lang).text
    assert say(lang, "since.title") in glance
    assert differences.summary(found, lang)[0] in glance


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_different_is_told_as_nothing(opened: release.Release, lang: Language) -> None:
    from assurance import since

    same = since.of(opened, opened, opened.areas[0])
    assert differences.summary(same, lang)[-1] == say(lang, "since.nothing")
    for told, nothing in (
        (differences.signals(same, lang), "signals_none"),
        (differences.turned(same, lang), "turned_none"),
        (differences.restated(same, lang), "restated_none"),
        (differences.entries(opened, same, lang), "entries_none"),
        (differences.redefined(same, lang), "redefined_none"),
    ):
        assert escape(say(lang, f"since.{nothing}")) in told


@pytest.mark.parametrize("lang", LANGUAGES)
def test_at_a_glance_stands_though_the_publication_compared_with_is_damaged(
    met: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: Language
) -> None:
    store = Path(shutil.copytree(met, tmp_path / "store"))
    earlier = store / "releases" / release.publications(store)[0].release
    (earlier / "restricted" / "counts.parquet").write_bytes(b"damaged")
    monkeypatch.setenv("SAFEGUARDING_STORE", str(store))
    page = draw("", lang=lang).text
    assert words.say(lang, "frame.error_title") not in page
    assert release.open(store).at_a_glance[0].title[lang] in page
    assert words.say(lang, "load.damaged", name=earlier.name[:12]) in page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_first_publication_says_that_it_is_the_first(
    store: Path, monkeypatch: pytest.MonkeyPatch, lang: Language
) -> None:
    monkeypatch.setenv("SAFEGUARDING_STORE", str(store))
    st.cache_resource.clear()
    assert say(lang, "since.first") in draw("changed", lang=lang).text


def received(opened: release.Release) -> tuple[release.Area, figures.Figure, series.Series]:
    area, definition = opened.areas[0], opened.definitions["reports_received"]
    return (
        area,
        figures.figure(opened, definition, area, ALL),
        series.of(opened, [definition], area, ALL)[definition.slug],
    )


def test_a_rebase_is_drawn_and_the_chart_without_it_stands_beside(opened: release.Release) -> None:
    area, whole, over_time = received(opened)
    judged = changes.of(opened, area, whole, over_time, "en")
    notes = noted.of(opened, whole.definition, area, whole.period_to)
    told = judged.sentences
    with_it, without = pictures._over_time(over_time, told, area, "en", look.LIGHT, False, notes)
    labels = [each.text for each in with_it.figure.layout.annotations]
    assert say("en", "charts.rebased") in labels
    assert "1" in labels  # the note's number
    assert len(with_it.figure.layout.shapes) == 2
    assert say("en", "charts.rebased") not in [each.text for each in without.figure.layout.annotations]
    assert say("en", "charts.key_without") in without.key
    assert say("en", "charts.key_without") in without.alternative
    assert any("Without such a decision it would read" in sentence for sentence in told)


def test_the_note_stands_at_its_day_within_its_month(opened: release.Release) -> None:
    area, whole, over_time = received(opened)
    notes = noted.of(opened, whole.definition, area, whole.period_to)
    picture = limits.xmr(over_time, [], area, "en", look.LIGHT, False, notes).figure
    at = next(at for at, step in enumerate(over_time.steps) if step.period == "2026-02")
    place = next(each.x for each in picture.layout.annotations if each.text == "1")
    assert at - 0.5 < place < at + 0.5


@pytest.mark.parametrize("lang", LANGUAGES)
def test_under_the_chart_the_note_and_the_rebase_are_told_with_who_stands_behind_them(
    opened: release.Release, lang: Language
) -> None:
    page = draw("cohort", lang=lang, period=ALL).text
    for each in opened.entries:
        if each.register != "meetings":
            assert noted.line(each, lang) in page
            assert words.long_date(lang, each.on) in page


def test_a_note_is_drawn_between_rare_events_too(opened: release.Release) -> None:
    area, definition = opened.areas[0], opened.definitions["joint_advice_not_followed"]
    events: Any = series.events(opened, definition, area, ALL)
    notes = noted.of(opened, definition, area, events[1])
    drawn = gaps.drawn(definition, *events, area, "en", look.LIGHT, False, notes)
    if len(events[0]) <= gaps.MIN_GAPS:
        pytest.fail("the sample has too few events to draw")
    assert drawn is not None
    assert "1" in [each.text for each in drawn.figure.layout.annotations]
    assert say("en", "charts.key_notes") in drawn.key


def test_a_note_of_another_area_or_a_later_day_is_not_shown(opened: release.Release) -> None:
    area, whole, _ = received(opened)
    early = period.last_day(period.parse("2025-12")[0])
    assert noted.of(opened, whole.definition, area, early) == []
