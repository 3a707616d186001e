"""A sentence says what its figure says, knows when there is nothing to say, and says it in both languages."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assurance import figures, release, sentence, words
from assurance.figures import Figure
from assurance.words import LANGUAGES


@pytest.fixture(scope="module")
def opened(store: Path) -> release.Release:
    return release.open(store)


def of(opened: release.Release, slug: str, code: str) -> Figure:
    return figures.figure(opened, opened.definitions[slug], opened.areas[0], code)


def test_the_sample_reads_as_it_was_published(opened: release.Release) -> None:
    override, discussion = (
        of(opened, each, "all") for each in ("joint_advice_not_followed", "strategy_discussion_in_time")
    )
    assert sentence.answer(override, "en").startswith("In 3 cases the police and social services both advised")
    assert sentence.answer(override, "cy").startswith("Mewn 3 achos")
    assert "11 of 25 cases (44%)." in sentence.answer(discussion, "en")
    assert "11 o 25 achos (44%)." in sentence.answer(discussion, "cy")


def test_fewer_than_ten_are_counted_and_not_judged(opened: release.Release) -> None:
    few = of(opened, "strategy_discussion_in_time", "2007-2008")
    assert (few.n, few.N, few.value, few.withheld) == (2, 5, None, "too_few")
    assert sentence.answer(few, "en").endswith("2 of 5 cases. Too few to judge.")
    assert sentence.answer(few, "cy").endswith("2 o 5 achos. Rhy ychydig i farnu.")
    assert all("%" not in sentence.answer(few, lang) + sentence.value(few, lang) for lang in LANGUAGES)


def test_one_none_and_nothing_to_measure_have_sentences_of_their_own(opened: release.Release) -> None:
    override = of(opened, "joint_advice_not_followed", "all")
    assert sentence.answer(replace(override, n=1), "en").startswith("In one case ")
    assert sentence.answer(replace(override, n=0), "en").startswith("No case was found")
    nothing = of(opened, "strategy_discussion_in_time", "2011-Q2")
    assert sentence.answer(nothing, "en") == "No case in this period can be measured yet."
    assert sentence.answer(nothing, "cy") == "Ni ellir mesur unrhyw achos yn y cyfnod hwn eto."


def test_what_is_left_out_of_a_figure_is_said(opened: release.Release) -> None:
    whole = of(opened, "strategy_discussion_in_time", "all")
    told = sentence.answer(replace(whole, states={**whole.states, "too_recent": 2, "not_measurable": 1}), "en")
    assert "Not counted yet because their limit has not passed: 2." in told
    assert "Cannot be measured because a date is missing or impossible: 1." in told
    live = of(opened, "live_risk", "all")
    told = sentence.answer(replace(live, states={**live.states, "not_measurable": 1}), "en")
    assert told.endswith("immediate risk to children. Cannot be measured because a date is missing or impossible: 1.")


def test_what_is_open_is_told_and_is_not_left_out(opened: release.Release) -> None:
    back = of(opened, "referred_back_open", "all")
    assert sentence.answer(back, "en").endswith("4 cases that had been sent back were not settled.")
    assert "Cannot be measured" in sentence.answer(replace(back, states={**back.states, "not_measurable": 1}), "en")


def test_a_figure_without_its_tables_says_so_and_shows_no_number(opened: release.Release) -> None:
    override = of(opened, "joint_advice_not_followed", "all")
    withheld = replace(override, states={}, n=None, value=None, verdict=None, withheld="not_supplied")
    assert sentence.answer(withheld, "en").startswith("Withheld: ")
    assert sentence.value(withheld, "en") == "–"


def test_nearly_all_is_not_all_and_nearly_none_is_not_none() -> None:
    assert [sentence.percent(each, "en") for each in (0, 0.2, 44.4, 99.8, 100)] == ["0%", "1%", "44%", "99%", "100%"]


def test_the_alternative_text_has_the_numbers_of_the_picture(opened: release.Release) -> None:
    definition, area = opened.definitions["strategy_discussion_in_time"], opened.areas[0]
    steps = figures.over(opened, definition, area, ["2007-2008", "2008-2009"])
    told = sentence.alternative(steps, area, "en")
    assert "April 2007 to March 2008 2 of 5; April 2008 to March 2009 3 of 6" in told


def test_names_are_listed_without_a_conjunction_that_would_change_them_in_welsh() -> None:
    names = ["heddlu", "addysg", "cyngor"]
    assert words.listed("en", names) == "heddlu, addysg and cyngor"
    assert words.listed("cy", names) == "heddlu, addysg, cyngor"
