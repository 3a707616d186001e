"""Every question of the board and every finding of 2011 has its place: an indicator, a page, a figure in the sample."""

from __future__ import annotations

from pathlib import Path

import pytest

from assurance import facts, figures, period, release, replay, since
from assurance.agenda import Item
from assurance.release import Release
from assurance.words import LANGUAGES
from pages.parts import menu
from pipelines import questions_page

QUESTIONS, FINDINGS = 22, 13
"""As many questions, and as many findings before those told beside them, as the domain's own lists have."""


@pytest.fixture(scope="module")
def opened(store: Path) -> Release:
    return release.open(store)


def items(opened: Release) -> list[Item]:
    return [*opened.questions, *opened.findings]


def test_there_are_all_questions_and_all_findings_in_both_languages(opened: Release) -> None:
    assert len(opened.questions) == QUESTIONS
    assert len(opened.findings) >= FINDINGS
    assert all(each.source for each in opened.findings)
    assert all(each.text[lang].strip() for each in items(opened) for lang in LANGUAGES)


def test_each_is_answered_by_something_that_has_a_page(opened: Release) -> None:
    for each in items(opened):
        assert each.indicators or each.facts, each.text["en"]
        assert {*each.indicators} <= {*opened.definitions}, each.text["en"]
        assert {*each.facts} <= {*facts.IDS}, each.text["en"]
        pages = [opened.definitions[slug].section for slug in each.indicators] + ([each.page] if each.page else [])
        assert all(menu.named(page) for page in pages)
    assert all(menu.named(facts.Fact(name, 0).page) for name in facts.IDS)


def test_each_has_a_figure_on_the_2011_sample(opened: Release) -> None:
    area = opened.areas[0]
    known = facts.of(opened, area, period.ALL, len(since.of(opened, opened, area).restated))
    for each in items(opened):
        shown = [figures.figure(opened, opened.definitions[slug], area, period.ALL) for slug in each.indicators]
        has_figure = any(figure.n is not None and sum(figure.states.values()) for figure in shown)
        assert has_figure or any(known[name].n is not None for name in each.facts), each.text


@pytest.mark.parametrize(
    ("slug", "states"),
    [
        ("referred_back", {"yes": 6, "no": 8, "not_known": 0}),
        ("audit_found_immediate_risk", {"yes": 3, "no": 11, "not_known": 0}),
        ("live_risk", {"open": 3, "not_measurable": 0}),
        ("strategy_record_on_file", {"yes": 32, "no": 8}),
        ("left_before_risk_assessed", {"occurred": 4}),
        ("joint_decision_carried_out", {"yes": 1, "no": 11, "not_known": 0}),
        ("joint_advice_not_followed", {"occurred": 3}),
    ],
)
def test_the_findings_that_were_published_are_the_figures(opened: Release, slug: str, states: dict[str, int]) -> None:
    found = figures.figure(opened, opened.definitions[slug], opened.areas[0], period.ALL).states
    assert {state: found[state] for state in states} == states


def test_the_month_a_finding_is_first_seen_in_is_that_of_its_first_case(opened: Release) -> None:
    seen = replay.first_seen(opened, opened.definitions["joint_advice_not_followed"], opened.areas[0])
    assert seen is not None
    assert (seen.month, seen.n, seen.N) == ("2007-11", 3, None)
    assert replay.first_seen(opened, opened.definitions["time_to_decision"], opened.areas[0]) is None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_of_the_docs_is_current(opened: Release, lang: str) -> None:
    path = questions_page.PAGES[lang]  # type: ignore[index]
    assert path.read_text() == questions_page.written(opened, lang), "make documents"  # type: ignore[arg-type]
