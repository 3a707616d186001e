"""What needs our attention? A row per indicator, in the order the board set."""

from __future__ import annotations

from assurance import sentence, verdicts, words
from assurance.figures import Figure
from assurance.judgement import Judgement
from assurance.release import Area, Publication, Release
from assurance.words import Language, say
from pages.parts import choices, differences, glance, html, opened


def page() -> None:
    shown, chosen = choices.current_release(), choices.current()
    since = differences.brief(shown, shown.area(chosen.area), chosen.lang)
    html.show(_drawn(shown.publication, shown, chosen), html.section(say(chosen.lang, "since.title")), *since)


@opened.kept
def _drawn(publication: Publication, shown: Release, chosen: choices.Choices) -> str:
    lang, area = chosen.lang, shown.area(chosen.area)
    found = glance.judged(shown, shown.at_a_glance, area, chosen.period)
    attention = [_told(figure, judged, lang) for figure, judged, _ in found if judged.is_worth_asking]
    return "".join(
        [
            *[html.answer(text) for text in attention or [say(lang, "pages.nothing_found")]],
            html.subtitle(_volume(shown, area, chosen.period, lang)),
            html.subtitle(say(lang, "pages.glance_key")),
            glance.table(shown, area, found, say(lang, "pages.glance_caption"), lang),
            html.note(say(lang, "pages.glance_note")),
        ]
    )


def _volume(shown: Release, area: Area, code: str, lang: Language) -> str:
    cases = words.say_count(lang, "frame.cases", shown.cases_received(area, code))
    return say(lang, "pages.volume", cases=cases, open=words.number(lang, shown.facts(area).open_cases))


def _told(figure: Figure, judged: Judgement, lang: Language) -> str:
    """What it is, and that it changes if it does."""
    told = [sentence.finding(figure, lang)]
    if judged.rule is not None:
        told += verdicts.change(judged, lang)[:1]
    return " ".join(told)
