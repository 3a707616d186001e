"""Welsh texts keep to the field's terms, and the translator's list holds every text there is."""

from __future__ import annotations

import csv
import io

import pytest

from pipelines import translators
from pipelines.translators import Text, breaks, radicals, terms


def test_every_welsh_text_keeps_to_the_terms_of_the_field() -> None:
    broken = [(each.place, each.name, term.says) for each in translators.texts() for term in breaks(each)]
    assert broken == []


def test_every_term_is_met_somewhere_or_is_one_of_those_to_come() -> None:
    english = [each.en.lower() for each in translators.texts()]
    unmet = [term.says for term in terms() if not any(term.en.search(each) for each in english)]
    assert len(terms()) >= 30
    assert len(unmet) < len(terms()) / 4, unmet


@pytest.mark.parametrize(
    ("english", "welsh", "is_kept"),
    [
        ("The person was suspended.", "Ataliwyd y person dros dro o'r gwaith.", True),
        ("The person was suspended.", "Gwaharddwyd y person.", False),
        ("Suspension of staff", "Gwahardd staff dros dro: ataliad", False),
        ("Told to the police", "Dywedwyd wrth yr heddlu", True),
        ("Told to the police", "Dywedwyd wrth y glas", False),
        ("An allegation", "Yr honiadau", True),
        ("The allegation is unfounded", "Mae'r honiad yn ddi-sail", True),
        ("A concern was raised", "Codwyd pryder", True),
        ("A concern was raised", "Mynegwyd bryder", True),  # softened
        ("A concern was raised", "Mynegwyd gofid", False),
    ],
)
def test_a_term_that_is_not_kept_is_found(english: str, welsh: str, is_kept: bool) -> None:
    assert (breaks(Text("made up", "x", english, welsh)) == []) == is_kept


@pytest.mark.parametrize(
    ("mutated", "radical"),
    [("bryder", "pryder"), ("mhryder", "pryder"), ("phryder", "pryder"), ("ddiogelu", "diogelu"),
     ("weithdrefn", "gweithdrefn"), ("hataliad", "ataliad"), ("nghyfarfod", "cyfarfod"), ("risg", "rhisg")],
)  # fmt: skip
def test_a_mutated_word_may_be_its_radical(mutated: str, radical: str) -> None:
    assert radical in radicals(mutated)


def test_the_translator_s_list_in_the_repository_is_what_the_texts_make() -> None:
    made = translators.document(translators.texts())
    assert translators.LIST.read_text("utf-8") == made, "run python -m pipelines.translators"


def test_the_list_has_a_row_for_every_text_and_marks_what_no_source_settles() -> None:
    texts = translators.texts()
    header, *rows = csv.reader(io.StringIO(translators.document(texts).removeprefix("\ufeff")))
    assert len(rows) == len(texts) > 2000
    assert all(len(row) == len(header) == 5 for row in rows)
    marked = [row for row in rows if row[-1]]
    assert 20 < len(marked) < len(rows) / 2
    assert any("gwahardd" in row[-1] for row in marked)
