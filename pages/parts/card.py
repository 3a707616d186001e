"""One indicator on a page: answer, picture, tables, how it is worked out. The same for every indicator."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from assurance import figures, period, sentence, words
from assurance.figures import Figure
from assurance.indicator import DENOMINATOR, NUMERATOR, STATES, Definition
from assurance.release import Area, Release
from assurance.words import Language, say
from pages.parts import chart, choices, html, pictures


def section(name: str) -> None:
    """Every indicator of a section, in order, for what the reader chose."""
    shown = choices.current_release()
    definitions = shown.section(name)
    for definition in definitions:
        if len(definitions) > 1:
            html.show(html.section(definition.title[choices.current().lang]))
        _draw(shown, definition)


def _draw(shown: Release, definition: Definition) -> None:
    chosen = choices.current()
    lang, area = chosen.lang, shown.area(chosen.area)
    whole, steps = _framed(shown.id, shown, definition.slug, area, chosen.period)
    html.show(
        html.answer(sentence.answer(whole, lang)),
        html.subtitle(sentence.place(definition, area, chosen.period, lang)),
    )
    if whole.withheld != "not_supplied":
        _picture(steps, area, lang, chosen.present)
        html.show(_steps_table(whole, steps, area, lang), *_breakdowns(shown, definition, area, chosen.period, lang))
    html.show(
        html.care(lang, definition.how_it_is_counted[lang], definition.read_with_care[lang]),
        html.note(sentence.basis(whole, shown, area, lang)),
    )


@st.cache_data(max_entries=256, show_spinner=False)
def _framed(release_id: str, _shown: Release, slug: str, area: Area, code: str) -> tuple[Figure, tuple[Figure, ...]]:
    """The protected figures of one card: the chosen period, and the parts it is made of."""
    definition = _shown.definitions[slug]
    whole, *steps = figures.over(_shown, definition, area, [code, *period.parts(code, _shown.periods)])
    return whole, tuple(steps)


def _picture(steps: Sequence[Figure], area: Area, lang: Language, present: bool) -> None:
    picture, key = pictures.of_steps(steps, lang, present)
    html.show(html.subtitle(key))
    chart.show(picture, sentence.alternative(steps, area, lang), key=f"chart_{steps[0].definition.slug}")


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
    share = ["figures.of_measured", "figures.interval_header"] if DENOMINATOR[definition.kind] else []
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
