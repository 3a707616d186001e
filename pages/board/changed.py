"""What is different since the last meeting? Signals, verdicts, figures that read otherwise, notes, definitions."""

from __future__ import annotations

from assurance.release import Publication, Release
from assurance.since import Since
from assurance.words import say
from pages.parts import casewise, choices, differences, html, opened


def page() -> None:
    shown, chosen = choices.current_release(), choices.current()
    html.show(_drawn(shown.publication, shown, chosen))
    found = _found(shown.publication, shown, chosen)
    if found.then is not None:
        casewise.ask(found.then.number, shown.publication.number, shown.area(chosen.area), chosen.lang)


@opened.kept
def _drawn(publication: Publication, shown: Release, chosen: choices.Choices) -> str:
    lang, found = chosen.lang, _found(publication, shown, chosen)
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


def _found(publication: Publication, shown: Release, chosen: choices.Choices) -> Since:
    """Against the publication the reader chose, or that of the last meeting."""
    if chosen.since is None:
        return differences.found(shown, chosen.area)
    return differences.between(chosen.since, publication.number, chosen.area)
