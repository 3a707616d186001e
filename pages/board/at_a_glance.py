"""What needs our attention? A row per indicator, in the order the board set."""

from __future__ import annotations

from collections.abc import Sequence

from assurance import figures, sentence, series, verdicts, words
from assurance.figures import Figure
from assurance.indicator import Definition
from assurance.judgement import Judgement
from assurance.release import Area, Publication, Release
from assurance.series import Series
from assurance.words import Language, say
from pages.parts import agreement, changes, choices, differences, finding, html, menu, opened, trends

_COLUMNS = ("measure", "latest", "trend", "is_it_changing", "against_target")


def page() -> None:
    shown, chosen = choices.current_release(), choices.current()
    since = differences.brief(shown, shown.area(chosen.area), chosen.lang)
    html.show(_drawn(shown.publication, shown, chosen), html.section(say(chosen.lang, "since.title")), *since)


@opened.kept
def _drawn(publication: Publication, shown: Release, chosen: choices.Choices) -> str:
    lang, area = chosen.lang, shown.area(chosen.area)
    found = _judged(shown, shown.at_a_glance, area, chosen.period)
    attention = [_told(figure, judged, lang) for figure, judged, _ in found if judged.is_worth_asking]
    return "".join(
        [
            *[html.answer(text) for text in attention or [say(lang, "pages.nothing_found")]],
            html.subtitle(_volume(shown, area, chosen.period, lang)),
            html.subtitle(say(lang, "pages.glance_key")),
            _table(shown, area, found, say(lang, "pages.glance_caption"), lang),
            html.note(say(lang, "pages.glance_note")),
        ]
    )


_Judged = tuple[Figure, Judgement, Series | None]


def table(shown: Release, measures: Sequence[Definition], chosen: choices.Choices, caption: str) -> str:
    """The same rows for other measures."""
    area = shown.area(chosen.area)
    return _table(shown, area, _judged(shown, measures, area, chosen.period), caption, chosen.lang)


def _judged(shown: Release, measures: Sequence[Definition], area: Area, code: str) -> list[_Judged]:
    over_time = series.of(shown, measures, area, code)
    stepped = figures.steps(shown, measures, area, [code])
    return [
        (each, changes.judge(shown, area, each, over_time.get(slug)), over_time.get(slug))
        for slug, (each,) in stepped.items()
    ]


def _table(shown: Release, area: Area, found: Sequence[_Judged], caption: str, lang: Language) -> str:
    headers = [say(lang, f"pages.{column}") for column in _COLUMNS]
    return html.glance(caption, headers, [_row(shown, area, *each, lang) for each in found])


def _volume(shown: Release, area: Area, code: str, lang: Language) -> str:
    cases = words.say_count(lang, "frame.cases", shown.cases_received(area, code))
    return say(lang, "pages.volume", cases=cases, open=words.number(lang, shown.facts(area).open_cases))


def _told(figure: Figure, judged: Judgement, lang: Language) -> str:
    """What it is, and that it changes if it does."""
    told = [sentence.finding(figure, lang)]
    if judged.rule is not None:
        told += verdicts.change(judged, lang)[:1]
    return " ".join(told)


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
        unit=sentence.unit(figure, lang),
        basis=", ".join([*count, *sure, sentence.period_of(figure, lang)]),
        picture=picture,
        picture_says=says,
        picture_below=say(lang, "pages.trend_below_gaps") if events is not None else "",
        change=finding.change(judged, over_time, lang),
        against_target=finding.against_target(judged, figure, lang),
        assurance=agreement.line(shown, area, figure, lang),
    )
