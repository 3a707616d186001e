"""Would we have seen it? Each finding of 2011, the figure that shows it in this data, and the month it first would."""

from __future__ import annotations

from assurance import period, replay, words
from assurance.agenda import Item
from assurance.release import Area, Publication, Release
from assurance.words import Language, say
from pages.parts import answering, choices, html, opened


def page() -> None:
    shown = choices.current_release()
    html.show(_drawn(shown.publication, shown, choices.current()))


@opened.kept
def _drawn(publication: Publication, shown: Release, chosen: choices.Choices) -> str:
    lang, area = chosen.lang, shown.area(chosen.area)
    if not shown.findings:
        return html.empty(say(lang, "agenda.older"))
    found = answering.every_figure(shown, area, period.ALL)
    known = answering.every_fact(shown, area, period.ALL)
    months, parts = [], []
    for item in shown.findings:
        first, told = _told(item, shown, area, lang)
        rows = answering.of(item, shown, found, known, lang)
        months += [first] if first else []
        parts += [
            html.section(say(lang, "agenda.numbered", number=item.number, text=item.text[lang])),
            html.subtitle(say(lang, "agenda.published", source=item.source)),
            html.paragraph(_when(first, bool(item.facts), lang)),
            html.answers([(*each[:3], told.get(slug, "")) for slug, each in rows]),
        ]
    answer = _answer(months, len(shown.findings), lang)
    published = html.subtitle(say(lang, "agenda.published_on"))
    return "".join([html.answer(answer), published, html.note(say(lang, "agenda.replay_care")), *parts])


def _answer(months: list[str], findings: int, lang: Language) -> str:
    """Of how many findings anything is seen, and since when."""
    if not months:
        return say(lang, "agenda.unseen")
    n, of = words.number(lang, len(months)), words.number(lang, findings)
    return say(lang, "agenda.seen", n=n, N=of, month=_month(min(months), lang))


def _told(item: Item, shown: Release, area: Area, lang: Language) -> tuple[str, dict[str, str]]:
    """The first month (empty if there is none) and of each indicator when and how often it showed."""
    first, told = "", {}
    for slug in item.indicators:
        if slug not in shown.definitions:
            continue
        seen = replay.first_seen(shown, shown.definitions[slug], area)
        if seen is not None:
            first = min(filter(None, (first, seen.month)))
            told[slug] = say(
                lang,
                "agenda.first_shown",
                page=answering.page_of(shown.definitions[slug], lang),
                month=_month(seen.month, lang),
                n=words.number(lang, seen.n),
            )
    return first, told


def _when(first: str, has_facts: bool, lang: Language) -> str:
    if first:
        return say(lang, "agenda.first_seen", month=_month(first, lang))
    return say(lang, "agenda.from_the_start" if has_facts else "agenda.not_seen")


def _month(code: str, lang: Language) -> str:
    return period.label(code, lang)
