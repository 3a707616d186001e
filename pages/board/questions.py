"""What does a board ask, and what is the answer today? The questions in their order, usable as an agenda."""

from __future__ import annotations

from assurance import figures, words
from assurance.agenda import Item
from assurance.release import Publication, Release
from assurance.words import say
from pages.parts import answering, choices, html, opened


def page() -> None:
    shown = choices.current_release()
    html.show(_drawn(shown.publication, shown, choices.current()))


@opened.kept
def _drawn(publication: Publication, shown: Release, chosen: choices.Choices) -> str:
    lang, area = chosen.lang, shown.area(chosen.area)
    if not shown.questions:
        return html.empty(say(lang, "agenda.older"))
    found = figures.at_once(shown, area, chosen.period)
    known = answering.every_fact(shown, area, chosen.period)

    def told(item: Item) -> str:
        title = say(lang, "agenda.numbered", number=item.number, text=item.text[lang])
        rows = [each for _, each in answering.of(item, shown, found, known, lang, period=chosen.period)]
        way = answering.page_link(item.page, lang) if item.page else ""
        return html.section(title) + html.answers(rows) + way

    intro = say(lang, "agenda.intro", n=words.number(lang, len(shown.questions)))
    return html.paragraph(intro) + "".join(told(item) for item in shown.questions)
