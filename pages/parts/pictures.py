"""The charts of indicators, each from the same protected figures as the table and the sentence beside it.

Few cases are drawn one mark each; more as a share with its interval. Shape says what colour says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any, Final

import plotly.graph_objects as go

from assurance import figures, sentence, words
from assurance.entries import Entry
from assurance.figures import Figure, Sheet
from assurance.indicator import Definition
from assurance.release import Area, Release
from assurance.series import Series
from assurance.words import Language, say
from pages.parts import bars, changes, chart, curves, dots, gaps, limits, look, noted

MARKS_A_ROW: Final = 30
"""Beyond this many marks nobody counts them, and a share says more."""

_ROW_MIN: Final = 18  # room for so many marks, so that few stand close together

_ROW_PX: Final = 46
_LABEL_PX: Final = 19
_ABOVE: Final = 0.25  # of a row, over the first, for its label
_MARK_PX: Final = 9
_LOW: Final = 30  # percent; a target's name stands to the right of a line nearer to the edge


def of(
    shown: Release, area: Area, sheet: Sheet, judged: changes.Told, lang: Language, tokens: look.Tokens, present: bool
) -> list[chart.Drawn]:
    """The charts of an indicator: what it is, by its kind, and whether it is changing where that can be drawn."""
    whole = sheet.whole
    if whole.withheld == "not_supplied" or not sum(whole.states.values()):
        return []
    drawn = [_of_kind(shown, area, sheet, lang, tokens, present)] if _can_be_drawn(sheet) else []
    notes = noted.of(shown, whole.definition, area, whole.period_to)
    if judged.series is not None:
        drawn += _over_time(judged.series, judged.sentences, area, lang, tokens, present, notes)
    elif judged.events is not None:
        drawn.append(gaps.drawn(whole.definition, *judged.events, area, lang, tokens, present, notes))
    return [each for each in drawn if each is not None]


def _can_be_drawn(sheet: Sheet) -> bool:
    """Whether a picture would not look whole where data lacks: one that shows what is known of each event can be."""
    return not sheet.whole.lacks_data or sheet.whole.definition.kind == "occurrences"


def _over_time(
    series: Series,
    told: Sequence[str],
    area: Area,
    lang: Language,
    tokens: look.Tokens,
    present: bool,
    notes: Sequence[Entry],
) -> Iterator[chart.Drawn]:
    """The chart of a series, where it has limits; and where these begin anew by decision, another one without that."""
    if series.judged.has_limits:
        beside = series.without.points if series.without else ()
        yield limits.xmr(series, told, area, lang, tokens, present, notes, beside)
    if series.without is not None and series.without.has_limits:
        plain = Series(series.steps, series.without)
        without = limits.xmr(plain, told, area, lang, tokens, present, notes, series.judged.points)
        yield replace(without, key=say(lang, "charts.key_without"), alternative=_alternative_without(without, lang))


def _alternative_without(without: chart.Drawn, lang: Language) -> str:
    return f"{say(lang, 'charts.key_without')} {without.alternative}"


def _of_kind(
    shown: Release, area: Area, sheet: Sheet, lang: Language, tokens: look.Tokens, present: bool
) -> chart.Drawn | None:
    whole, definition = sheet.whole, sheet.whole.definition
    if definition.kind == "duration" and whole.withheld != "too_few":
        return curves.share_by_day(whole, figures.year_before(shown, area, whole), area, lang, tokens, present)
    if definition.kind == "stock" and definition.denominator:
        return bars.by_state(whole, area, lang, tokens, present)
    if definition.kind == "profile":
        groups = [
            (shown.breakdown(name).header[lang], split) for name, split in sheet.splits.items() if "*" not in name
        ]
        has_shares = any(each.value is not None for _, split in groups for each in split)
        return dots.profile(groups, area, lang, tokens, present, shown) if has_shares else None
    if definition.kind == "rate":
        return None
    if definition.kind == "occurrences" and definition.better != "explain_each":
        return None  # its months are the chart
    if definition.is_two_sided:
        return bars.diverging(sheet.steps, area, lang, tokens, present)
    figure, key = _of_steps(sheet.steps, lang, tokens, present)
    return chart.Drawn(figure, key, sentence.alternative(sheet.steps, area, lang))


def _of_steps(steps: Sequence[Figure], lang: Language, tokens: look.Tokens, present: bool) -> tuple[go.Figure, str]:
    """The chart of an indicator over the parts of a period, and the sentence that says how to read it."""
    definition = steps[0].definition
    if definition.is_share and max(sum(step.states.values()) for step in steps) > MARKS_A_ROW:
        return _shares(steps, lang, tokens, present), say(lang, f"figures.key_{definition.kind}_shares")
    return _marks(steps, lang, tokens, present), _key_of_marks(steps, lang)


def _key_of_marks(steps: Sequence[Figure], lang: Language) -> str:
    """What each mark that is drawn stands for."""
    definition = steps[0].definition
    if definition.kind == "occurrences":
        return say(lang, "figures.key_occurrences")
    found: dict[str, list[str]] = {}
    for state in steps[0].states:
        if any(step.states[state] for step in steps):
            found.setdefault(_shape(definition, state), []).append(say(lang, f"figures.state_{state}"))
    marks = [say(lang, f"figures.key_{shape}", states=words.listed(lang, of)) for shape, of in found.items()]
    return " ".join([say(lang, "figures.key_marks", counts=definition.counts[lang]), *marks])


_SHAPES: Final = {
    "met": "circle", "finished": "circle", "yes": "circle",
    "missed": "diamond", "running": "diamond", "no": "diamond", "occurred": "diamond", "open": "diamond",
}  # fmt: skip
"""What a mark of each state is; of any other it is a ring."""


def _shape(definition: Definition, state: str) -> str:
    """A no is a concern only where more yes is better, and a yes where fewer are."""
    if definition.kind == "share" and definition.better in ("neither", "lower"):
        return {"yes": "diamond" if definition.better == "lower" else "circle"}.get(state, "ring")
    return _SHAPES.get(state, "ring")


def _marks(steps: Sequence[Figure], lang: Language, tokens: look.Tokens, present: bool) -> go.Figure:
    """A row per step, a mark per case, and how many at the row's end."""
    picture, texts = _rows(steps, lang, tokens, present)
    styles = {"circle": ("circle", tokens.series), "diamond": ("diamond", tokens.concern)}
    for state in steps[0].states:
        symbol, colour = styles.get(_shape(steps[0].definition, state), ("circle-open", tokens.common))
        places = [(at, row) for row, step in enumerate(steps) for at in _places(step, state)]
        name = say(lang, f"figures.state_{state}")
        picture.add_scatter(
            x=[at for at, _ in places],
            y=[row for _, row in places],
            mode="markers",
            marker={
                "symbol": symbol,
                "size": _MARK_PX * look.scale(present),
                "color": colour,
                "line": {"width": 2, "color": colour},
            },
            hovertemplate=f"{name}<extra></extra>",
        )
    for row, step in enumerate(steps):
        text = sentence.value(step, lang) if step.N is None else sentence.count(step, lang)
        texts.append(chart.words_at(text, x=sum(step.states.values()) + 1, xref="x", y=row))
    picture.update_layout(annotations=texts)
    longest = max(_ROW_MIN, *(sum(step.states.values()) for step in steps))
    picture.update_xaxes(range=[0.5, longest + 2], showticklabels=False, showline=False, ticks="")
    scale = look.scale(present)
    picture.update_layout(height=round(_ROW_PX * (len(steps) + _ABOVE) * scale), margin={"t": 0, "b": 0})
    return picture


