"""The small pictures of At a glance, and their words: the same points and limits as the chart on the measure's page.

Refuses a picture where there is too little to draw, and says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from assurance import figures, period, words
from assurance.figures import Figure
from assurance.rare_events import t_chart
from assurance.release import Area, Release
from assurance.series import Series
from assurance.spc import Kind
from assurance.words import Language, say
from pages.parts import gaps, spark

_MARKS: Final[dict[Kind, spark.Mark]] = {
    "common_cause": "common",
    "special_cause_improvement": "improving",
    "special_cause_concern": "concern",
    "special_cause_neutral_high": "higher",
    "special_cause_neutral_low": "lower",
}

Events = tuple[Sequence[date], date]


def of(
    shown: Release, area: Area, figure: Figure, over_time: Series | None, events: Events | None, lang: Language
) -> tuple[str, str]:
    """The address of a picture, empty if there is none, and its words."""
    if figure.withheld == "not_supplied":
        return "", say(lang, "pages.trend_none")
    if events is not None:
        return _from_one_to_the_next(*events, lang)
    if over_time is not None and over_time.judged.variation == "too_sparse":
        return "", say(lang, "pages.trend_sparse")
    if over_time is not None and over_time.judged.points:
        return _series(over_time, lang)
    return _by_quarter(shown, area, figure, lang)


def _series(series: Series, lang: Language) -> tuple[str, str]:
    latest, points = series.judged.points[-1], series.judged.points
    has_limits = latest.lower is not None and latest.upper is not None
    picture = spark.trend(
        [point.value for point in points],
        marks=[_MARKS[point.kind] for point in points],
        band=(latest.lower or 0, latest.upper or 0) if has_limits else None,
        band_from=next(at for at, point in enumerate(points) if point.group == latest.group),
        **_aims(series.steps),
    )
    step = "month" if series.is_monthly else "quarter"
    return picture, _between(f"pages.trend_{step}", series.steps[0].period, series.steps[-1].period, lang)


def _aims(steps: Sequence[Figure]) -> dict[str, Any]:
    """The target of each step, and whether the latest is a benchmark only; nothing where shares have none."""
    aims = [each.definition.target_on(each.period_to) if each.definition.is_share else None for each in steps]
    percents = [aim.percent if aim else None for aim in aims]
    return {"target": percents, "is_benchmark": bool(aims and aims[-1] and aims[-1].basis == "benchmark")}


def _from_one_to_the_next(days: Sequence[date], until: date, lang: Language) -> tuple[str, str]:
    found = t_chart(days, until=until).gaps
    if len(found) < gaps.MIN_GAPS:
        return "", say(lang, "pages.trend_few_events")
    latest = found[-1]
    band = None if latest.lower is None or latest.upper is None else (latest.lower, latest.upper)
    marks: list[spark.Mark] = ["common" if each.signal is None else _MARKS[each.kind] for each in found]
    picture = spark.trend([each.length for each in found], marks=marks, band=band)
    ends = {"first": words.month_name(lang, days[0]), "last": words.month_name(lang, days[-1])}
    return picture, say(lang, "pages.trend_gaps", **ends)


def _by_quarter(shown: Release, area: Area, figure: Figure, lang: Language) -> tuple[str, str]:
    """Shares or medians of the quarters that have cases enough for one, up to the end of the figure's period."""
    definition, (_, last) = figure.definition, period.parse(figure.period)
    quarters = [each for each in period.quarters(shown.periods) if period.parse(each)[1] <= last]
    steps = figures.over(shown, definition, area, quarters)
    values = [each.value for each in steps]
    if not any(value is not None for value in values):
        return "", say(lang, "pages.trend_none")
    picture = spark.trend(values, **_aims(steps))
    name = "median" if definition.kind == "duration" else "quarter"
    return picture, _between(f"pages.trend_{name}", quarters[0], quarters[-1], lang)


def _between(key: str, first: str, last: str, lang: Language) -> str:
    return say(lang, key, first=period.label(first, lang), last=period.label(last, lang))
