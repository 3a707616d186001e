"""Who are the children, and is any group over-represented?"""

from __future__ import annotations

from pages.parts import card


def page() -> None:
    card.section("cohort")
