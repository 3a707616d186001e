"""Were outcomes fixed and referred on?"""

from __future__ import annotations

from pages.parts import card


def page() -> None:
    card.section("outcomes")
