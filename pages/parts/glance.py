"""Measures in a table, a row each: value and how sure it is, trend, whether it changes, how it stands to its target."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from assurance import figures, sentence, series
from assurance.figures import Figure
from assurance.indicator import Definition
from assurance.judgement import Judgement
from assurance.release import Area, Release
from assurance.series import Series
from assurance.words import Language, say
from pages.parts import agreement, behind, changes, choices, finding, html, menu, trends

_COLUMNS: Final = ("measure", "latest", "trend", "is_it_changing", "against_target")
Judged = tuple[Figure, Judgement, Series | None]


def judged(shown: Release, measures: Sequence[Definition], area: Area, code: str) -> list[Judged]:
    """Each measure's figure for a period, the judgement on it, and its series where it is judged by one."""
    over_time = series.of(shown, measures, area, code)
    stepped = figures.steps(shown, measures, area, [code])
    return [
        (each, changes.judge(shown, area, each, over_time.get(slug)), over_time.get(slug))
        for slug, (each,) in stepped.items()
    ]


def table(shown: Release, area: Area, found: Sequence[Judged], caption: str, lang: Language) -> str:
    headers = [say(lang, f"pages.{column}") for column in _COLUMNS]
    return html.glance(caption, headers, [_row(shown, area, *each, lang) for each in found])


def _row(
    shown: Release, area: Area, figure: Figure, judged: Judgement, over_time: Series | None, lang: Language
) -> html.Row:
    definition = figure.definition
    events = changes.seldom(shown, area, figure)
    picture, says = trends.of(shown, area, figure, over_time, events, lang)
    count = [] if figure.value is None or figure.N is None else [sentence.count(figure, lang)]
    sure = [sentence.interval(figure, lang, "figures.likely")] if figure.low is not None else []
    return html.Row(
        name=definition.title[lang],
        href=choices.address(menu.named(definition.section).path),
        detail=definition.in_few_words[lang] if definition.in_few_words else "",
        value=sentence.value(figure, lang),
        behind=behind.of(figure, choices.current()),
        unit=sentence.unit(figure, lang),
        basis=", ".join([*count, *sure, sentence.period_of(figure, lang)]),
        picture=picture,
        picture_says=says,
        picture_below=say(lang, "pages.trend_below_gaps") if events is not None else "",
        change=finding.change(judged, over_time, lang),
        against_target=finding.against_target(judged, figure, lang),
        assurance=agreement.line(shown, area, figure, lang),
    )
