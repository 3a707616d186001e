"""Days from one rare event to the next (t chart), with what is usual where there are twenty, and the same as a table.

A picture, not a verdict: each of what is counted is to be explained whatever its distance from the one before. Refuses
exact days in words: the board reads months.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import plotly.graph_objects as go

from assurance import words
from assurance.entries import Entry
from assurance.indicator import Definition
from assurance.rare_events import Gap, t_chart
from assurance.release import Area
from assurance.words import Language, say
from pages.parts import chart, limits, look
from pages.parts.chart import Drawn
from pages.parts.limits import axis_marks

MIN_GAPS: Final = 3
"""Fewer than this are read from the list."""
_HEIGHT_PX: Final = 240
_LEFT_PX: Final = 44
_MARK_PX: Final = 8
_ROOM: Final = 1.06


def drawn(
    definition: Definition,
    days: Sequence[date],
    until: date,
    area: Area,
    lang: Language,
    tokens: look.Tokens,
    present: bool,
    notes: Sequence[Entry] = (),
) -> Drawn | None:
    """The chart of events on ``days``, known up to ``until``, with ``notes`` by their numbers; None where there are
    hardly any events."""
    found = t_chart(days, until=until)
    if len(found.gaps) < MIN_GAPS or found.open is None:
        return None
    gaps, latest = found.gaps, found.gaps[-1]
    top = max([found.open, *(each.length for each in gaps), latest.upper or 0]) * _ROOM
    texts = _at_the_edge(latest, lang, tokens)
    right = chart.room_for(each["text"] for each in texts)
    figure = chart.base(tokens, present=present, height=_HEIGHT_PX, left=_LEFT_PX, right=right)
    if latest.upper is not None:
        _usual(figure, latest, (days[0], until), tokens)
    _dots(figure, gaps, (until, found.open), lang, tokens, present)
    marks = axis_marks(top)
    figure.update_yaxes(**chart.ticks(marks, [words.number(lang, each) for each in marks], 0, top))
    years = [date(year, 1, 1) for year in range(days[0].year + 1, until.year + 1)]
    aside = (until - days[0]) / 50  # so that the first mark and the last are whole
    figure.update_xaxes(
        type="date", **chart.ticks(years, [str(each.year) for each in years], days[0] - aside, until + aside)
    )
    within = _within(notes, days[0], until)
    texts += [limits.mark(on, name, tokens) for on, name in within.items()]
    figure.update_layout(annotations=texts, shapes=[limits.upright(on, tokens) for on in within])
    alternative = say(
        lang,
        "charts.alt_gaps",
        title=definition.title[lang],
        area=area.names[lang],
        n=words.number(lang, len(gaps)),
        first=words.month_name(lang, days[0]),
        last=words.month_name(lang, days[-1]),
        open=words.say_count(lang, "figures.days", found.open),
    )
    key = say(lang, "charts.key_gaps" if latest.upper is None else "charts.key_gaps_limits")
    if within:
        key = f"{key} {say(lang, 'charts.key_notes')}"
    return Drawn(figure, f"{key} {usual(latest, lang)}", f"{alternative} {usual(latest, lang)}")


def _within(notes: Sequence[Entry], first: date, last: date) -> dict[date, str]:
    """The numbers of the notes of each month, by the day of the first of them."""
    days: dict[date, list[int]] = {}
    for number, each in enumerate(notes, start=1):
        if first <= each.on <= last:
            same = next((day for day in days if day.replace(day=1) == each.on.replace(day=1)), each.on)
            days.setdefault(same, []).append(number)
    return {day: limits.numbers(of) for day, of in days.items()}


def _at_the_edge(latest: Gap, lang: Language, tokens: look.Tokens) -> list[dict[str, Any]]:
    """Words at the right edge for what is usual, where that is known."""
    named = {"upper": latest.upper, "mean": latest.centre}
    return [
        chart.words_at(
            say(lang, f"charts.edge_{name}", value=words.number(lang, round(value))),
            x=1, xshift=4, y=value, font={"color": tokens.muted},
        )
        for name, value in named.items()
        if value is not None
    ]  # fmt: skip


def _usual(figure: go.Figure, latest: Gap, ends: tuple[date, date], tokens: look.Tokens) -> None:
    figure.add_scatter(
        x=[*ends, *reversed(ends)], y=[latest.lower, latest.lower, latest.upper, latest.upper],
        fill="toself", fillcolor=tokens.band, mode="lines", line={"width": 0}, hoverinfo="skip",
    )  # fmt: skip
    line = {"color": tokens.common, "width": 1}
    figure.add_scatter(x=ends, y=[latest.centre] * 2, mode="lines", line=line, hoverinfo="skip")


def _dots(
    figure: go.Figure,
    gaps: Sequence[Gap],
    still_open: tuple[date, int],
    lang: Language,
    tokens: look.Tokens,
    present: bool,
) -> None:
    """A mark per event, as high as the days since the one before, and a hollow one for the time since the last."""
    on, lengths = [each.ended_on for each in gaps], [each.length for each in gaps]
    until, days = still_open
    line = {"color": tokens.series, "width": 1.25}
    figure.add_scatter(x=on, y=lengths, mode="lines", line=line, hoverinfo="skip")
    styles = [*(_style(each, tokens) for each in gaps), ("circle-open", tokens.series)]
    figure.add_scatter(
        x=[*on, until],
        y=[*lengths, days],
        mode="markers",
        marker={
            "symbol": [symbol for symbol, _ in styles],
            "color": [colour for _, colour in styles],
            "size": _MARK_PX * look.scale(present),
        },
        customdata=[
            *(_says(each, lang) for each in gaps),
            f"{say(lang, 'charts.gaps_open')}: {words.number(lang, days)}",
        ],
        hovertemplate="%{customdata}<extra></extra>",
    )


def usual(latest: Gap, lang: Language) -> str:
    """What is usual from one to the next, or that there are too few to say."""
    if latest.centre is None or latest.lower is None or latest.upper is None:
        return say(lang, "charts.gaps_too_few")
    centre = words.say_count(lang, "figures.days", round(latest.centre))
    lower, upper = (words.number(lang, round(each)) for each in (latest.lower, latest.upper))
    return say(lang, "charts.gaps_usual", centre=centre, lower=lower, upper=upper)


def table(days: Sequence[date], until: date, lang: Language) -> tuple[list[str], list[list[str]]]:
    """The headers and rows of the table behind the chart, the time since the last at its foot."""
    found = t_chart(days, until=until)
    headers = [say(lang, f"charts.{each}") for each in ("gaps_month", "gaps_days", "header_signal")]
    rows = [[_month(each, lang), words.number(lang, each.length), _signal(each, lang)] for each in found.gaps]
    return headers, [*rows, [say(lang, "charts.gaps_open"), words.number(lang, found.open or 0), "–"]]


def _style(gap: Gap, tokens: look.Tokens) -> tuple[str, str]:
    if gap.signal is None:
        return "circle", tokens.series
    return ("square", tokens.improving) if gap.kind == "special_cause_improvement" else ("diamond", tokens.concern)


def _signal(gap: Gap, lang: Language) -> str:
    if gap.signal is None:
        return "–"
    return say(lang, "charts.gaps_longer" if gap.kind == "special_cause_improvement" else "charts.gaps_shorter")


def _month(gap: Gap, lang: Language) -> str:
    return "–" if gap.ended_on is None else words.month_name(lang, gap.ended_on)


def _says(gap: Gap, lang: Language) -> str:
    return f"{_month(gap, lang)}: {words.say_count(lang, 'figures.days', gap.length)}"
