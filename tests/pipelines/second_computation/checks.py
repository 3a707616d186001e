"""What was decided against what was advised: each decision and each day of advice that nobody answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.pipelines.second_computation.dates import WorkingDays, is_in_calendar

Row = Mapping[str, Any]
Rows = Sequence[Row]

AGENCIES = ("POLICE", "SS")
ADVISED = {"SUSPEND": 2, "RESTRICT": 1, "NO_RESTRICTION": 0, "NO_VIEW": 0}  # NOT_SOUGHT, NOT_RECORDED: no advice
DECIDED = {"SUSPENDED": 2, "ALTERNATIVE": 1, "NONE": 0}  # LEFT, NOT_RECORDED: never an override


@dataclass(frozen=True)
class Check:
    """``decision`` is None where the advice met silence; ``value`` is then what stood at the time."""

    checked_on: date
    decision: Row | None
    value: str | None
    advised: Mapping[str, str | None]

    @property
    def protection(self) -> int | None:
        """How protective ``value`` is; None where the person had left or it is not recorded."""
        return DECIDED.get(self.value or "")

    def advised_protection(self, agency: str) -> int:
        """How protective the agency's advice in force was; 0 where there was none."""
        return ADVISED.get(self.advised[agency] or "", 0)

    def overrides(self, agency: str) -> bool:
        """Less was done than this agency advised."""
        return self.protection is not None and self.protection < self.advised_protection(agency)

    @property
    def overrides_either(self) -> bool:
        return any(self.overrides(agency) for agency in AGENCIES)

    @property
    def overrides_both(self) -> bool:
        """Less was done than the weaker of both agencies' advice."""
        return all(self.overrides(agency) for agency in AGENCIES)


def checks(advice: Rows, safeguards: Rows, exit_on: date | None, snapshot: date, calendar: WorkingDays) -> list[Check]:
    """The checks of one case, the earliest first; advice and decisions without a date take no part."""
    given = [row for row in advice if row["advice_value"] in ADVISED and row["advice_on"]]
    made = [row for row in safeguards if row["decision_on"]]
    found = [
        Check(row["decision_on"], row, row["decision_value"], _in_force(given, row["decision_on"])) for row in made
    ]
    for day in {row["advice_on"] for row in given if row["agency"] in AGENCIES}:
        if _is_unanswered(day, made, snapshot, calendar):
            by_then = calendar.after(day)
            has_left = exit_on is not None and exit_on <= by_then
            stood = "LEFT" if has_left else _in_place(made, day)
            found.append(Check(by_then, None, stood, _in_force(given, day)))
    return sorted(found, key=lambda check: check.checked_on)


def _is_unanswered(day: date, made: Rows, snapshot: date, calendar: WorkingDays) -> bool:
    """One working day is gone by the snapshot, and nothing was decided from that day to the next working day."""
    if not is_in_calendar(day) or calendar.between(day, snapshot) <= 1:
        return False
    return not any(row["decision_on"] >= day and calendar.between(day, row["decision_on"]) <= 1 for row in made)


def _in_force(given: Rows, day: date) -> dict[str, str | None]:
    """Each agency's last advice by ``day``; of one day the later time counts, without times the more protective."""
    return {
        agency: _last(row for row in given if row["agency"] == agency and row["advice_on"] <= day)
        for agency in AGENCIES
    }


def _last(until: Iterable[Row]) -> str | None:
    last = last_advice(until)
    return last["advice_value"] if last else None


def last_advice(given: Iterable[Row]) -> Row | None:
    """The last of dated advice: of one day the later time, without times the more protective."""

    def order(row: Row) -> tuple[date, str, int, str]:
        return row["advice_on"], row["advice_time"] or "", ADVISED[row["advice_value"]], row["advice_id"]

    return max(given, key=order, default=None)


def in_order(made: Iterable[Row]) -> list[Row]:
    """Dated decisions by day, time and id."""
    return sorted(made, key=lambda row: (row["decision_on"], row["decision_time"] or "", row["decision_id"]))


def _in_place(made: Rows, day: date) -> str | None:
    """What stood before ``day``: the last decision, or nothing where there was none or it had ended."""
    before = in_order(row for row in made if row["decision_on"] < day)
    if not before:
        return "NONE"
    last = before[-1]
    has_ended = last["end_on"] is not None and last["decision_on"] <= last["end_on"] < day
    return "NONE" if has_ended and last["decision_value"] in DECIDED else last["decision_value"]
