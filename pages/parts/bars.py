"""Counts as bars from nothing: how many stand in each state, and how many to either side of a line.

Refuses percentages: a bar is as long as its number. Words stand above the bars; place or weight says what colour says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any, Final

import plotly.graph_objects as go

from assurance import sentence, words
from assurance.figures import Figure
from assurance.release import Area
from assurance.words import Language, say
from pages.parts import chart, look
from pages.parts.chart import Drawn

_ROW_PX: Final = 48
_LABEL_PX: Final = 12  # from a row's top to the middle of its label
_BAR_PX: Final = 33  # and to the middle of its bar
_THICK_PX: Final = 16
_GAP_PX: Final = 6  # between a bar and its number
_NUMBER_PX: Final = 44  # room for a number beyond the longest bar
_FOOT_PX: Final = 4
_HEADS_PX: Final = 44
_SIDES: Final = {"no": -1, "yes": 1}
_HEAD_LETTERS: Final = 22  # of a line of a head, so that both stand beside each other on a phone


@dataclass(frozen=True)
class _Bar:
    """``n`` of ``name``, in the row that begins ``top`` pixels down, to the right of nothing or (-1) to the left."""

    top: int
    n: int
    name: str
    colour: str
    side: int = 1


def by_state(figure: Figure, area: Area, lang: Language, tokens: look.Tokens, present: bool) -> Drawn:
    """How many of a stock are in each of its states that can be measured."""
    definition = figure.definition
    names = {state: say(lang, f"figures.state_{state}") for state in definition.denominator}
    picture = chart.stacked(tokens, present=present, height=_ROW_PX * len(names), right=_NUMBER_PX, foot=_FOOT_PX)
    _measure(picture, 0, max(1, *(figure.states[state] for state in names)))
    texts = []
    for row, (state, name) in enumerate(names.items()):
        is_counted = state in definition.numerator
        weight = {"font": {"color": tokens.ink, "weight": 700}} if is_counted else {}
        colour = tokens.concern if is_counted else tokens.series
        texts.append(chart.words_at(name, y=_ROW_PX * row + _LABEL_PX, **weight))
        bar = _Bar(_ROW_PX * row, figure.states[state], name, colour)
        texts.append(_draw(picture, bar, lang, present, **weight))
    picture.update_layout(annotations=texts)
    counted = ", ".join(names[state] for state in definition.numerator)
    listed = [say(lang, "charts.of_state", name=name, n=_number(figure, state, lang)) for state, name in names.items()]
    return Drawn(
        figure=picture,
        key=say(lang, f"charts.key_{definition.stock_by}", counted=counted),
        alternative=say(
            lang,
            "charts.alt_states",
            place=sentence.place(definition, area, figure.period, lang),
            N=words.number(lang, figure.N or 0),
            states="; ".join(listed),
        ),
    )


def diverging(steps: Sequence[Figure], area: Area, lang: Language, tokens: look.Tokens, present: bool) -> Drawn:
    """Of each part of a period, how many decisions protected less than was advised, and how many as much or more.

    The line stands in the middle, whatever the numbers, so that both sides are drawn to one measure.
    """
    definition, scale = steps[0].definition, look.scale(present)
    height = _HEADS_PX + _ROW_PX * len(steps)
    picture = chart.stacked(tokens, present=present, height=height, right=_NUMBER_PX, left=_NUMBER_PX, foot=_FOOT_PX)
    longest = max(1, *(step.states[state] for step in steps for state in _SIDES))
    _measure(picture, -longest, longest)
    heads = {state: _head(steps, state, lang) for state in _SIDES}
    texts = []
    for state, side in _SIDES.items():
        text = "<br>".join(wrap(heads[state], _HEAD_LETTERS))
        place = {"y": _HEADS_PX, "yanchor": "bottom", "font": {"color": tokens.ink, "weight": 600}}
        texts.append(chart.words_at(text, **_beside(0, side, scale), **place))
    colours = {"no": tokens.concern, "yes": tokens.series}
    for row, step in enumerate(steps):
        top = _HEADS_PX + _ROW_PX * row
        label = sentence.period_of(step, lang)
        texts.append(chart.words_at(label, y=top + _LABEL_PX, xshift=-_NUMBER_PX * scale))
        for state, side in _SIDES.items():
            name = say(lang, f"charts.side_{state}")
            texts.append(_draw(picture, _Bar(top, step.states[state], name, colours[state], side), lang, present))
    picture.update_layout(annotations=texts)
    picture.add_shape(type="line", x0=0, x1=0, y0=_HEADS_PX, y1=height, line={"color": tokens.ink, "width": 1.5})
    aside = [state for state in definition.states if state not in definition.denominator]
    return Drawn(
        figure=picture,
        key=say(lang, "charts.key_diverging", aside=", ".join(say(lang, f"figures.state_{each}") for each in aside)),
        alternative=say(
            lang,
            "charts.alt_diverging",
            title=definition.title[lang],
            area=area.names[lang],
            totals=", ".join(heads.values()),
            steps="; ".join(_told(step, lang) for step in steps),
        ),
    )


def _measure(picture: go.Figure, low: int, high: int) -> None:
    """How far the bars may reach. Their axis is hidden: each has its number."""
    picture.update_xaxes(range=[low, high], showticklabels=False, showline=False, ticks="")


def _draw(picture: go.Figure, bar: _Bar, lang: Language, present: bool, **weight: Any) -> dict[str, Any]:
    """Draws a bar; its number, to be written beyond its end."""
    text, end, middle = words.number(lang, bar.n), bar.side * bar.n, bar.top + _BAR_PX
    picture.add_bar(
        x=[end],
        y=[middle],
        width=[_THICK_PX],
        offset=[-_THICK_PX / 2],  # or bars of one row would share its height
        orientation="h",
        marker={"color": bar.colour, "line": {"width": 0}},
        hovertemplate=say(lang, "charts.of_state", name=bar.name, n=text) + "<extra></extra>",
    )
    return chart.words_at(text, y=middle, **_beside(end, bar.side, look.scale(present)), **weight)


def _beside(x: int, side: int, scale: float) -> dict[str, Any]:
    """Where words stand a little to one side of ``x``."""
    return {"x": x, "xref": "x", "xanchor": "left" if side > 0 else "right", "xshift": side * _GAP_PX * scale}


def _number(figure: Figure, state: str, lang: Language) -> str:
    return words.number(lang, figure.states[state])


def _head(steps: Sequence[Figure], state: str, lang: Language) -> str:
    """ "2 less protective": of all steps together."""
    n = words.number(lang, sum(step.states[state] for step in steps))
    return say(lang, f"charts.head_{state}", n=n)


def _told(step: Figure, lang: Language) -> str:
    no, yes = (_number(step, state, lang) for state in _SIDES)
    return say(lang, "charts.alt_side", period=sentence.period_of(step, lang), no=no, yes=yes)
