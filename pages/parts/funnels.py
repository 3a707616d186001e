"""Authorities among each other: a funnel, its sentence and its table.

Shape says what colour says, and both only beyond 99.8 %. The table is in the order of names, never of results.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import plotly.graph_objects as go

from assurance import period, sentence, words
from assurance.comparison import Compared, Place
from assurance.judgement import MIN_N
from assurance.release import Area
from assurance.words import Language, say
from pages.parts import chart, look
from pages.parts.chart import Drawn
from pages.parts.limits import axis_marks

NUMERIC: Final = (1, 2)
"""The columns of :func:`table` that hold numbers."""
_HEIGHT_PX: Final = 340
_LEFT_PX: Final = 48
_HEAD_PX: Final = 28
_FOOT_PX: Final = 48
_CASES_PX: Final = 24  # from the axis to what it counts
_MARK_PX: Final = 9
_OWN_PX: Final = 12
_ROOM: Final = 1.06
_CURVE: Final = 60  # points of each limit's line
_NARROW_PX: Final = 210  # of the plot on a phone
_LETTER_PX: Final = 7.2
_LINE_PX: Final = 17
_ASIDE_PX: Final = 9  # from a dot to its name
_PERCENTS: Final = [0, 25, 50, 75, 100]
_SIDES: Final = (
    ("left", 1, 0), ("right", -1, 0), ("center", 0, 1), ("center", 0, -1),
    ("right", -1, 1), ("right", -1, -1), ("left", 1, 1), ("left", 1, -1),
)  # fmt: skip
"""Where a name may stand beside its dot: which of its edges touches, and where to, across and up."""


def answer(found: Compared, lang: Language) -> str:
    """Whether the reader's authority, and which others, differ by more than chance explains."""
    told = [] if found.own is None else [_own(found, found.own, lang)]
    if found.funnel is None:
        return " ".join([*told, say(lang, "comparison.few_authorities", least=words.number(lang, MIN_N))])
    for side in ("above", "below"):
        names = [
            _named(found, area, lang)
            for area, place in found.signals
            if place.beyond == f"{side}_998" and area != found.own
        ]
        if names:
            told.append(say(lang, f"comparison.others_{side}", names=words.listed(lang, names)))
    if not found.signals:
        told.append(say(lang, "comparison.none_other" if found.own else "comparison.none"))
    return " ".join(told)


def _own(found: Compared, own: Area, lang: Language) -> str:
    figure, place = found.figures[own.code], found.place(own)
    values = {"area": own.names[lang], "count": sentence.count_and_share(figure, lang)}
    if not figure.N:
        return say(lang, "comparison.own_none", **values)
    if place is None:
        return say(lang, "comparison.own_too_few" if figure.N < MIN_N else "comparison.own_plain", **values)
    side = (place.beyond or "").partition("_")[0] if place.is_signal else "within"
    return say(lang, f"comparison.own_{side}", **values)


def _named(found: Compared, area: Area, lang: Language) -> str:
    count = sentence.count_and_share(found.figures[area.code], lang)
    return say(lang, "comparison.named", area=area.names[lang], count=count)


def table(found: Compared, lang: Language) -> tuple[list[str], list[list[str]]]:
    """The headers and rows: each authority's count, interval, and how it stands to the others."""
    headers = [
        say(lang, "comparison.header_area"),
        found.definition.counts[lang].capitalize(),
        say(lang, "figures.interval_header"),
        say(lang, "comparison.header_others"),
    ]
    rows = []
    for area in sorted(found.areas, key=lambda each: each.names[lang]):
        figure = found.figures[area.code]
        stands = _stands(found.place(area), is_compared=found.funnel is not None)
        interval = sentence.interval(figure, lang) or "–"
        rows.append(
            [
                area.names[lang],
                sentence.count_and_share(figure, lang) if figure.N else "–",
                interval,
                say(lang, f"comparison.{stands}"),
            ]
        )
    return headers, rows


def _stands(place: Place | None, *, is_compared: bool) -> str:
    if not is_compared:
        return "not_compared"
    if place is None:
        return "too_few"
    return (place.beyond or "").partition("_")[0] if place.is_signal else "within"


def drawn(found: Compared, lang: Language, tokens: look.Tokens, present: bool) -> Drawn | None:
    """The funnel; None where there is none. Authorities with too few cases are in the table only."""
    if found.funnel is None:
        return None
    places = found.funnel.places
    most = max(place.N for place in places) * _ROOM
    average = say(lang, "comparison.average", value=_percent(found.funnel.centre, lang))
    picture = chart.base(tokens, present=present, height=_HEIGHT_PX, left=_LEFT_PX, right=chart.room_for([average]))
    scale = look.scale(present)
    picture.update_layout(margin={"t": round(_HEAD_PX * scale), "b": round(_FOOT_PX * scale)})
    _funnel(picture, found, most, tokens)
    marks = [_mark(found, area, tokens) for area in found.areas if found.place(area) is not None]
    _dots(picture, found, marks, lang, present)
    _axes(picture, most, lang)
    texts = [
        chart.words_at(average, x=1, xshift=4, y=100 * found.funnel.centre, font={"color": tokens.ink}),
        chart.words_at(say(lang, "comparison.cases_axis"), y=0, yanchor="top", yshift=-_CASES_PX * scale),
    ]  # fmt: skip
    texts += _names([mark for mark in marks if mark.is_named], marks, most, lang, scale)
    picture.update_layout(annotations=texts)
    return Drawn(picture, say(lang, "comparison.key", least=words.number(lang, MIN_N)), _alternative(found, lang))


