"""What comes back, what did an independent look find, and are people trained?"""

from __future__ import annotations

from pages.parts import card


def page() -> None:
    card.section("learning")
