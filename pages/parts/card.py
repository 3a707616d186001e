"""One indicator on a page: answer, picture, tables, how it is worked out. The same for every indicator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from assurance import figures, period, sentence, words
from assurance.figures import Figure
from assurance.indicator import DENOMINATOR, NUMERATOR, STATES, Definition
from assurance.release import Area, Publication, Release
from assurance.words import Language, say
from pages.parts import chart, choices, html, look, opened, pictures


@dataclass(frozen=True)
class Card:
    """What a card shows, ready to send: HTML above and below a picture, which a withheld figure has not."""

    above: str
    picture: go.Figure | None
    alternative: str
    below: str


def section(name: str) -> None:
    """Every indicator of a section, in order, for what the reader chose."""
    shown, chosen = choices.current_release(), choices.current()
    definitions = shown.section(name)
    for definition in definitions:
        if len(definitions) > 1:
            html.show(html.section(definition.title[chosen.lang]))
        place = (definition.slug, chosen.area, chosen.period)
        made = _card(shown.publication, shown, place, chosen.lang, chosen.present, look.theme())
        html.show(made.above)
        if made.picture is not None:
            chart.show(made.picture, made.alternative, key=f"chart_{definition.slug}")
        html.show(made.below)


@opened.kept
def _card(
    publication: Publication,
    _shown: Release,
    place: tuple[str, str, str],
    lang: Language,
    present: bool,
    tokens: look.Tokens,
) -> Card:
    """The card of an indicator, area and period, from one set of protected figures."""
    slug, area, code = place[0], _shown.area(place[1]), place[2]
    definition = _shown.definitions[slug]
    whole, *steps = figures.over(_shown, definition, area, [code, *period.parts(code, _shown.periods)])
    answer = [
        html.answer(sentence.answer(whole, lang)),
        html.subtitle(sentence.place(definition, area, code, lang)),
    ]
    basis = [
        html.care(lang, definition.how_it_is_counted[lang], definition.read_with_care[lang]),
        html.note(sentence.basis(whole, _shown, area, lang)),
    ]
    if whole.withheld == "not_supplied":
        return Card("".join(answer), None, "", "".join(basis))
    picture, key = pictures.of_steps(steps, lang, tokens, present)
    tables = [_steps_table(whole, steps, area, lang), *_breakdowns(_shown, definition, area, code, lang)]
    return Card(
        above="".join([*answer, html.subtitle(key)]),
        picture=picture,
        alternative=sentence.alternative(steps, area, lang),
        below="".join([*tables, *basis]),
    )


def _steps_table(whole: Figure, steps: Sequence[Figure], area: Area, lang: Language) -> str:
    rows = [[period.label(step.period, lang), *_cells(step, lang)] for step in steps]
    if len(steps) > 1:
        rows.append([say(lang, "figures.total"), *_cells(whole, lang)])
    caption = sentence.place(whole.definition, area, whole.period, lang)
    headers = [say(lang, "figures.period_header"), *_headers(whole.definition, lang)]
    return html.table(caption, headers, rows, caption_seen=False)


def _breakdowns(shown: Release, definition: Definition, area: Area, code: str, lang: Language) -> list[str]:
    return [
        html.table(
            say(lang, "pages.by", what=say(lang, f"pages.breakdown_{breakdown}")),
            [say(lang, f"pages.header_{breakdown}"), *_headers(definition, lang)],
            [[shown.codes[breakdown][each.category][lang], *_cells(each, lang)] for each in split],
        )
        for breakdown in definition.breakdowns
        if (split := figures.split(shown, definition, area, code, breakdown))
    ]


def _headers(definition: Definition, lang: Language) -> list[str]:
    share = [f"figures.of_{definition.kind}", "figures.interval_header"] if DENOMINATOR[definition.kind] else []
    return [say(lang, key) for key in (*share, *[f"figures.state_{state}" for state in _states(definition)])]


def _cells(figure: Figure, lang: Language) -> list[str]:
    cells = [words.number(lang, figure.states[state]) for state in _states(figure.definition)]
    if figure.N is None:
        return cells
    share = "" if figure.value is None else say(lang, "figures.share", percent=sentence.percent(figure.value, lang))
    return [sentence.count(figure, lang) + share, sentence.interval(figure, lang) or "–", *cells]


def _states(definition: Definition) -> list[str]:
    """The states that have a column of their own: a numerator stands in "n of N" already."""
    own = NUMERATOR[definition.kind] if DENOMINATOR[definition.kind] else ""
    return [state for state in STATES[definition.kind] if state != own]