def _places(step: Figure, state: str) -> range:
    """Where along its row a step's cases of one state stand: after those of the states before."""
    before = 0
    for name, n in step.states.items():
        if name == state:
            return range(before + 1, before + n + 1)
        before += n
    return range(0)


def _shares(steps: Sequence[Figure], lang: Language, tokens: look.Tokens, present: bool) -> go.Figure:
    """A row per step: the share as a dot, its interval as a bar, the target dashed."""
    picture, texts = _rows(steps, lang, tokens, present)
    shown = [(row, step) for row, step in enumerate(steps) if step.value is not None]
    picture.add_scatter(
        x=[step.value for _, step in shown],
        y=[row for row, _ in shown],
        mode="markers",
        marker={"symbol": "circle", "size": _MARK_PX * look.scale(present), "color": tokens.series},
        error_x={
            "type": "data",
            "symmetric": False,
            "array": [(step.high or 0) - (step.value or 0) for _, step in shown],
            "arrayminus": [(step.value or 0) - (step.low or 0) for _, step in shown],
            "color": tokens.series,
            "thickness": 2,
            "width": 0,
        },
        customdata=[sentence.interval(step, lang, "figures.likely") for _, step in shown],
        hovertemplate="%{customdata}<extra></extra>",
    )
    marks = [0, 25, 50, 75, 100]
    picture.update_xaxes(**chart.ticks(marks, [words.percent(lang, mark / 100) for mark in marks], -4, 102))
    for row, step in enumerate(steps):
        texts.append(chart.words_at(sentence.count(step, lang), x=1.01, y=row))
    picture.update_layout(annotations=[*texts, *_target(picture, steps, lang, tokens)])
    return picture


def _target(picture: go.Figure, steps: Sequence[Figure], lang: Language, tokens: look.Tokens) -> list[dict[str, Any]]:
    """Draws each target over the rows of the parts it was in force for; the latest one's name, to be written over."""
    aims = [step.definition.target_on(step.period_to) for step in steps]
    top = -0.5 - _ABOVE
    for aim, group in groupby(range(len(aims)), key=lambda row: aims[row]):
        first, last = (rows := [*group])[0], rows[-1]
        if aim is not None:
            ends = {"y0": top if first == 0 else first - 0.5, "y1": last + 0.5}
            picture.add_shape(type="line", x0=aim.percent, x1=aim.percent, **ends, line=chart.aim_line(aim, tokens))
    latest = aims[-1]
    if latest is None:
        return []
    side = "left" if latest.percent < _LOW else "right"
    place = {"x": latest.percent, "xref": "x", "xanchor": side, "y": 1, "yref": "paper", "yanchor": "bottom"}
    colour = chart.aim_line(latest, tokens)["color"]
    return [chart.words_at(sentence.target(latest, lang), **place, font={"color": colour})]


def _rows(
    steps: Sequence[Figure], lang: Language, tokens: look.Tokens, present: bool
) -> tuple[go.Figure, list[dict[str, Any]]]:
    """An empty chart with a row per step, the first on top, and its period to be written above: a phone has no room
    beside."""
    room = chart.room_for(sentence.count(each, lang) for each in steps if each.N is not None)
    picture = chart.base(tokens, present=present, height=56 + _ROW_PX * len(steps), right=max(64, room), left=4)
    picture.update_yaxes(range=[len(steps) - 0.5, -0.5 - _ABOVE], showticklabels=False, showgrid=False)
    shift = _LABEL_PX * look.scale(present)
    return picture, [
        chart.words_at(sentence.period_of(step, lang), y=row, yshift=shift) for row, step in enumerate(steps)
    ]
