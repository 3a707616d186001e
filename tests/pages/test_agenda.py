"""Board questions, the findings replayed, and the watch list: what they say of the 2011 sample, in both languages."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from assurance import release
from assurance.words import LANGUAGES, Language, say
from pages.parts import choices, menu, waiting
from tests.drawing import draw


@pytest.fixture
def sample(store: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SAFEGUARDING_STORE", str(store))
    return store


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_question_stands_on_its_page_in_order_with_an_answer(sample: Path, lang: Language) -> None:
    text, opened = draw("questions", lang=lang).text, release.open(sample)
    places = [text.index(f"{each.number}. {each.text[lang]}") for each in opened.questions]
    assert places == sorted(places)
    assert len(places) == 22
    assert opened.definitions["joint_advice_not_followed"].answer["some"][lang].format(n=3) in text


def test_what_safeguard_is_in_place_is_part_of_the_answer(sample: Path) -> None:
    for slug in ("questions", "live-risk"):
        text = draw(slug, lang="en", period="all").text
        told = "Suspended from work: 1; Alternative to suspension: 1; No decision on record: 1"
        assert f"Safeguard in place, as at 31 July 2011: {told}." in text


@pytest.mark.parametrize(("lang", "month"), [("en", "November 2007"), ("cy", "Tachwedd 2007")])
def test_each_finding_has_its_page_its_figure_and_the_month_it_would_have_been_seen(
    sample: Path, lang: Language, month: str
) -> None:
    text, opened = draw("replay", lang=lang).text, release.open(sample)
    assert all(f"{each.number}. {each.text[lang]}" in text for each in opened.findings)
    page = menu.name(lang, menu.named("advice"))
    assert say(lang, "agenda.first_shown", page=page, month=month, n="3") in text
    assert say(lang, "agenda.published_on") in text


def test_the_watch_list_is_what_the_address_says(sample: Path) -> None:
    opened = release.open(sample)
    text = draw("watch", lang="en", watch="K20,K31,K999").text
    on, off = opened.definitions["joint_advice_not_followed"], opened.definitions["advice_sought"]
    assert say("en", "watch.remove", id=on.id, title=on.title["en"]) in text
    assert say("en", "watch.add", id=off.id, title=off.title["en"]) in text
    assert on.review["owner"]["en"] in text.partition(say("en", "watch.owners"))[2]
    assert say("en", "watch.empty") in draw("watch", lang="en").text


def test_the_list_goes_along_to_every_page(sample: Path) -> None:
    assert choices.valid({"watch": "K20,K20,K999,K31"}).watch == ("K20", "K31")
    drawn = draw("advice", lang="en", watch="K20,K31").app
    links = [
        link for each in drawn.main if each.type == "html" for link in re.findall(r'href="([^"]*)"', each.proto.body)
    ]
    assert all("watch=K20%2CK31" in link for link in links if link.startswith("/"))
    assert any(link.startswith("/trust?") for link in links)


def test_what_waits_is_told_with_its_owner_and_overdue_reviews_are(
    sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = release.open(sample)
    chosen = choices.valid({"lang": "en"})
    monkeypatch.setattr(choices, "current", lambda: chosen)
    before, after = (waiting.told(opened, opened.areas[0], chosen, day) for day in (date(2027, 5, 1), date(2027, 5, 2)))
    assert "Owner: Director of social services" in before
    assert "8 of them past the due date" in before
    overdue = say("en", "watch.reviews_overdue", n=len(opened.definitions), ids="").partition("(")[0]
    assert overdue not in before
    assert overdue.strip() in after
