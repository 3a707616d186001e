"""What waits for somebody to act: children at risk, what has to be explained, what is overdue, what nobody agreed to.

Each line says what, where to look, and who owns it. Refuses to say that nothing waits where data lacks.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from assurance import figures, period, replay, sentence, words
from assurance.figures import Figure
from assurance.release import Area, Release
from assurance.words import Language, say
from pages.parts import choices, html, menu, opened

_MEASURES: Final = (
    "live_risk", "joint_advice_not_followed", "left_before_risk_assessed", "override_rationale_recorded",
    "actions_overdue", "referred_back_open",
)  # fmt: skip
"""In the order of what a child may suffer from its waiting."""


def told(shown: Release, area: Area, chosen: choices.Choices, today: date) -> str:
    """A list, each line with its page; that nothing waits, where nothing does."""
    lang = chosen.lang
    rows = [*_measured(shown, area, chosen), *_reviews(shown, today, lang), *_proposed(lang)]
    return html.answers(rows) or html.paragraph(say(lang, "watch.nothing_waits"))


def _measured(shown: Release, area: Area, chosen: choices.Choices) -> Iterator[tuple[str, str, str, str]]:
    wanted = [shown.definitions[slug] for slug in _MEASURES if slug in shown.definitions]
    for (figure,) in figures.steps(shown, wanted, area, [period.ALL]).values():
        if figure.lacks_data or _waits(figure):
            yield _line(figure, chosen.lang)


def _waits(figure: Figure) -> bool:
    return any(figure.states.get(state, 0) for state in replay.amiss(figure.definition))


def _line(figure: Figure, lang: Language) -> tuple[str, str, str, str]:
    definition = figure.definition
    name = say(lang, "pages.definition_of", id=definition.id, title=definition.title[lang])
    owner = say(lang, "watch.owned_by", owner=definition.review["owner"][lang])
    return (
        sentence.finding(figure, lang),
        name,
        choices.address(menu.named(definition.section).path, period=period.ALL),
        owner,
    )


def _reviews(shown: Release, today: date, lang: Language) -> Iterator[tuple[str, str, str, str]]:
    late = [each.id for each in shown.definitions.values() if each.review["next"] < today]
    if late:
        told = say(lang, "watch.reviews_overdue", n=words.number(lang, len(late)), ids=", ".join(late))
        page = menu.named("definitions")
        yield told, menu.name(lang, page), choices.address(page.path), ""


def _proposed(lang: Language) -> Iterator[tuple[str, str, str, str]]:
    waiting = [each for each in opened.entries() if each.state == "proposed"]
    if waiting:
        page = menu.named("register")
        told = say(lang, "watch.entries_wait", n=words.number(lang, len(waiting)))
        yield told, menu.name(lang, page), choices.address(page.path), ""
