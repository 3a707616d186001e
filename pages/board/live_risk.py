"""Is any child at immediate risk in a live case, and what safeguard is in place?"""

from __future__ import annotations

from pages.parts import card


def page() -> None:
    card.section("live_risk")
