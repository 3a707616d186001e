"""What is different since the last meeting? Signals, verdicts, figures that read otherwise, notes, definitions."""

from __future__ import annotations

from assurance.release import Publication, Release
from assurance.words import say
from pages.parts import choices, differences, html, opened


def page() -> None:
    shown = choices.current_release()
    html.show(_drawn(shown.publication, shown, choices.current()))


@opened.kept
def _drawn(publication: Publication, shown: Release, chosen: choices.Choices) -> str:
    lang, area = chosen.lang, shown.area(chosen.area)
    number = publication.number
    found = (
        differences.between(chosen.since, number, area.code) if chosen.since else differences.found(shown, area.code)
    )
    told = differences.summary(found, lang)
    if found.then is None:
        more = html.paragraph(say(lang, "since.first_more"))
        return html.answer(" ".join(told)) + more + differences.entries(shown, found, lang)
    return "".join(
        [
            html.answer(" ".join(told)),
            html.section(say(lang, "since.signals_title")),
            differences.signals(found, lang),
            html.section(say(lang, "since.turned_title")),
            differences.turned(found, lang),
            html.section(say(lang, "since.restated_title")),
            differences.restated(found, lang),
            html.section(say(lang, "since.entries_title")),
            differences.entries(shown, found, lang),
            html.section(say(lang, "since.redefined_title")),
            differences.redefined(found, lang),
        ]
    )
