"""A correction that has come to its end is named on every page of figures, and in the register."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assurance import release
from assurance.entries import Correction, Entry
from assurance.words import LANGUAGES, Language, say
from pipelines.store import Store
from tests.drawing import draw

BOTH = {"en": "Mistyped.", "cy": "Camgymeriad teipio."}
CELL = Correction("cases", "", "outcome_code", "UNF", date(2011, 7, 30))
ENTRY = Entry(
    7, "corrections", date(2011, 6, 1), "X06000009", "", BOTH, BOTH, "Analyst", date(2011, 6, 1), correction=CELL
)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("until", "is_told"), [(date(2011, 7, 30), True), (date(2011, 7, 31), False)])
def test_an_expired_correction_is_told_on_a_page_of_figures(
    own_store: Store, lang: Language, until: date, is_told: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = replace(ENTRY, agreed_by="Chair", agreed_on=date(2011, 6, 2), correction=replace(CELL, until=until))
    shown = release.open(own_store.path)
    monkeypatch.setattr(shown, "entries", (entry,))
    monkeypatch.setenv("SAFEGUARDING_STORE", str(own_store.path))
    drawn = draw("timeliness", lang=lang)
    assert (say(lang, "frame.corrections_expired", n="1") in drawn.text) is is_told
