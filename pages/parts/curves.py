"""How long it takes: the share done by each day, this period against the year before, and the same as a table.

Refuses a line where fewer than ten are still waiting, or were in all: single cases would move it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any, Final

import plotly.graph_objects as go

from assurance import figures, period, sentence, words
from assurance.figures import Figure
from assurance.judgement import MIN_N
from assurance.release import Area
from assurance.survival import Curve
from assurance.words import Language, say
from pages.parts import chart, labels, look
from pages.parts.chart import Drawn

MILESTONES: Final = (0, 1, 3, 7, 14, 28, 56, 91, 182, 365)
"""Days a board thinks in: days, weeks, a quarter, half a year, a year."""

_HEIGHT_PX: Final = 300
_LEFT_PX: Final = 52
_RIGHT_PX: Final = 20
_RIGHT_WITH_LABEL_PX: Final = 108
_FOOT_PX: Final = 48  # the days, and under them what they count
_DAYS_PX: Final = 24
_TITLE_PX: Final = 20
_HEAD_PX: Final = 4
_MARKS_AT_MOST: Final = 6  # along the days: more would touch each other on a phone
_STEPS: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
_WIDTHS: Final = (2.5, 1.5)
_DOT_PX: Final = 9
_LABEL_LETTERS: Final = 14  # of a line of a label


@dataclass(frozen=True)
class _Line:
    """A curve as far as it is drawn, and the figure it is of."""

    figure: Figure
    curve: Curve

    @property
    def last(self) -> int:
        return self.curve.days[-1]


def share_by_day(
    now: Figure, before: Figure | None, area: Area, lang: Language, tokens: look.Tokens, present: bool
) -> Drawn:
    """The share done by each day in the period of ``now`` and, where it has ten or more, in the year before.

    Raises ValueError where ``now`` has fewer than ten: it has a count and no curve.
    """
    lines = _lines(now, before)
    if not lines:
        raise ValueError("a curve needs ten or more")
    last = max(1, *(line.last for line in lines))
    right = _RIGHT_PX if len(lines) == 1 else _RIGHT_WITH_LABEL_PX
    picture = chart.base(tokens, present=present, height=_HEIGHT_PX, left=_LEFT_PX, right=right)
    texts = _axes(picture, last, lang, present)
    colours = (tokens.series, tokens.common)
    _band(picture, lines[0].curve, tokens)
    for line, colour, width, symbol in reversed([*zip(lines, colours, _WIDTHS, ("circle", "circle-open"))]):
        _draw(picture, line, colour, width, lang)
        _half(picture, line, colour, symbol, lang, present)
    picture.update_layout(annotations=[*texts, *_labels(lines, colours, last, lang)])
    return Drawn(picture, _key(lines, lang), _alternative(lines, area, lang))


def milestones(now: Figure, before: Figure | None, lang: Language) -> tuple[list[str], list[list[str]]]:
    """The headers and rows of a table: by some days, the share done with its interval, how many were still waiting when
    that day began, and the year before's share; as far as the curve is drawn. Empty where ``now`` has fewer than ten.
    """
    lines = _lines(now, before)
    if not lines:
        return [], []
    line, *others = lines
    done = [say(lang, "charts.header_done", period=sentence.period_of(each.figure, lang)) for each in lines]
    headers = [
        say(lang, "charts.header_day"),
        done[0],
        say(lang, "figures.interval_header"),
        say(lang, "charts.header_waiting"),
        *done[1:],
    ]
    rows = [
        [
            say(lang, "charts.day", day=words.number(lang, day)),
            *_cells(line.curve, day, lang),
            *[_share_or_none(each, day, lang) for each in others],
        ]
        for day in _days(line)
    ]
    return headers, rows


def _lines(now: Figure, before: Figure | None) -> list[_Line]:
    """What can be drawn, ``now`` first; nothing where that cannot."""
    lines = [
        _Line(each, curve.drawn(MIN_N))
        for each in (now, before)
        if each is not None and (each.N or 0) >= MIN_N and (curve := figures.curve(each))
    ]
    return lines if lines and lines[0].figure is now else []


def _days(line: _Line) -> list[int]:
    """The milestones that the line reaches, the day by which half were done, and the last day drawn."""
    median = line.figure.value
    own = [line.last, *([round(median)] if median is not None and median <= line.last else [])]
    return sorted({*own, *(day for day in MILESTONES if day <= line.last)})


def _cells(curve: Curve, day: int, lang: Language) -> list[str]:
    """The share by a day, its interval, and how many were waiting when it began."""
    waiting = curve.at_risk[bisect_left(curve.days, day)]
    return [_percent(curve.at(day), lang), _interval(curve, day, lang) or "–", words.number(lang, waiting)]


def _interval(curve: Curve, day: int, lang: Language) -> str:
    """ "40% to 66%"; empty at none and all, where the curve's variance says nothing."""
    if curve.at(day) in (0, 1):
        return ""
    place = bisect_right(curve.days, day) - 1
    low, high = (_percent(ends[place], lang) for ends in (curve.low, curve.high))
    return say(lang, "figures.interval", low=low, high=high)


