"""The Comparison page names who differs beyond chance and no one else, ranks nobody, and says when it cannot."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from assurance import comparison, release, trust
from assurance.comparison import Compared
from assurance.release import Release
from assurance.words import LANGUAGES, Language, say
from pages.parts import funnels, look
from tests.drawing import draw

PERIOD = "2026-27"
IVELSTRAND, BRACKENWOLD = "X06000109", "X06000102"


@pytest.fixture(scope="module")
def opened(region: Path) -> Release:
    return release.open(region)


def of(shown: Release, area: str, slug: str = "strategy_discussion_in_time") -> Compared:
    return comparison.of(shown, shown.definitions[slug], shown.area(area), PERIOD)


def test_the_one_that_was_made_to_differ_is_named_and_no_other(opened: Release) -> None:
    for definition in opened.compared:
        found = of(opened, "SAMPLE", definition.slug)
        assert found.own is None
        named = [area.code for area, _ in found.signals]
        assert named == ([IVELSTRAND] if definition.slug == "strategy_discussion_in_time" else [])


@pytest.mark.parametrize(
    ("area", "lang", "says"),
    [
        (IVELSTRAND, "en", "is lower than chance explains: worth asking about."),
        (IVELSTRAND, "cy", "yn is nag y mae siawns yn ei esbonio"),
        (BRACKENWOLD, "en", "Lower than chance explains: Ivelstrand"),
        ("SAMPLE", "en", "Lower than chance explains: Ivelstrand"),
        ("all", "cy", "Is nag y mae siawns yn ei esbonio: Ivelstrand"),
    ],
)
def test_the_answer_names_it_whoever_reads(opened: Release, area: str, lang: Language, says: str) -> None:
    assert says in funnels.answer(of(opened, area), lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_finding_is_told_as_none(opened: Release, lang: Language) -> None:
    told = funnels.answer(of(opened, "SAMPLE", "advice_sought"), lang)
    assert told in (
        "No authority differs from the others by more than chance explains.",
        "Nid oes yr un awdurdod yn wahanol i’r lleill y tu hwnt i’r hyn y mae siawns yn ei esbonio.",
    )


def test_too_few_cases_or_authorities_are_told_and_have_no_mark(opened: Release) -> None:
    found = of(opened, BRACKENWOLD)
    own = found.figures[BRACKENWOLD]
    few = replace(own, n=5, N=9, value=None, withheld="too_few")
    assert found.funnel is not None
    others = tuple(each for each in found.funnel.places if each.code != BRACKENWOLD)
    small = replace(found, figures={**found.figures, BRACKENWOLD: few}, funnel=replace(found.funnel, places=others))
    assert "5 of 9, has too few to compare." in funnels.answer(small, "en")
    drawn = funnels.drawn(small, "en", look.LIGHT, False)
    assert drawn is not None
    assert len(drawn.figure.data[-1].x) == 4
    _, rows = funnels.table(small, "en")
    assert rows[0][1:] == ["5 of 9", "–", "Too few to compare"] or rows[0][-1] == "Too few to compare"
    alone = replace(found, funnel=None)
    assert "fewer than five authorities have 10 cases" in funnels.answer(alone, "en")
    assert funnels.drawn(alone, "en", look.LIGHT, False) is None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_table_goes_by_name_and_has_every_authority(opened: Release, lang: Language) -> None:
    headers, rows = funnels.table(of(opened, "SAMPLE"), lang)
    names = [row[0] for row in rows]
    assert len(rows) == 5
    assert names == sorted(names)
    assert all(len(row) == len(headers) for row in rows)


def test_only_who_differs_and_the_reader_s_own_are_named_and_shaped(opened: Release) -> None:
    found = of(opened, BRACKENWOLD)
    drawn = funnels.drawn(found, "en", look.LIGHT, False)
    assert drawn is not None
    dots = drawn.figure.data[-1]
    symbols = dict(zip([area.code for area in found.areas], dots.marker.symbol, strict=True))
    assert {code for code, symbol in symbols.items() if symbol != "circle"} == {IVELSTRAND}
    assert symbols[IVELSTRAND] == "diamond"
    names = {each.text for each in drawn.figure.layout.annotations}
    assert {"Ivelstrand", "Brackenwold"} <= names
    assert not {"Glenharrow", "Kestrel Bay", "Millbarrow"} & names
    heights = [y for trace in drawn.figure.data for y in trace.y]
    assert 0 <= min(heights) <= max(heights) <= 100


def test_names_stand_apart_on_a_phone(opened: Release) -> None:
    found = of(opened, BRACKENWOLD)
    marks = [funnels._mark(found, area, look.LIGHT) for area in found.areas]
    texts = funnels._names(marks, marks, 100, "en", 1.0)
    boxes = []
    for text, mark in zip(texts, marks, strict=True):
        x, y = funnels._pixels(mark, 100)
        wide = 7.2 * len(text["text"])
        left = {"left": x, "right": x - wide, "center": x - wide / 2}[text["xanchor"]] + text["xshift"]
        boxes.append((left, y + text["yshift"] - 8, left + wide, y + text["yshift"] + 8))
    assert not any(a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3] for a, b in combinations(boxes, 2))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_of_one_authority_says_there_is_nothing_to_compare_with(
    monkeypatch: pytest.MonkeyPatch, store: Path, lang: Language
) -> None:
    monkeypatch.setenv("SAFEGUARDING_STORE", str(store))
    says = {"en": "There is nothing to compare with", "cy": "Nid oes dim i gymharu ag ef"}
    assert says[lang] in draw("comparison", lang=lang).text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_of_a_region_has_a_funnel_for_each_measure_compared(
    monkeypatch: pytest.MonkeyPatch, region: Path, opened: Release, lang: Language
) -> None:
    monkeypatch.setenv("SAFEGUARDING_STORE", str(region))
    page = draw("comparison", lang=lang, area=IVELSTRAND, period=PERIOD)
    assert len(page.app.get("plotly_chart")) == len(opened.compared) == 4
    assert all(each.title[lang] in page.text for each in opened.compared)


def test_the_trust_page_adds_up_what_each_authority_sent(
    opened: Release, region: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAFEGUARDING_STORE", str(region))
    assert say("en", "trust.all_sent") in draw("trust", area="all").text
    whole = trust.of(opened, opened.area("all"), "all")
    parts = [trust.of(opened, each, "all") for each in opened.areas if len(each.members) == 1]
    assert whole.listed == sum(each.listed for each in parts)
    assert whole.disagree == sum(each.disagree for each in parts)
    for at, each in enumerate(whole.agreements):
        assert each.both == sum(part.agreements[at].both for part in parts)
    assert len(whole.totals) == sum(len(each.totals) for each in parts)
