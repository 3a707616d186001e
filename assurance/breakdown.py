"""What figures are broken down by, in words.

Knows the shape of ``breakdowns.toml`` and what it means to cross two of them. Refuses to know where the files are: it
is handed what they hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from assurance.indicator import Both
from assurance.words import LANGUAGES, say

NOT_RECORDED: Final = "UNK"
"""The category of a blank, in whatever it is counted by."""


@dataclass(frozen=True)
class Breakdown:
    """What figures are broken down by: the words over the table, the head of its first column, and each category's name
    by its code, in order."""

    by: Both
    header: Both
    labels: Mapping[str, Both]


def parse(declared: Mapping[str, Any], codes: Mapping[str, Mapping[str, Any]]) -> dict[str, Breakdown]:
    """Every breakdown by name; ``codes``: the code lists that the categories of some are. A blank is a category too."""
    return {
        name: Breakdown(
            each["by"], each["header"], _with_blank({**codes.get(each.get("list"), {}), **each.get("codes", {})})
        )
        for name, each in declared.items()
    }


def _with_blank(labels: dict[str, Both]) -> dict[str, Both]:
    """The categories with one for a blank at the end, unless their own list has it."""
    return labels | {NOT_RECORDED: labels.get(NOT_RECORDED) or _not_recorded()}


def _not_recorded() -> Both:
    return {str(lang): say(lang, "figures.state_not_recorded") for lang in LANGUAGES}


def named(known: Mapping[str, Breakdown], name: str) -> Breakdown:
    """The words of a breakdown; of a two-way one, ``a*b``, the categories of both crossed."""
    first, *others = name.split("*")
    found = known[first]
    for other in (known[each] for each in others):
        labels: dict[str, Both] = {
            f"{row}*{column}": {str(lang): f"{names[lang]}, {named[lang]}" for lang in LANGUAGES}
            for row, names in found.labels.items()
            for column, named in other.labels.items()
        }
        found = Breakdown(found.by, found.header, labels)
    return found
