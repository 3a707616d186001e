"""What did we agree and not do?"""

from __future__ import annotations

from pages.parts import card


def page() -> None:
    card.section("actions")
