"""The rows behind a number are shown as its page counts them, each leads to its case, and a case is told in full."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
import streamlit as st

from assurance import case_gaps, case_record, case_words, release, timeline, words
from assurance.words import LANGUAGES, Language, say
from pages.parts import case_rows
from tests.drawing import Drawn, draw

OVERRIDDEN = "c_d773d8c85dd6c46e"
"""A case of the 2011 sample in which joint advice was not followed."""


@pytest.fixture(autouse=True)
def sample(store: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SAFEGUARDING_STORE", str(store))
    st.cache_resource.clear()
    return store


def addresses(drawn: Drawn) -> list[str]:
    """Every address of this page that the page links to."""
    bodies = [element.proto.body for element in drawn.app.main if element.type == "html"]
    return [unescape(each) for body in bodies for each in re.findall(r'href="(/cases[^"]*)"', body)]


def asked(address: str) -> dict[str, str]:
    return dict(part.split("=") for part in address.partition("?")[2].split("&"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_number_leads_to_its_rows_and_a_row_to_its_case(lang: Language) -> None:
    advice = draw("advice", lang=lang, period="all")
    assert say(lang, "cases.behind") in advice.text
    joint = next(each for each in addresses(advice) if "indicator=K20" in each and "period=all" in each)
    rows = draw("cases", **asked(joint))
    cases = [asked(each)["case"] for each in addresses(rows) if "case=" in each]
    assert len(cases) == 3 and OVERRIDDEN in cases
    case = draw("cases", **asked(next(each for each in addresses(rows) if OVERRIDDEN in each)))
    assert say(lang, "cases.case_title", case=OVERRIDDEN) in case.text
    back = [asked(each) for each in addresses(case) if "case=" not in each]
    assert {"lang": lang, "area": "X06000009", "period": "all", "indicator": "K20"} in back


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_category_of_a_table_leads_to_its_own_rows(sample: Path, lang: Language) -> None:
    timeliness = draw("timeliness", lang=lang, period="all")
    found = [each for each in addresses(timeliness) if "indicator=K3&" in each and "category=TEACHER" in each]
    drawn = draw("cases", **asked(found[0]))
    label = release.open(sample).breakdown("role_group").labels["TEACHER"][lang]
    assert f"“{label}”" in drawn.text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_case_says_its_gaps_its_days_its_clocks_and_what_it_counts_in(sample: Path, lang: Language) -> None:
    text = draw("cases", lang=lang, case=OVERRIDDEN).text
    rows = release.open(sample, audience="cases")
    record = case_record.of(rows, rows.areas[0], OVERRIDDEN)
    assert record is not None
    gaps = [case_words.gap(rows, each, lang) for each in case_gaps.of(record)]
    assert gaps and all(each in text for each in gaps)
    for clock in record.clocks:
        assert clock.counted.definition.title[lang] in text
    assert say(lang, "cases.event_less") in text
    assert say(lang, "cases.care") in text
    assert words.long_date(lang, record.row["received_on"]) in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_case_can_be_told(sample: Path, lang: Language) -> None:
    rows = release.open(sample, audience="cases")
    for row in rows.rows("cases"):
        record = case_record.of(rows, rows.areas[0], row["case_id"])
        assert record is not None
        told = [case_words.event(rows, each, lang)[0] for each in timeline.of(record)]
        told += [case_words.gap(rows, each, lang) for each in case_gaps.of(record)]
        told += [cell for each in record.clocks for cell in case_words.clock(each, lang)]
        assert len(told) > 5 and all(told)
        assert not re.search(r"\b[A-Z]{2,}_[A-Z]", " ".join(told))  # no code without its label


def test_what_the_address_asks_for_and_the_data_does_not_hold_becomes_its_default(sample: Path) -> None:
    drawn = draw("cases", indicator="K999", state="nonsense", by="shoe_size", category="13", case="c_none")
    assert not drawn.app.exception and say("en", "frame.error_title") not in drawn.text
    first = release.open(sample).at_a_glance[0]
    assert drawn.app.selectbox(key="choice_indicator").value == first.id


def test_a_box_changes_the_address_and_the_rows() -> None:
    drawn = draw("cases", indicator="K3", period="all")
    drawn.app.selectbox(key="choice_state").set_value("met").run()
    assert drawn.app.query_params["state"] == "met"
    answer = next(each.proto.body for each in drawn.app.main if each.type == "html" and "answer" in each.proto.body)
    assert "11 cases in the state" in answer


def test_another_language_and_the_menu_keep_the_case_on_show() -> None:
    drawn = draw("cases", case=OVERRIDDEN, indicator="K20")
    switch = next(each for each in addresses(drawn) if "lang=cy" in each)
    assert asked(switch)["case"] == OVERRIDDEN and asked(switch)["indicator"] == "K20"
    elsewhere = [element.proto.body for element in drawn.app.main if element.type == "html"]
    others = [each for body in elsewhere for each in re.findall(r'href="(/(?!cases)[^"]*)"', body)]
    assert others and not any("case=" in each for each in others)


def test_a_long_list_is_cut_and_says_so(northmoor: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAFEGUARDING_STORE", str(northmoor))
    st.cache_resource.clear()
    drawn = draw("cases", indicator="K49-N", period="all")
    cases = [each for each in addresses(drawn) if "case=" in each]
    assert len(cases) == case_rows.SHOWN
    rows = release.open(northmoor, audience="cases")
    more = len(rows.rows("cases")) - case_rows.SHOWN
    assert more > 0 and say("en", "cases.more", n=words.number("en", more)) in drawn.text
