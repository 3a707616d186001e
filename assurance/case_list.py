"""Which items a number is made of, and whose cases they are.

Knows that rows and counts come from one table, so there are as many rows as the number says. Knows rows, so it asks for
a release opened for who may see them. Refuses to say anything of them in words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, Final

from assurance import figures, period
from assurance.figures import ALL
from assurance.indicator import Definition
from assurance.release import Area, Release

KEYS: Final[Mapping[str, str]] = {
    "cases": "case_id",
    "children": "child_id",
    "advice": "advice_id",
    "decisions": "decision_id",
    "meetings": "meeting_id",
    "actions": "action_id",
    "information_sharing": "share_id",
    "file_audits": "audit_id",
}
"""The tables whose rows belong to a case and have a reference of their own, and its column."""
SHARED: Final = ("adult_id", "setting_id")
"""Columns of a case that several may share: an item that is such a reference leads to all of them."""
NO_ITEMS: Final = ("base", "no_base")
"""The states that count people, who are nobody's items."""


@dataclass(frozen=True)
class Asked:
    """One figure: an indicator, an area, a period, and where it is broken down the category; ``state``: one of its
    states, or "" for all."""

    definition: Definition
    area: Area
    period: str
    breakdown: str = ALL
    category: str = ALL
    state: str = ""


@dataclass(frozen=True)
class Item:
    """One thing counted: in its month (None where that is not known) with its state, and for ``n`` where it is itself a
    count that somebody sent. ``cases``: those it belongs to; ``about``: what its measure reads of it."""

    id: str
    area: str
    month: date | None
    state: str
    days: int | None
    n: int
    cases: tuple[str, ...]
    about: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_case(self) -> bool:
        return self.cases == (self.id,)


def items(release: Release, asked: Asked) -> list[Item]:
    """The items of a figure, the newest month first. Raises Refused for a release without its rows."""
    first, last = figures.months_of(release, asked.area, asked.period, is_as_at=asked.definition.is_as_at)
    placed = release.of_cases(
        "figure",
        indicator=asked.definition.slug,
        areas=list(asked.area.members),
        breakdown=asked.breakdown,
        category=asked.category,
        first=first,
        last=last,
        every_month=asked.period == period.ALL and not asked.definition.is_as_at,
    )
    about = {(row["area_code"], row["item_id"]): row for row in release.items(asked.definition.slug)}
    owners = _cases_of(release)
    return [
        Item(
            row["item_id"],
            row["area"],
            row["month"],
            row["state"],
            row["days"],
            row["n"],
            cases_of(owners, row["area"], row["item_id"]),
            about.get((row["area"], row["item_id"]), {}),
        )
        for row in placed
        if asked.state in ("", row["state"])
    ]


def states(definition: Definition) -> tuple[str, ...]:
    """The states of an indicator that items can be in."""
    return tuple(state for state in definition.states if state not in NO_ITEMS)


_Owners = Mapping[tuple[str, str], tuple[str, ...]]
"""The cases that an area's reference belongs to."""


def cases_of(owners: _Owners, area: str, item: str) -> tuple[str, ...]:
    """The cases of an item, one that has a word after its case's reference included; none where it is no case's."""
    return owners.get((area, item)) or owners.get((area, item.partition("-")[0]), ())


@lru_cache(maxsize=2)
def _cases_of(release: Release) -> _Owners:
    """Read once for a release: which cases every reference leads to."""
    found: dict[tuple[str, str], dict[str, None]] = {}
    for table, key in (*KEYS.items(), *(("cases", shared) for shared in SHARED)):
        for row in release.rows(table, only=["area_code", key, "case_id"]):
            found.setdefault((row["area_code"], row[key]), {})[row["case_id"]] = None
    return {place: tuple(of) for place, of in found.items()}
