"""What a board asks and what was found in 2011, each with what answers it: ``questions.toml`` and ``findings.toml``.

Knows the order, the indicators by slug and the facts by name. Refuses to answer: figures and :mod:`assurance.facts` do.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import Any, Final

from assurance.indicator import Both

QUESTIONS: Final = "indicators/questions.toml"
FINDINGS: Final = "indicators/findings.toml"


@dataclass(frozen=True)
class Item:
    """A question or a finding in both languages, ``number`` from 1. ``source``: where a finding was published, by the
    marks of the 2011 sample; ``page``: the page that answers it as a whole, by name, where one does."""

    number: int
    text: Both
    indicators: tuple[str, ...]
    facts: tuple[str, ...]
    source: str
    page: str


def parse(text: str) -> tuple[Item, ...]:
    """The items that a file (TOML) declares, in their order; none of an empty one."""
    declared: list[dict[str, Any]] = next(iter(tomllib.loads(text).values()), [])
    return tuple(
        Item(
            number,
            {"en": each["en"], "cy": each["cy"]},
            tuple(each.get("indicators", ())),
            tuple(each.get("facts", ())),
            each.get("source", ""),
            each.get("page", ""),
        )
        for number, each in enumerate(declared, start=1)
    )
