"""Who and what: a row per category, its share as a dot with its interval, and the population's share as a tick.

Refuses a share of too few: such a row has its count alone. One measure of length serves every group, so that their dots
can be held against each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any, Final

import plotly.graph_objects as go

from assurance import sentence, words
from assurance.figures import Figure
from assurance.indicator import Population
from assurance.judgement import MIN_N
from assurance.release import Area, Release
from assurance.words import Language, say
from pages.parts import chart, look
from pages.parts.chart import Drawn

Groups = Sequence[tuple[str, Sequence[Figure]]]
"""The heading of each breakdown and its categories."""

_HEADING_PX: Final = 28
_GAP_PX: Final = 14  # over every heading but the first
_ROW_PX: Final = 42
_NAME_LETTERS: Final = 48  # of a line of a row's name: what a phone has room for
_LINE_PX: Final = 17
_DOT_PX: Final = 29  # from the top of a row with one line to its dot
_TICK_PX: Final = 16
_RULE_PX: Final = 20
_BELOW_PX: Final = 18  # more, for what is written under a tick
_MARK_PX: Final = 9
_COUNT_PX: Final = 84
_FOOT_PX: Final = 28
_AXES: Final = {25: 5, 50: 10, 75: 25, 100: 25}
"""How far an axis may reach, in percent, and how far apart its marks then stand."""
_EDGE: Final = 0.03  # of the axis, at both ends, so that a mark there is whole


@dataclass(frozen=True)
class _Row:
    """A category, ``top`` pixels down, its name in lines."""

    top: int
    name: list[str]
    figure: Figure
    population: Population | None

    @property
    def middle(self) -> int:
        """How far down its dot is."""
        return self.top + _DOT_PX + _LINE_PX * (len(self.name) - 1)

    @property
    def bottom(self) -> int:
        return self.middle + _ROW_PX - _DOT_PX + (_BELOW_PX if self.population else 0)


@dataclass(frozen=True)
class _Group:
    """A heading, ``top`` pixels down, and the rows under it."""

    top: int
    heading: str
    rows: Sequence[_Row]


def profile(groups: Groups, area: Area, lang: Language, tokens: look.Tokens, present: bool, release: Release) -> Drawn:
    """The shares of categories, group after group. A group without any is left out; one has some."""
    placed, height = _placed(groups, lang, release)
    rows = [row for group in placed for row in group.rows]
    picture = chart.stacked(tokens, present=present, height=height, right=_COUNT_PX, foot=_FOOT_PX)
    _axis(picture, rows, lang, tokens)
    heading = {"yanchor": "top", "font": {"color": tokens.ink, "weight": 700}}
    texts = [chart.words_at(group.heading, y=group.top, **heading) for group in placed]
    ticks = []
    edge = {"x": 1, "xanchor": "right", "xshift": _COUNT_PX * look.scale(present)}
    for row in rows:
        texts.append(chart.words_at("<br>".join(row.name), y=row.top, yanchor="top"))
        texts.append(chart.words_at(sentence.count(row.figure, lang), y=row.middle, **edge))
        if row.population is not None:
            percent, tick = _tick(picture, row, row.population, lang, tokens)
            texts.append(percent)
            ticks.append(tick)
    picture.update_layout(annotations=texts, shapes=ticks)
    _dots(picture, [row for row in rows if row.figure.value is not None], lang, tokens, present)
    key = "charts.key_profile_population" if any(row.population for row in rows) else "charts.key_profile"
    return Drawn(picture, say(lang, key, least=words.number(lang, MIN_N)), _alternative(placed, area, lang))


def _placed(groups: Groups, lang: Language, release: Release) -> tuple[list[_Group], int]:
    """Where every group and row stands, and how tall all are."""
    placed: list[_Group] = []
    top = 0
    for heading, categories in groups:
        if not categories:
            continue
        rows, begins = [], top + (_GAP_PX if placed else 0)
        top = begins + _HEADING_PX
        for each in categories:
            name = wrap(release.breakdown(each.breakdown).labels[each.category][lang], _NAME_LETTERS)
            population = each.definition.population_on(each.period_to, each.breakdown, each.category)
            rows.append(_Row(top, name, each, population))
            top = rows[-1].bottom
        placed.append(_Group(begins, heading, rows))
    return placed, top


def _axis(picture: go.Figure, rows: Sequence[_Row], lang: Language, tokens: look.Tokens) -> None:
    """The shortest axis that holds every interval and tick, its rules drawn beside the dots only: not through words."""
    shown = [row.figure.high or 0 for row in rows] + [row.population.percent for row in rows if row.population]
    reach = next(reach for reach in _AXES if max(shown) <= reach)
    marks = list(range(0, reach + 1, _AXES[reach]))
    names = [words.percent(lang, mark / 100) for mark in marks]
    picture.update_xaxes(**chart.ticks(marks, names, -_EDGE * reach, (1 + _EDGE) * reach))
    ends = (-_RULE_PX / 2, _RULE_PX / 2, None)
    picture.add_scatter(
        x=[mark for _ in rows for mark in marks for _ in ends],
        y=[None if end is None else row.middle + end for row in rows for _ in marks for end in ends],
        mode="lines",
        line={"color": tokens.rule, "width": 1},
        hoverinfo="skip",
    )


def _dots(picture: go.Figure, rows: Sequence[_Row], lang: Language, tokens: look.Tokens, present: bool) -> None:
    shares = [row.figure.value or 0 for row in rows]
    picture.add_scatter(
        x=shares,
        y=[row.middle for row in rows],
        mode="markers",
        marker={"symbol": "circle", "size": _MARK_PX * look.scale(present), "color": tokens.series},
        error_x={
            "type": "data",
            "symmetric": False,
            "array": [(row.figure.high or 0) - share for row, share in zip(rows, shares, strict=True)],
            "arrayminus": [share - (row.figure.low or 0) for row, share in zip(rows, shares, strict=True)],
            "color": tokens.series,
            "thickness": 2,
            "width": 0,
        },
        cliponaxis=False,
        customdata=[_hover(row, lang) for row in rows],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _hover(row: _Row, lang: Language) -> str:
    likely = sentence.interval(row.figure, lang, "figures.likely")
    return say(lang, "charts.hover_share", percent=sentence.percent(row.figure.value or 0, lang), likely=likely)


def _tick(
    picture: go.Figure, row: _Row, population: Population, lang: Language, tokens: look.Tokens
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The population's percent, and its share as a line upright across the row; near an edge the words stay inside."""
    at, middle = population.percent, row.middle
    line = {
        "type": "line", "x0": at, "x1": at, "y0": middle - _TICK_PX / 2, "y1": middle + _TICK_PX / 2,
        "line": {"color": tokens.target, "width": 3},
    }  # fmt: skip
    low, high = picture.layout.xaxis.range
    edges = {"left": low + (high - low) / 4, "right": high - (high - low) / 4}
    anchor = "left" if at < edges["left"] else "right" if at > edges["right"] else "center"
    text = say(lang, "charts.of_pupils", percent=sentence.percent(at, lang))
    below = {"y": middle + _TICK_PX / 2, "yanchor": "top", "font": {"color": tokens.target}}
    return chart.words_at(text, x=at, xref="x", xanchor=anchor, **below), line


def _alternative(groups: Sequence[_Group], area: Area, lang: Language) -> str:
    """What is measured, where and when, and a sentence for every group."""
    first = groups[0].rows[0].figure
    told = [sentence.place(first.definition, area, first.period, lang)]
    for group in groups:
        rows = "; ".join(_told(row, lang) for row in group.rows)
        told.append(say(lang, "charts.alt_group", heading=group.heading, rows=rows))
    return " ".join(told)


def _told(row: _Row, lang: Language) -> str:
    """ "5 to 7: 20 of 115 (17%), 12% of pupils"."""
    name, count = " ".join(row.name), sentence.count_and_share(row.figure, lang)
    if row.population is None:
        return say(lang, "charts.alt_category", name=name, count=count)
    pupils = say(lang, "charts.of_pupils", percent=sentence.percent(row.population.percent, lang))
    return say(lang, "charts.alt_category_pupils", name=name, count=count, pupils=pupils)
