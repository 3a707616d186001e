"""Is it changing? The XmR chart of a series, and the table behind it.

A mark's shape says what its colour says: circle, as usual; square, improving; diamond, to be asked about; triangle,
higher or lower than expected. Refuses limits that the judgement did not give.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, Final

import plotly.graph_objects as go

from assurance import period, sentence, verdicts, words
from assurance.entries import Entry
from assurance.indicator import Target
from assurance.release import Area
from assurance.series import Series
from assurance.spc import Kind, Point
from assurance.words import Language, say
from pages.parts import chart, look
from pages.parts.chart import Drawn

_HEIGHT_PX: Final = 280
_LEFT_PX: Final = 44
_ROOM: Final = 1.06  # above the highest
_LINE_PX: Final = 17  # one line of words
_PLOT_PX: Final = _HEIGHT_PX - 64  # what the margins leave
_PERCENTS: Final = [0, 25, 50, 75, 100]
_STEPS: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)
_MARKS: Final[dict[Kind, tuple[str, str]]] = {
    "common_cause": ("circle", "series"),
    "special_cause_improvement": ("square", "improving"),
    "special_cause_concern": ("diamond", "concern"),
    "special_cause_neutral_high": ("triangle-up", "neutral"),
    "special_cause_neutral_low": ("triangle-down", "neutral"),
}


def xmr(
    series: Series,
    told: Sequence[str],
    area: Area,
    lang: Language,
    tokens: look.Tokens,
    present: bool,
    notes: Sequence[Entry] = (),
    beside: Sequence[Point] = (),
) -> Drawn:
    """The points of a series with what is usual for them; ``told`` is the judgement in sentences, ``notes`` are drawn
    by their numbers; it has room for the points ``beside``, so that two charts have one scale.

    Raises ValueError where the judgement has no limits.
    """
    points, definition = series.judged.points, series.steps[0].definition
    if not series.judged.has_limits:
        raise ValueError("without limits there is no such chart")
    aims = [definition.target_on(each.period_to) for each in series.steps]
    reach = [each for point in (*points, *beside) for each in (point.value, point.upper) if each is not None]
    top = 100 * _ROOM if definition.is_share else max(1.0, *reach) * _ROOM
    texts = _at_the_edge(series, aims[-1], top, lang, tokens, present)
    right = chart.room_for(each["text"] for each in texts)
    figure = chart.base(tokens, present=present, height=_HEIGHT_PX, left=_LEFT_PX, right=right)
    _bands(figure, points, tokens)
    _lines(figure, points, aims, tokens)
    _dots(figure, series, lang, tokens, present)
    marks = _PERCENTS if definition.is_share else axis_marks(top)
    names = [words.percent(lang, each / 100) if definition.is_share else words.number(lang, each) for each in marks]
    figure.update_yaxes(**chart.ticks(marks, names, 0, top))
    years = [at for at, each in enumerate(series.steps) if each.period_from.month == 1]
    figure.update_xaxes(
        **chart.ticks(years, [str(series.steps[at].period_from.year) for at in years], -0.6, len(points) - 0.4)
    )
    lines = [(_step_on(series, each), say(lang, "charts.rebased")) for each in series.rebased_on]
    if series.fixed_by is not None:
        fixed = next((step.period_from for step in series.steps if step.period_from >= series.fixed_by.on), None)
        lines += [(_step_on(series, fixed), say(lang, "charts.fixed"))] if fixed else []
    lines += [(at, name) for name, at in _noted(series, notes)]
    texts += [mark(at, name, tokens) for at, name in lines]
    figure.update_layout(annotations=texts, shapes=[upright(at, tokens) for at, _ in lines])
    step = "month" if series.is_monthly else "quarter"
    between = {
        "first": period.label(series.steps[0].period, lang),
        "last": period.label(series.steps[-1].period, lang),
    }
    latest = points[-1].value
    alternative = say(
        lang,
        f"charts.alt_limits_{step}",
        title=definition.title[lang],
        area=area.names[lang],
        latest="–" if latest is None else verdicts.amount(series, latest, lang),
        **between,
    )
    key = [say(lang, f"charts.key_limits_{step}", **between)]
    key += [
        say(lang, f"charts.key_{'benchmark' if aim.basis == 'benchmark' else 'target'}") for aim in aims[-1:] if aim
    ]
    key += [say(lang, "charts.key_notes")] if [*_noted(series, notes)] else []
    return Drawn(figure, " ".join(key), " ".join([alternative, *told, *verdicts.limits(series, lang)]))


def points(series: Series, lang: Language) -> tuple[list[str], list[list[str]]]:
    """The headers and rows of the table behind the chart: each point, its average and limits, the rule that fired."""
    headers = [say(lang, f"charts.header_{each}") for each in ("step", "point", "average", "limits", "signal")]
    return headers, [
        [period.label(step.period, lang), *_cells(series, point, lang)]
        for step, point in zip(series.steps, series.judged.points, strict=True)
    ]


def _cells(series: Series, point: Point, lang: Language) -> list[str]:
    def amount(value: float | None) -> str:
        return "–" if value is None else verdicts.amount(series, value, lang)

    within = say(lang, "figures.interval", low=amount(point.lower), high=amount(point.upper)) if point.upper else "–"
    fired = say(lang, f"charts.signal_{point.signal}") if point.signal else "–"
    return [amount(point.value), amount(point.mean), within, fired]


def _bands(figure: go.Figure, points: Sequence[Point], tokens: look.Tokens) -> None:
    """What is usual, and within it what is near the middle: one pair of bands between two rebases."""
    for group in dict.fromkeys(point.group for point in points):
        own = [at for at, point in enumerate(points) if point.group == group and point.upper is not None]
        if not own:
            continue
        ends = [own[0] - 0.5, own[-1] + 0.5]
        first = points[own[0]]
        for low, high, colour in (
            (first.lower, first.upper, tokens.band),
            (first.near_lower, first.near_upper, tokens.band_inner),
        ):
            figure.add_scatter(
                x=[*ends, *reversed(ends)], y=[low, low, high, high], fill="toself", fillcolor=colour,
                mode="lines", line={"width": 0}, hoverinfo="skip",
            )  # fmt: skip


def _lines(figure: go.Figure, points: Sequence[Point], aims: Sequence[Target | None], tokens: look.Tokens) -> None:
    """The average, the target as it was step by step, and the line from point to point; a gap breaks it."""
    lines: list[tuple[Sequence[float | None], dict[str, Any]]] = [
        ([point.mean for point in points], {"color": tokens.common, "width": 1, "shape": "hvh"}),
        ([point.value for point in points], {"color": tokens.series, "width": 1.25}),
    ]
    for drawn, percents in _aims(aims, tokens):
        lines.append((percents, {**drawn, "shape": "hvh"}))
    for values, line in lines:
        figure.add_scatter(x=list(range(len(points))), y=list(values), mode="lines", hoverinfo="skip", line=line)


def _aims(
    aims: Sequence[Target | None], tokens: look.Tokens
) -> Iterator[tuple[dict[str, Any], Sequence[float | None]]]:
    """A line of its own for targets and for what is a benchmark only, each as it was step by step."""
    styles = [None if aim is None else chart.aim_line(aim, tokens) for aim in aims]
    for style in [each for at, each in enumerate(styles) if each is not None and each not in styles[:at]]:
        yield style, [aim.percent if aim and own == style else None for aim, own in zip(aims, styles, strict=True)]


def _dots(figure: go.Figure, series: Series, lang: Language, tokens: look.Tokens, present: bool) -> None:
    known = [(at, point) for at, point in enumerate(series.judged.points) if point.value is not None]
    last = known[-1][0]
    texts = [
        f"{period.label(series.steps[at].period, lang)}: {verdicts.amount(series, point.value or 0, lang)}"
        for at, point in known
    ]
    figure.add_scatter(
        x=[at for at, _ in known],
        y=[point.value for _, point in known],
        mode="markers",
        marker={
            **chart.SOLID,
            "symbol": [_MARKS[point.kind][0] for _, point in known],
            "color": [getattr(tokens, _MARKS[point.kind][1]) for _, point in known],
            "size": [
                (9 if at == last else 6 if point.signal is None else 9) * look.scale(present) for at, point in known
            ],
        },
        customdata=texts,
        hovertemplate="%{customdata}<extra></extra>",
    )


def axis_marks(top: float) -> list[int]:
    """At most six whole numbers from 0 up to ``top``."""
    step = next((each for each in _STEPS if top / each <= 5), _STEPS[-1])
    return [*range(0, int(top) + 1, step)]


def _at_the_edge(
    series: Series, aim: Target | None, top: float, lang: Language, tokens: look.Tokens, present: bool
) -> list[dict[str, Any]]:
    """Words at the right edge for the limits, the average and the target, apart from each other by a line."""
    latest = series.judged.points[-1]
    named: list[tuple[float, str, str]] = []
    for key in ("upper", "mean", "lower"):
        value = getattr(latest, key)
        if value is not None:
            named.append(
                (value, say(lang, f"charts.edge_{key}", value=verdicts.amount(series, value, lang)), tokens.muted)
            )
    if aim is not None:
        named.append((aim.percent, sentence.target(aim, lang), chart.aim_line(aim, tokens)["color"]))
    named.sort(key=lambda each: -each[0])
    apart = _LINE_PX * look.scale(present) / _PLOT_PX * top
    places: list[float] = []
    for value, _, _ in named:
        places.append(min([value, *([places[-1] - apart] if places else [])]))
    short = max(0.0, -places[-1]) if places else 0.0  # the lowest is not to fall under the axis
    return [
        chart.words_at(text, x=1, xref="paper", xshift=4, y=place + short, xanchor="left", font={"color": colour})
        for (_, text, colour), place in zip(named, places, strict=True)
    ]


def _step_on(series: Series, day: date) -> float:
    """Just before the step that begins on a day."""
    return next(at for at, step in enumerate(series.steps) if step.period_from == day) - 0.5


def _noted(series: Series, notes: Sequence[Entry]) -> Iterator[tuple[str, float]]:
    """The numbers of the notes of each step, and where in it the first of them happened."""
    for at, step in enumerate(series.steps):
        own = [
            (number, each)
            for number, each in enumerate(notes, start=1)
            if step.period_from <= each.on <= step.period_to
        ]
        if own:
            whole = (step.period_to - step.period_from).days + 1
            yield numbers(number for number, _ in own), at - 0.5 + (own[0][1].on - step.period_from).days / whole


def numbers(of: Iterable[int]) -> str:
    """The numbers of notes that stand at one place of a chart."""
    return ", ".join(map(str, of))


def upright(at: Any, tokens: look.Tokens) -> dict[str, Any]:
    """A line through the whole height, at a place of the axis along."""
    line = {"color": tokens.muted, "width": 1}
    return {"type": "line", "x0": at, "x1": at, "y0": 0, "y1": 1, "yref": "paper", "line": line}


def mark(at: Any, name: str, tokens: look.Tokens) -> dict[str, Any]:
    """The words over an upright line."""
    place = {"x": at, "xref": "x", "xanchor": "center", "y": 1, "yref": "paper", "yanchor": "bottom"}
    return chart.words_at(name, **place, font={"color": tokens.muted})
