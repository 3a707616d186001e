"""Can we rely on these figures? Who sent, what failed, what agrees, what was restated, and who looked."""

from __future__ import annotations

from assurance import trust
from assurance.release import Publication, Release
from assurance.words import say
from pages.parts import agreement, choices, html, opened, restatements, supply


def page() -> None:
    shown = choices.current_release()
    html.show(_drawn(shown.publication, shown, choices.current()))


@opened.kept
def _drawn(publication: Publication, shown: Release, chosen: choices.Choices) -> str:
    lang, area = chosen.lang, shown.area(chosen.area)
    found = trust.of(shown, area, chosen.period)
    if not found.is_told:
        return html.answer(say(lang, "trust.not_told"))
    doubted = trust.doubted(shown, area, chosen.period)
    return "".join(
        [
            html.answer(" ".join(supply.answer(found, doubted, lang))),
            html.section(say(lang, "trust.services_title")),
            supply.services(shown, area, found, lang),
            html.section(say(lang, "trust.withheld_title")),
            supply.withheld(doubted, lang),
            html.section(say(lang, "trust.agreement_title")),
            agreement.services(shown, area, found, lang),
            html.section(say(lang, "trust.totals_title")),
            agreement.totals(shown, area, found, lang),
            html.section(say(lang, "trust.rows_title")),
            supply.rows(shown, found, lang),
            html.section(say(lang, "trust.filled_title")),
            supply.filled(shown, found, lang),
            html.section(say(lang, "trust.log_title")),
            restatements.log(shown, area.code, lang),
            html.section(say(lang, "trust.gone_title")),
            agreement.gone(shown, found, lang),
            html.section(say(lang, "trust.lines_title")),
            agreement.lines(found, doubted, lang),
        ]
    )
