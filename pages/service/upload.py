"""A board question; its content follows."""

from __future__ import annotations


def page() -> None:
    """The frame draws the question."""