def _percent(share: float, lang: Language) -> str:
    return sentence.percent(100 * share, lang)


def _share_or_none(line: _Line, day: int, lang: Language) -> str:
    return _percent(line.curve.at(day), lang) if day <= line.last else "–"


def _axes(picture: go.Figure, last: int, lang: Language, present: bool) -> list[dict[str, Any]]:
    """Sets both axes; what they measure, to be written at their ends."""
    step = next(step for step in _STEPS if last / step <= _MARKS_AT_MOST)
    marks = list(range(0, last + 1, step))
    picture.update_xaxes(**chart.ticks(marks, [words.number(lang, mark) for mark in marks], 0, last))
    shares = [0, 25, 50, 75, 100]
    names = [words.percent(lang, share / 100) for share in shares]
    names[2] = say(lang, "charts.half")
    picture.update_yaxes(**chart.ticks(shares, names, 0, labels.TOP))
    scale = look.scale(present)
    picture.update_layout(margin={"t": round(_HEAD_PX * scale), "b": round(_FOOT_PX * scale)})
    return [
        chart.words_at(say(lang, "charts.share_done"), xshift=-_LEFT_PX * scale, y=100, yshift=_TITLE_PX * scale),
        chart.words_at(say(lang, "charts.days_since"), y=0, yanchor="top", yshift=-_DAYS_PX * scale),
    ]


def _steps(curve: Curve, values: Sequence[float]) -> dict[str, list[float]]:
    """A share day by day, from nothing at the start."""
    return {"x": [0, *curve.days], "y": [0, *[100 * value for value in values]]}


def _band(picture: go.Figure, curve: Curve, tokens: look.Tokens) -> None:
    edge = {"mode": "lines", "line": {"shape": "hv", "width": 0}, "hoverinfo": "skip"}
    picture.add_scatter(**_steps(curve, curve.low), **edge)
    picture.add_scatter(**_steps(curve, curve.high), **edge, fill="tonexty", fillcolor=tokens.band)


def _draw(picture: go.Figure, line: _Line, colour: str, width: float, lang: Language) -> None:
    picture.add_scatter(
        **_steps(line.curve, line.curve.share),
        mode="lines",
        line={"shape": "hv", "width": width, "color": colour},
        cliponaxis=False,
        customdata=[_hover(line, day, lang) for day in (0, *line.curve.days)],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _hover(line: _Line, day: int, lang: Language) -> str:
    told, likely = _by_day(line, day, lang), _interval(line.curve, day, lang)
    return say(lang, "charts.hover_day", told=told, interval=likely) if likely else told


def _by_day(line: _Line, day: int, lang: Language) -> str:
    """ "52% by day 7"."""
    return say(lang, "charts.by_day", day=words.number(lang, day), percent=_percent(line.curve.at(day), lang))


def _half(picture: go.Figure, line: _Line, colour: str, symbol: str, lang: Language, present: bool) -> None:
    """A dot where half are done, if the line gets there."""
    median = line.figure.value
    if median is None or median > line.last:
        return
    picture.add_scatter(
        x=[median],
        y=[50],
        mode="markers",
        marker={
            "symbol": symbol,
            "size": _DOT_PX * look.scale(present),
            "color": colour,
            "line": {"color": colour, "width": 2},
        },
        hovertemplate=_half_by(line.figure, lang) + "<extra></extra>",
    )


def _labels(lines: Sequence[_Line], colours: Sequence[str], last: int, lang: Language) -> list[dict[str, Any]]:
    """Each period at its line's end, above the band where there is one."""
    curves = [line.curve for line in lines]
    tops = [100 * curves[0].high[-1], *[100 * curve.share[-1] for curve in curves[1:]]]
    texts = []
    for line, colour, label in zip(lines, colours, labels.at_ends(curves, tops, last)):
        text = sentence.period_of(line.figure, lang)
        place = {"x": label.x, "xref": "x", "xanchor": label.xanchor, "y": label.y, "yanchor": label.yanchor}
        text = "<br>".join(wrap(text, _LABEL_LETTERS)) if len(lines) > 1 else text
        texts.append(chart.words_at(text, **place, font={"color": colour}))
    return texts


def _key(lines: Sequence[_Line], lang: Language) -> str:
    least = words.number(lang, MIN_N)
    if len(lines) == 1:
        return say(lang, "charts.key_curve", least=least)
    return say(lang, "charts.key_curves", least=least, before=period.label(lines[1].figure.period, lang))


def _alternative(lines: Sequence[_Line], area: Area, lang: Language) -> str:
    """What every line shows: its share at the milestones, and by when half were done."""
    told = []
    for line in lines:
        figure = line.figure
        days = [_by_day(line, day, lang) for day in _days(line)]
        place = sentence.place(figure.definition, area, figure.period, lang)
        told.append(
            say(lang, "charts.alt_curve", place=place, N=words.number(lang, figure.N or 0), days="; ".join(days))
        )
        told.append(_half_by(figure, lang))
    return " ".join(told)


def _half_by(figure: Figure, lang: Language) -> str:
    if figure.value is None:
        return say(lang, "charts.half_not_reached")
    return say(lang, "charts.half_by", day=words.number(lang, round(figure.value)))
