"""Was police and social services advice followed; where not, why, and who signed?"""

from __future__ import annotations

from pages.parts import card


def page() -> None:
    card.section("advice")
