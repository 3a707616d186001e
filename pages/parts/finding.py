"""What At a glance says of a figure: whether it is changing, and how it stands to its target."""

from __future__ import annotations

from typing import Final

from assurance import sentence, verdicts
from assurance.figures import Figure
from assurance.judgement import Assurance, Judgement, Variation
from assurance.series import Series
from assurance.words import Language, say
from pages.parts import html

_CHANGE: Final[dict[Variation, html.Icon]] = {
    "improving": "improving",
    "getting_worse": "concern",
    "higher": "higher",
    "lower": "lower",
    "no_change": "common",
    "too_early": "early",
    "too_few": "early",
    "too_sparse": "early",
    "no_spread": "early",
    "not_recorded": "concern",
    "withheld": "concern",
}
_TARGET: Final[dict[Assurance | None, html.Icon]] = {
    "meets_target": "will_meet",
    "will_meet": "will_meet",
    "below_target": "will_miss",
    "above_target": "will_miss",
    "will_miss": "will_miss",
    "unclear": "hit_or_miss",
    "hit_or_miss": "hit_or_miss",
    "too_few": "early",
    "explain_each": "concern",
    "not_recorded": "concern",
}


def change(judged: Judgement, series: Series | None, lang: Language) -> html.Finding:
    if judged.method == "explain_each" and judged.variation != "withheld":
        return html.Finding("none", say(lang, "pages.each_by_itself"))
    is_trial = series is not None and series.judged.is_trial
    aside = say(lang, "judgement.provisional") if is_trial else ""
    return html.Finding(_CHANGE.get(judged.variation, "none"), verdicts.variation(judged, lang), aside)


def against_target(judged: Judgement, figure: Figure, lang: Language) -> html.Finding:
    definition = figure.definition
    aim = sentence.target(definition.target_on(figure.period_to), lang) if definition.is_share else ""
    return html.Finding(_TARGET.get(judged.assurance, "none"), verdicts.assurance(judged, figure, lang), aim)