@dataclass(frozen=True)
class _Mark:
    area: Area
    place: Place
    symbol: str
    colour: str
    is_own: bool

    @property
    def is_named(self) -> bool:
        return self.is_own or self.place.is_signal

    @property
    def y(self) -> float:
        return 100 * (self.place.share or 0)


def _mark(found: Compared, area: Area, tokens: look.Tokens) -> _Mark:
    place = found.place(area)
    if place is None:
        raise ValueError("an authority with too few cases has no mark")
    is_own = area == found.own
    if not place.is_signal:
        return _Mark(area, place, "circle", tokens.series if is_own else tokens.common, is_own)
    better = found.definition.better
    if better not in ("higher", "lower"):
        return _Mark(
            area, place, "triangle-up" if place.beyond == "above_998" else "triangle-down", tokens.neutral, is_own
        )
    if (place.beyond == "above_998") == (better == "higher"):
        return _Mark(area, place, "square", tokens.improving, is_own)
    return _Mark(area, place, "diamond", tokens.concern, is_own)


def _funnel(picture: go.Figure, found: Compared, most: float, tokens: look.Tokens) -> None:
    """Both pairs of limits as shading, and what all have together as a line."""
    if found.funnel is None:
        return
    span = sorted({round(MIN_N + (most - MIN_N) * at / _CURVE) for at in range(_CURVE + 1)})
    ends = [found.funnel.limits(N) for N in span]
    for low, high, colour in (("low_998", "high_998", tokens.band), ("low_95", "high_95", tokens.band_inner)):
        picture.add_scatter(
            x=[*span, *reversed(span)],
            y=[100 * getattr(each, low) for each in ends] + [100 * getattr(each, high) for each in reversed(ends)],
            fill="toself", fillcolor=colour, mode="lines", line={"width": 0}, hoverinfo="skip",
        )  # fmt: skip
    picture.add_scatter(
        x=[0, most], y=[100 * found.funnel.centre] * 2, mode="lines", hoverinfo="skip",
        line={"color": tokens.ink, "width": 1},
    )  # fmt: skip


def _dots(picture: go.Figure, found: Compared, marks: Sequence[_Mark], lang: Language, present: bool) -> None:
    scale = look.scale(present)
    picture.add_scatter(
        x=[mark.place.N for mark in marks],
        y=[mark.y for mark in marks],
        mode="markers",
        marker={
            **chart.SOLID,
            "symbol": [mark.symbol for mark in marks],
            "color": [mark.colour for mark in marks],
            "size": [(_OWN_PX if mark.is_own else _MARK_PX) * scale for mark in marks],
        },
        cliponaxis=False,
        customdata=[_named(found, mark.area, lang) for mark in marks],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _axes(picture: go.Figure, most: float, lang: Language) -> None:
    names = [words.percent(lang, each / 100) for each in _PERCENTS]
    picture.update_yaxes(**chart.ticks(_PERCENTS, names, 0, 100))
    marks = axis_marks(most)
    picture.update_xaxes(**chart.ticks(marks, [words.number(lang, each) for each in marks], 0, most))


def _names(
    named: Sequence[_Mark], marks: Sequence[_Mark], most: float, lang: Language, scale: float
) -> list[dict[str, Any]]:
    """The names beside their dots: on the first side where they run into no other name or dot, also on a phone."""
    sizes = [_OWN_PX if mark.is_own else _MARK_PX for mark in marks]
    taken = [_box(_pixels(mark, most), (0, 0), size, size) for mark, size in zip(marks, sizes, strict=True)]
    texts = []
    for mark in named:
        text = mark.area.names[lang]
        wide = _LETTER_PX * len(text)
        boxes = [
            _box(_pixels(mark, most), (across * (_ASIDE_PX + wide / 2), up * _LINE_PX), wide, _LINE_PX)
            for _, across, up in _SIDES
        ]
        free = next((at for at, box in enumerate(boxes) if _is_free(box, taken)), 0)
        taken.append(boxes[free])
        anchor, across, up = _SIDES[free]
        texts.append(
            chart.words_at(
                text, x=mark.place.N, xref="x", xanchor=anchor, xshift=across * _ASIDE_PX * scale, y=mark.y,
                yshift=up * _LINE_PX * scale, font={"color": mark.colour, "weight": 600},
            )
        )  # fmt: skip
    return texts


_Box = tuple[float, float, float, float]


def _pixels(mark: _Mark, most: float) -> tuple[float, float]:
    """Where a dot is on a phone, in pixels from the lower left."""
    return mark.place.N / most * _NARROW_PX, mark.y / 100 * (_HEIGHT_PX - _HEAD_PX - _FOOT_PX)


def _box(at: tuple[float, float], moved: tuple[float, float], wide: float, high: float) -> _Box:
    x, y = at[0] + moved[0], at[1] + moved[1]
    return x - wide / 2, y - high / 2, x + wide / 2, y + high / 2


def _is_free(box: _Box, taken: Sequence[_Box]) -> bool:
    inside = box[0] >= -_LEFT_PX and box[2] <= _NARROW_PX and box[1] >= 0 and box[3] <= _HEIGHT_PX - _FOOT_PX
    return inside and not any(
        box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3] for other in taken
    )


def _alternative(found: Compared, lang: Language) -> str:
    figure = next(iter(found.figures.values()))
    told = [_named(found, area, lang) for area in found.areas if found.place(area) is not None]
    return say(
        lang,
        "comparison.alternative",
        title=found.definition.title[lang],
        period=period.label(figure.period, lang),
        answer=answer(found, lang),
        average=_percent(found.funnel.centre if found.funnel else 0, lang),
        listed="; ".join(told),
    )


def _percent(share: float, lang: Language) -> str:
    return sentence.percent(100 * share, lang)
