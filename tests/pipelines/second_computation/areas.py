"""The accepted rows as areas and their cases, each case with its own rows; one id in two areas is two cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import Any

from tests.pipelines.second_computation.checks import Check, checks
from tests.pipelines.second_computation.dates import WorkingDays

Row = Mapping[str, Any]
Rows = Sequence[Row]
Tables = Mapping[str, Rows]


@dataclass(frozen=True)
class Area:
    """One authority; ``bases`` are the rows of ``bases.toml`` that are its own."""

    code: str
    snapshot: date
    calendar: WorkingDays
    bases: Rows
    tables: Tables

    @cached_property
    def cases(self) -> list[Case]:
        by_case = {name: _by_case(rows) for name, rows in self.tables.items()}
        return [Case(row, self, by_case) for row in self.tables["cases"]]


class Case:
    """One case, its columns by name, and its rows of the other tables."""

    def __init__(self, row: Row, area: Area, by_case: Mapping[str, Mapping[str, Rows]]) -> None:
        self.row = row
        self.area = area
        self.advice, self.decisions, self.meetings, self.actions, self.children = (
            by_case[name].get(row["case_id"], ()) for name in ("advice", "decisions", "meetings", "actions", "children")
        )

    def __getitem__(self, column: str) -> Any:
        return self.row[column]

    @property
    def meets_threshold(self) -> bool:
        return bool(self["threshold_met"] == "Y")

    @property
    def safeguards(self) -> Rows:
        """The decisions on a safeguard and on its review."""
        return [row for row in self.decisions if row["decision_type"] in ("SAFEGUARD", "REVIEW")]

    @cached_property
    def checks(self) -> list[Check]:
        """Each decision and each unanswered day of advice, the earliest first."""
        return checks(self.advice, self.safeguards, self["exit_on"], self.area.snapshot, self.area.calendar)


Item = Mapping[str, Any]
"""One thing counted: the dates and facts that its kind reads, and its codes by breakdown."""

Counts = Counter[tuple[date | None, str, str, str, int | None]]
"""``{(month, breakdown, category, state, days): n}``"""

Measure = Callable[[Sequence[Item], Area], Counts]
"""The items of one area into its counts."""

Indicator = tuple[Callable[[Case], Iterable[Item]], Measure]
"""What is counted of a case, and how."""


def areas(tables: Tables, calendar: WorkingDays, bases: Rows) -> list[Area]:
    """Each area with its own rows; its snapshot is the newest of its extracts."""
    found = []
    for code in sorted({row["area_code"] for row in tables["extract"]}):
        own = {name: [row for row in rows if row["area_code"] == code] for name, rows in tables.items()}
        snapshot = max(row["snapshot_on"] for row in own["extract"])
        found.append(Area(code, snapshot, calendar, [row for row in bases if row["area"] == code], own))
    return found


def _by_case(rows: Rows) -> dict[str, Rows]:
    belonging = [row for row in rows if row.get("case_id")]
    in_order = sorted(belonging, key=lambda row: row["case_id"])
    return {case_id: list(own) for case_id, own in groupby(in_order, key=lambda row: row["case_id"])}
