"""Are decisions made in time, open cases included?"""

from __future__ import annotations

from pages.parts import card


def page() -> None:
    card.section("timeliness")
