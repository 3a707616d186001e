"""Whether a measure is changing, as a page tells it: the sentences, and folded under them everything they rest on.

Knows how to put a judgement on a page. Refuses to judge.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assurance import figures, judgement, sentence, series, verdicts, words
from assurance.figures import Figure
from assurance.judgement import Judgement
from assurance.release import Area, Release
from assurance.series import Series
from assurance.words import Language, say
from pages.parts import gaps, html, limits


@dataclass(frozen=True)
class Told:
    """A judgement and its sentences; ``told`` and ``trace`` are HTML. ``events``: the days of what happens seldom."""

    judged: Judgement
    series: Series | None
    events: tuple[Sequence[date], date] | None
    sentences: list[str]
    told: list[str]
    trace: list[str]


def of(shown: Release, area: Area, figure: Figure, over_time: Series | None, lang: Language) -> Told:
    """The judgement on a figure by the method of its definition, told."""
    judged, events = judge(shown, area, figure, over_time), seldom(shown, area, figure)
    sentences = verdicts.change(judged, lang, over_time)
    told = [html.paragraph(" ".join(sentences))] if sentences else []
    return Told(judged, over_time, events, sentences, told, _trace(figure, judged, over_time, events, lang))


def judge(shown: Release, area: Area, figure: Figure, over_time: Series | None) -> Judgement:
    """The judgement on a figure by the method of its definition."""
    before = figures.year_before(shown, area, figure) if figure.definition.verdict == "log_rank" else None
    return judgement.judge(figure, over_time.judged if over_time else None, before)


def seldom(shown: Release, area: Area, figure: Figure) -> tuple[Sequence[date], date] | None:
    """The days on which each of what should not happen did, and the last day known; None for any other measure."""
    definition = figure.definition
    if definition.verdict != "explain_each" or definition.kind != "occurrences":
        return None
    return series.events(shown, definition, area, figure.period)


def _trace(
    figure: Figure,
    judged: Judgement,
    over_time: Series | None,
    events: tuple[Sequence[date], date] | None,
    lang: Language,
) -> list[str]:
    """What the verdict rests on: method, points, limits, target, and the version of the definition."""
    definition = figure.definition
    if judged.variation == "not_judged" and not events:
        return []
    aim = definition.target_on(figure.period_to)
    rests = [
        html.paragraph(say(lang, f"judgement.method_{judged.method}")),
        *[html.paragraph(text) for text in (verdicts.limits(over_time, lang) if over_time else [])],
        html.paragraph(sentence.target(aim, lang)) if definition.is_share else "",
    ]
    if over_time is not None and over_time.judged.has_limits:
        rests.append(html.table(say(lang, "judgement.points"), *limits.points(over_time, lang)))
    if events is not None and len(events[0]) > 1:
        rests.append(html.table(say(lang, "judgement.gaps"), *gaps.table(*events, lang)))
    latest = max(definition.changes, key=lambda each: each["on"])
    version = {"id": definition.id, "on": words.long_date(lang, latest["on"]), "what": latest["what"][lang]}
    rests.append(html.note(say(lang, "judgement.version", **version)))
    return [html.folded(say(lang, "judgement.rests_on"), "", *rests)]
