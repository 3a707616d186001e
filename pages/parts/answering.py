"""What answers a question of the board or shows a finding: sentences from figures and facts, each with its page.

Refuses to judge: a sentence says what the figure says, and where to look.
"""

from __future__ import annotations

from assurance import facts, figures, sentence, words
from assurance.agenda import Item
from assurance.errors import Refused
from assurance.facts import Fact
from assurance.figures import Figure
from assurance.indicator import Definition
from assurance.release import Area, Release
from assurance.words import Language, say
from pages.parts import choices, differences, html, menu, opened

Told = tuple[str, str, str, str]
"""A sentence, the name of what it comes from, that page's address, and small print."""


def every_fact(shown: Release, area: Area, code: str) -> dict[str, Fact]:
    """The facts of the data, by name; restated against the publication before."""
    return facts.of(shown, area, code, _restated(shown, area))


def _restated(shown: Release, area: Area) -> int | None:
    """How many figures read otherwise than in the publication before; None where none can be compared with."""
    earlier = [each.number for each in opened.publications() if each.number < shown.publication.number]
    try:
        if not earlier or area.code not in {each.code for each in opened.open_release(earlier[-1]).areas}:
            return None
        return len(differences.between(earlier[-1], shown.publication.number, area.code).restated)
    except Refused:  # it is damaged, and the pages of figures still stand
        return None


def of(
    item: Item, shown: Release, found: dict[str, Figure], known: dict[str, Fact], lang: Language, *, period: str
) -> list[tuple[str, Told]]:
    """Each answer with its indicator's slug (a fact's is empty); its page opens on the period of its figures."""
    told = [(slug, _figure(found[slug], shown, lang, period)) for slug in item.indicators if slug in found]
    return [*told, *[("", _fact(known[name], shown, lang)) for name in item.facts]]


def _figure(figure: Figure, shown: Release, lang: Language, period: str) -> Told:
    """The answer as its page gives it, with what is left out of it."""
    definition, headline, more = figure.definition, None, []
    if definition.headline or definition.stock_by == "open":
        (sheet,) = figures.sheets(shown, [definition], shown.area(figure.area), figure.period)
        headline, more = sheet.headline, sentence.open_by(sheet, shown, lang)
    told = " ".join([sentence.answer(figure, lang, headline), *more])
    name = say(lang, "pages.definition_of", id=definition.id, title=definition.title[lang])
    return told, name, choices.address(menu.named(definition.section).path, period=period), ""


def _fact(fact: Fact, shown: Release, lang: Language) -> Told:
    page = menu.named(fact.page)
    name = menu.name(lang, page)
    told = [facts.says(fact, lang), *(_silent(shown, lang) if fact.name == "supply" else [])]
    return " ".join(told), f"{fact.id}: {name}" if fact.id else name, choices.address(page.path), ""


def _silent(shown: Release, lang: Language) -> list[str]:
    """Which services sent nothing, by name."""
    known, told = shown.facts(shown.area(choices.current().area)), []
    if known.silent:
        since = words.long_date(lang, min(known.silent.values()))
        told.append(say(lang, "trust.silent", services=sentence.services(known.silent, lang), since=since))
    if known.never_sent:
        never = sentence.services(sorted(known.never_sent), lang)
        told.append(say(lang, "trust.never", services=never))
    return told


def page_of(definition: Definition, lang: Language) -> str:
    """The name of the page on which an indicator stands."""
    return menu.name(lang, menu.named(definition.section))


def page_link(page: str, lang: Language) -> str:
    """A line that leads to a page that answers as a whole."""
    entry = menu.named(page)
    return f"<p>{html.link(menu.name(lang, entry), choices.address(entry.path))}</p>"
