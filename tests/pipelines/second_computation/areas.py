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
from tests.pipelines.second_computation.dates import WorkingDays, first

Row = Mapping[str, Any]
Rows = Sequence[Row]
Tables = Mapping[str, Rows]

OUTCOMES = ("SUB", "UNS", "UNF", "FAL", "MAL")
"""What a case can come to; NMT, OPEN and UNK are none of these."""


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
        self._by_case = by_case

    def _rows(self, table: str) -> Rows:
        return self._by_case[table].get(self["case_id"], ())

    @property
    def advice(self) -> Rows:
        return self._rows("advice")

    @property
    def decisions(self) -> Rows:
        return self._rows("decisions")

    @property
    def meetings(self) -> Rows:
        return self._rows("meetings")

    @property
    def actions(self) -> Rows:
        return self._rows("actions")

    @property
    def children(self) -> Rows:
        return self._rows("children")

    @property
    def sharing(self) -> Rows:
        return self._rows("information_sharing")

    @property
    def audits(self) -> Rows:
        return self._rows("file_audits")

    def __getitem__(self, column: str) -> Any:
        return self.row[column]

    @property
    def meets_threshold(self) -> bool:
        return bool(self["threshold_met"] == "Y")

    @property
    def safeguards(self) -> Rows:
        """The decisions on a safeguard and on its review."""
        return [row for row in self.decisions if row["decision_type"] in ("SAFEGUARD", "REVIEW")]

    @property
    def has_outcome(self) -> bool:
        return self["outcome_code"] in OUTCOMES

    @property
    def is_closed(self) -> bool:
        return bool(self["status"] == "CLOSED")

    @property
    def has_left(self) -> bool:
        """The person left the post, in whatever way and on whatever day."""
        return self["exit_type"] not in (None, "NONE")

    @property
    def assessed_on(self) -> date | None:
        """The first day on which risk is on record as assessed: for the case, or for a decision on a safeguard."""
        return first([self["risk_assessment_on"], *(row["risk_assessment_on"] for row in self.safeguards)])

    @property
    def gone_on(self) -> date | None:
        """The day the person was removed from work with children or left, whichever came first."""
        return first([self["removal_on"], self["exit_on"]])

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

AreaIndicator = tuple[Callable[[Area], Iterable[Item]], Measure]
"""What is counted of an area as a whole, and how."""


def of_every_case(indicator: Indicator) -> AreaIndicator:
    """The same, of all the cases of an area."""
    items_of, measure = indicator
    return lambda area: [item for case in area.cases for item in items_of(case)], measure


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
