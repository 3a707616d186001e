"""Has anyone left before risk was assessed, and did the process finish?"""

from __future__ import annotations

from pages.parts import card


def page() -> None:
    card.section("exits")
