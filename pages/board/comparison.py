"""Is this authority different from the others beyond chance? A funnel for each measure that is compared."""

from __future__ import annotations

from assurance import comparison, period, words
from assurance.release import Publication, Release
from assurance.words import Language, say
from pages.parts import card, choices, funnels, html, look, opened


def page() -> None:
    shown, chosen = choices.current_release(), choices.current()
    if len(shown.areas) == 1:
        html.show(html.answer(say(chosen.lang, "comparison.alone")))
        return
    place = (chosen.area, chosen.period)
    cards = _cards(shown.publication, shown, place, chosen.lang, chosen.present, look.theme())
    card.show(cards, html.care(chosen.lang, say(chosen.lang, "comparison.how"), say(chosen.lang, "comparison.care")))


@opened.kept
def _cards(
    publication: Publication,
    shown: Release,
    place: tuple[str, str],
    lang: Language,
    present: bool,
    tokens: look.Tokens,
) -> list[card.Card]:
    area, code = shown.area(place[0]), place[1]
    cards = []
    for definition in shown.compared:
        found = comparison.of(shown, definition, area, code)
        picture = funnels.drawn(found, lang, tokens, present)
        values = {"title": definition.title[lang], "period": period.label(code, lang)}
        subtitle = say(lang, "comparison.subtitle", **values, n=words.number(lang, len(found.areas)))
        answer = html.answer(funnels.answer(found, lang))
        above = html.section(definition.title[lang]) + answer + html.subtitle(subtitle)
        below = html.table(subtitle, *funnels.table(found, lang), numeric=funnels.NUMERIC, caption_seen=False)
        pictures = ((html.subtitle(picture.key), picture),) if picture else ()
        cards.append(card.Card(definition.slug, above, pictures, below))
    return cards
