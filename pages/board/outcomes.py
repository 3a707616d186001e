"""Were outcomes fixed and referred on?"""

from __future__ import annotations

from assurance import sentence
from pages.parts import card, choices, html


def page() -> None:
    card.section("outcomes")
    shown, chosen = choices.current_release(), choices.current()
    html.show(*[html.note(each) for each in sentence.editions(shown, shown.area(chosen.area), chosen.lang)])
