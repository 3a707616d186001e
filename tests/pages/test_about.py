"""The guide says the same in both languages, in the words of the app, and marks what a council is to complete."""

from __future__ import annotations

import re
from itertools import pairwise, product
from pathlib import Path

import pytest

from assurance.words import LANGUAGES, Language
from pages.parts import guide, menu
from pipelines import translators
from tests.conftest import ROOT
from tests.drawing import draw

MARK = {"en": "[The council completes this: ", "cy": "[Y cyngor i gwblhau hyn: "}


def text(name: str, lang: Language) -> str:
    return (ROOT / "docs" / "guide" / f"{name}.{lang}.md").read_text("utf-8")


@pytest.mark.parametrize(("name", "lang"), product(guide.NAMES, LANGUAGES))
def test_each_text_is_written_with_headings_that_do_not_jump(name: str, lang: Language) -> None:
    levels = [int(level) for level in re.findall(r"<h(\d)", guide.written(name, lang))]
    assert levels[0] == 3  # under the page's h1 and the section's h2
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


@pytest.mark.parametrize("name", guide.NAMES)
def test_both_languages_have_the_same_parts_and_the_same_gaps_for_the_council(name: str) -> None:
    shapes = [re.findall(r"^(###|- |\d\. )", text(name, lang), re.MULTILINE) for lang in ("en", "cy")]
    assert shapes[0] == shapes[1]
    marks = [text(name, lang).lower().count(MARK[lang].lower()) for lang in ("en", "cy")]
    assert marks[0] == marks[1]
    assert text(name, "en").count("[") == marks[0]
    assert not set(text(name, "en").splitlines()) & set(text(name, "cy").splitlines()) - {""}


@pytest.mark.parametrize("name", guide.NAMES)
def test_the_welsh_keeps_to_the_terms_of_the_field_line_by_line(name: str) -> None:
    lines = [text(name, lang).splitlines() for lang in ("en", "cy")]
    told = [translators.Text("docs/guide", name, en, cy) for en, cy in zip(*lines, strict=True)]
    assert [(term.says, each.cy) for each in told for term in translators.breaks(each)] == []


TERM = re.compile(r"^- \*\*(.+?)\*\* \((.+?)\): (.+)$", re.MULTILINE)


def test_the_glossary_has_each_term_in_both_languages_and_in_two_sentences_at_most() -> None:
    english, welsh = (TERM.findall(text("glossary", lang)) for lang in ("en", "cy"))
    assert len(english) == text("glossary", "en").count("\n- ") > 35
    pairs = [[(term.lower(), other.lower()) for term, other, _ in each] for each in (english, welsh)]
    assert pairs[0] == [(other, term) for term, other in pairs[1]]
    assert len(pairs[0]) == len(set(pairs[0]))
    for _, _, says in english + welsh:
        assert len(re.findall(r"[.?!](?= |$)", says)) <= 2, says


def test_the_glossary_names_things_as_the_app_does() -> None:
    terms = {term.lower(): other.lower() for term, other, _ in TERM.findall(text("glossary", "en"))}
    named: dict[str, set[str]] = {}
    for each in translators.texts():
        named.setdefault(each.en.lower(), set()).add(each.cy.lower())
    shared = terms.keys() & named.keys()
    assert {"substantiated", "malicious", "settlement agreement", "release", "too few to judge"} <= shared
    assert {term: terms[term] for term in shared if terms[term] not in named[term]} == {}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_guide_is_two_pages_and_the_easy_read_is_easy(lang: Language) -> None:
    assert 700 <= len(text("board_member", lang).split()) <= 950
    sentences = re.split(r"[.?!:]\s", re.sub(r"\*\*\[.*", "", text("easy_read", lang)))
    assert max(len(each.split()) for each in sentences) <= 16


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_guide_uses_the_app_s_own_words(lang: Language) -> None:
    messages = {each.name: each for each in translators.texts()}
    told = text("board_member", lang).lower().replace("’", "'")
    for name in (
        "pages.is_it_changing", "pages.against_target", "judgement.variation_improving",
        "judgement.variation_getting_worse", "judgement.variation_no_change", "judgement.variation_too_early",
        "judgement.assurance_will_meet", "judgement.assurance_will_miss", "judgement.assurance_hit_or_miss",
        "judgement.variation_not_recorded", "judgement.rests_on", "frame.how_worked_out",
    ):  # fmt: skip
        assert getattr(messages[name], lang).lower().replace("’", "'") in told, name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_guide_says_what_each_page_of_the_board_answers(lang: Language) -> None:
    told = text("board_member", lang).replace("’", "'")
    pages = [entry for entry in menu.PAGES if entry.group != "work"]
    assert len(pages) > 10
    named = [menu.name(lang, entry).replace("’", "'") for entry in pages]
    assert [name for name in named if f"**{name}**" not in told] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_holds_all_of_them_also_before_anything_is_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: Language
) -> None:
    monkeypatch.setenv("SAFEGUARDING_STORE", str(tmp_path / "store"))
    shown = draw("about", lang=lang).text
    for name in guide.NAMES:
        first = re.search(r"### (.+)", text(name, lang))
        assert first is not None
        assert first[1] in shown


def test_html_in_a_text_is_shown_and_not_run() -> None:
    import mistune

    assert "<script" not in mistune.create_markdown(escape=True)("<script>x</script>")
