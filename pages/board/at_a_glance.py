"""What needs our attention? A row per indicator, in the order the board set."""

from __future__ import annotations

from assurance import figures, period, sentence, words
from assurance.figures import Figure
from assurance.release import Area, Publication, Release
from assurance.words import Language, say
from pages.parts import choices, finding, html, opened, pictures

_COLUMNS = ("measure", "latest", "quarters", "how_sure", "against_target")


def page() -> None:
    shown = choices.current_release()
    html.show(_drawn(shown.publication, shown, choices.current()))


@opened.kept
def _drawn(publication: Publication, _shown: Release, chosen: choices.Choices) -> str:
    lang, area = chosen.lang, _shown.area(chosen.area)
    found = [figures.figure(_shown, definition, area, chosen.period) for definition in _shown.at_a_glance]
    attention = [sentence.finding(figure, lang) for figure in found if finding.is_worth_asking(figure)]
    return "".join(
        [
            *[html.answer(text) for text in attention or [say(lang, "pages.nothing_found")]],
            html.subtitle(_volume(_shown, area, chosen.period, lang)),
            html.glance(
                say(lang, "pages.glance_caption"),
                [say(lang, f"pages.{column}") for column in _COLUMNS],
                [_row(_shown, area, figure, lang) for figure in found],
            ),
            html.note(say(lang, "pages.glance_note")),
        ]
    )


def _volume(shown: Release, area: Area, code: str, lang: Language) -> str:
    cases = words.say_count(lang, "frame.cases", shown.cases_received(area, code))
    return say(lang, "pages.volume", cases=cases, open=words.number(lang, shown.facts(area).open_cases))


def _row(shown: Release, area: Area, figure: Figure, lang: Language) -> html.Row:
    definition = figure.definition
    picture, says = pictures.by_quarter(shown, area, definition, figure.period, lang)
    count = [] if figure.value is None or figure.N is None else [sentence.count(figure, lang)]
    return html.Row(
        name=definition.title[lang],
        href=choices.address(f"/{definition.section}"),
        detail=definition.id,
        value=sentence.value(figure, lang),
        unit=sentence.unit(figure, lang),
        basis=", ".join([*count, period.label(figure.period, lang)]),
        picture=picture,
        picture_says=says,
        how_sure=finding.how_sure(figure, lang),
        against_target=finding.against_target(figure, lang),
    )
