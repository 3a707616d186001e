"""How many cases are alone with what a neighbour, a colleague or a parent may know of them.

Knows ordinary fields that together point at a person, and counts. Refuses to call anything anonymous, and holds no
value: a report is numbers only. k is the size of the smallest group of cases that are alike in all of those fields.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from assurance import words

OF_A_CASE: Final = ("role_group", "setting_type", "received_month", "harm_category")
OF_A_CHILD: Final = ("sex", "age_band", "ethnic_group")
INTERNAL_K: Final = 3
EXPORT_K: Final = 5
"""Groups smaller than these stand out: to the board's own members, and to anyone (data dictionary, 5.3)."""


@dataclass(frozen=True)
class KReport:
    """``columns`` are those looked at together; ``rows`` how many cases. ``smallest`` is k, 0 where there are no cases.
    ``unique``, ``below_3`` and ``below_5`` are cases in groups of one, of fewer than three, of fewer than five."""

    columns: tuple[str, ...]
    rows: int
    smallest: int
    unique: int
    below_3: int
    below_5: int

    def says(self, lang: words.Language) -> str:
        """The report in a sentence or two."""
        if not self.rows:
            return words.say(lang, "door.k_no_cases")
        counts = ("rows", "smallest", "unique", "below_3", "below_5")
        values = {name: words.number(lang, getattr(self, name)) for name in counts}
        key = "door.k_with_children" if set(OF_A_CHILD) & set(self.columns) else "door.k_of_cases"
        return words.say(lang, key, **values)


def k_report(rows: Iterable[Mapping[str, object]], quasi_identifiers: Sequence[str]) -> KReport:
    """How ``rows`` stand out by the columns named; a cell that is blank or not there is a value like any other."""
    groups = Counter(tuple(row.get(column) for column in quasi_identifiers) for row in rows)
    sizes = list(groups.values())
    return KReport(
        columns=tuple(quasi_identifiers),
        rows=sum(sizes),
        smallest=min(sizes, default=0),
        unique=_below(sizes, 2),
        below_3=_below(sizes, INTERNAL_K),
        below_5=_below(sizes, EXPORT_K),
    )


def of_cases(cases: Iterable[Mapping[str, object]], children: Iterable[Mapping[str, object]] = ()) -> KReport:
    """How the cases of an extract stand out, by themselves and, where children are sent, with all of their children.

    Rows are staged ones: ``received_on`` is a date or None. A child whose case is not there counts nowhere.
    """
    of_case: dict[object, list[tuple[object, ...]]] = {}
    for child in children:
        of_case.setdefault(child["case_id"], []).append(tuple(child.get(column) for column in OF_A_CHILD))
    columns = (*OF_A_CASE, *OF_A_CHILD) if of_case else OF_A_CASE
    return k_report((_row(case, of_case.get(case["case_id"], [])) for case in cases), columns)


def _row(case: Mapping[str, object], children: Sequence[tuple[object, ...]]) -> dict[str, object]:
    """A case with its month and its children, whose order means nothing."""
    received_on = case.get("received_on")
    month = received_on.replace(day=1) if isinstance(received_on, date) else None
    ordered = sorted(children, key=repr)
    known = {column: tuple(child[at] for child in ordered) for at, column in enumerate(OF_A_CHILD)}
    return {**case, "received_month": month, **known}


def _below(sizes: Sequence[int], size: int) -> int:
    return sum(each for each in sizes if each < size)
