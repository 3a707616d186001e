"""Would we have seen it? Each finding of 2011, the figure that shows it in this data, and the month it first would."""

from __future__ import annotations

from collections.abc import Iterable

from assurance import figures, period, replay, words
from assurance.indicator import Definition
from assurance.release import Publication, Release
from assurance.replay import Seen
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
    found = figures.at_once(shown, area, period.ALL)
    known = answering.every_fact(shown, area, period.ALL)
    seen, parts = [], []
    for item in shown.findings:
        own = {slug: replay.first_seen(shown, shown.definitions[slug], area) for slug in item.indicators}
        first = _first(own.values())
        seen += [first] if any(own.values()) else []
        told = {slug: _told(shown.definitions[slug], each, lang) for slug, each in own.items() if each}
        rows = answering.of(item, shown, found, known, lang, period=period.ALL)
        parts += [
            html.section(say(lang, "agenda.numbered", number=item.number, text=item.text[lang])),
            html.subtitle(say(lang, "agenda.published", source=item.source)),
            html.paragraph(_when(first, any(own.values()), bool(item.facts), lang)),
            html.answers([(*each[:3], told.get(slug, "")) for slug, each in rows]),
        ]
    published = html.subtitle(say(lang, "agenda.published_on"))
    care = html.note(say(lang, "agenda.replay_care"))
    return "".join([html.answer(_answer(seen, len(shown.findings), lang)), published, care, *parts])


def _answer(seen: list[str], findings: int, lang: Language) -> str:
    """Of how many findings anything is seen, and since when; ``seen``: the first month of each, empty where unknown."""
    months = [each for each in seen if each]
    if not months:
        return say(lang, "agenda.unseen")
    n, of = words.number(lang, len(seen)), words.number(lang, findings)
    return say(lang, "agenda.seen", n=n, N=of, month=period.label(min(months), lang))


def _first(seen: Iterable[Seen | None]) -> str:
    """The first month; empty if there is none."""
    return min((each.month for each in seen if each and each.month), default="")


def _told(definition: Definition, seen: Seen, lang: Language) -> str:
    """Where, since when and how often it showed."""
    page, n = answering.page_of(definition, lang), words.number(lang, seen.n)
    if seen.month is None:
        return say(lang, "agenda.shown_undated", page=page, n=n)
    return say(lang, "agenda.first_shown", page=page, month=period.label(seen.month, lang), n=n)


def _when(first: str, is_seen: bool, has_facts: bool, lang: Language) -> str:
    if first:
        return say(lang, "agenda.first_seen", month=period.label(first, lang))
    if is_seen:
        return say(lang, "agenda.seen_undated")
    return say(lang, "agenda.from_the_start" if has_facts else "agenda.not_seen")
