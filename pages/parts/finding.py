"""What At a glance says of a figure: how sure it is, how it stands to its target, whether it is worth asking about."""

from __future__ import annotations

from typing import Final

from assurance import sentence
from assurance.figures import Figure
from assurance.words import Language, say
from pages.parts import html

_ICONS: Final[dict[str | None, html.Icon]] = {
    "meets_target": "will_meet",
    "below_target": "will_miss",
    "above_target": "will_miss",
    "unclear": "hit_or_miss",
    "too_few": "early",
    "explain_each": "concern",
}


def is_worth_asking(figure: Figure) -> bool:
    """Whether it is off its target beyond chance, or holds something to be explained."""
    return _ICONS.get(figure.verdict) in ("concern", "will_miss")


def against_target(figure: Figure, lang: Language) -> html.Finding:
    definition = figure.definition
    aim = sentence.target(definition.target_on(figure.period_to), lang) if definition.is_share else ""
    return html.Finding(_ICONS.get(figure.verdict, "none"), sentence.verdict(figure, lang), aim)


def how_sure(figure: Figure, lang: Language) -> html.Finding:
    none = "pages.no_interval" if figure.N is None else "pages.no_share"
    return html.Finding("none", sentence.interval(figure, lang, "figures.likely") or say(lang, none))
