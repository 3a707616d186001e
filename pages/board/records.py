"""Is it written down, and were the right people told?"""

from __future__ import annotations

from pages.parts import card


def page() -> None:
    card.section("records")
