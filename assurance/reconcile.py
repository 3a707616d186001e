"""Whether a total is the sum of its parts, and which totals are parts of which.

Knows whole numbers and the periods they stand for. Refuses to say which of two numbers is wrong.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Difference:
    """A total as given, and what its parts come to."""

    given: int
    counted: int

    @property
    def by(self) -> int:
        """How many too many were given; negative if too few."""
        return self.given - self.counted


@dataclass(frozen=True)
class Total:
    """A count of what happened from ``starts`` to ``ends``, both days included."""

    starts: date
    ends: date
    value: int


def adds_up(total: int, parts: Sequence[int]) -> Difference | None:
    """None if ``total`` is the sum of ``parts``, else how it differs."""
    return None if total == sum(parts) else Difference(total, sum(parts))


def parts_of(whole: Total, totals: Collection[Total]) -> tuple[Total, ...]:
    """The shorter periods among ``totals`` that make up the whole's without gap or overlap, the longest taken first.

    Empty if none do: a year with eleven of its months has no parts to be held against.
    """
    parts: list[Total] = []
    starts = whole.starts
    while starts <= whole.ends:
        begun = [
            each
            for each in totals
            if each.starts == starts
            and each.starts <= each.ends <= whole.ends
            and (each.starts, each.ends) != (whole.starts, whole.ends)
        ]
        if not begun:
            return ()
        parts.append(max(begun, key=lambda each: each.ends))
        starts = parts[-1].ends + timedelta(days=1)
    return tuple(parts)


def differing(totals: Collection[Total]) -> dict[Total, Difference]:
    """The totals of one thing that their own parts do not add up to, each with the difference."""
    found: dict[Total, Difference] = {}
    for whole in totals:
        parts = parts_of(whole, totals)
        difference = adds_up(whole.value, [part.value for part in parts]) if parts else None
        if difference:
            found[whole] = difference
    return found
