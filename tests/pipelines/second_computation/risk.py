"""Immediate risk to children: when it was seen, what was done about it, and what is in place while the case is live."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from tests.pipelines.second_computation.areas import Case, Indicator, Item, Row
from tests.pipelines.second_computation.checks import in_order
from tests.pipelines.second_computation.dates import first, is_in_calendar
from tests.pipelines.second_computation.kinds import is_open, occurrences, stock, within_clock
from tests.pipelines.second_computation.timeliness import ROLE

PROTECTIVE = ("SUSPENDED", "ALTERNATIVE")


def _seen_on(case: Case) -> date | None:
    return case["immediate_risk_on"] or case["received_on"]  # type: ignore[no-any-return]


def live(case: Case) -> Iterator[Item]:
    """K42-L: cases with an immediate risk, from when it was seen until closed; a closed case must say when."""
    if case["immediate_risk"] == "Y":
        yield {
            "opened_on": _seen_on(case),
            "closed_on": case["closed_on"] if case.is_closed else None,
            "apart_as": "not_measurable" if case.is_closed and case["closed_on"] is None else None,
            "safeguard_in_place": _in_place(case),
        }


def _in_place(case: Case) -> str | None:
    """What the last decision by the snapshot put in place, unless that has ended or the person has left."""
    if case.has_left:
        return "LEFT"
    made = in_order(row for row in _dated(case) if row["decision_on"] <= case.area.snapshot)
    if not made:
        return "NO_DECISION"
    last = made[-1]
    if last["decision_value"] in PROTECTIVE and _has_ended(last, case.area.snapshot):
        return "NONE"
    return last["decision_value"] or "NOT_RECORDED"


def flagged(case: Case) -> Iterator[Item]:
    """K42: cases with an immediate risk, by the day it was seen."""
    if case["immediate_risk"] == "Y":
        yield {"occurred_on": _seen_on(case)}


def safeguarded(case: Case) -> Iterator[Item]:
    """K42-S: the same, from that day to a safeguard that protects, unless the person left before it at once."""
    if case["immediate_risk"] == "Y":
        seen, left = _seen_on(case), case["exit_on"]
        stopped = seen and (seen if _is_protected(case, seen) else _next_protection(case, seen))
        has_left = left is not None and (stopped is None or left < stopped) and _is_at_once(case, seen, left)
        yield {
            "started_on": seen,
            "stopped_on": stopped,
            "apart_as": "left" if has_left else None,
            "role_group": case["role_group"],
        }


def _is_at_once(case: Case, seen: date | None, left: date) -> bool:
    """By the end of the working day on which the risk was seen; who left later had been left without a safeguard."""
    if seen is None or not (is_in_calendar(seen) and is_in_calendar(left)):
        return False
    return case.area.calendar.between(seen, left) <= 0


def _is_protected(case: Case, day: date) -> bool:
    """The last decision before that day protects, and did not end before it."""
    before = in_order(row for row in _dated(case) if row["decision_on"] < day)
    return bool(before) and before[-1]["decision_value"] in PROTECTIVE and not _has_ended(before[-1], day)


def _next_protection(case: Case, day: date) -> date | None:
    made = (row for row in _dated(case) if row["decision_value"] in PROTECTIVE)
    return first(row["decision_on"] for row in made if row["decision_on"] >= day)


def _dated(case: Case) -> list[Row]:
    return [row for row in case.safeguards if row["decision_on"]]


def _has_ended(row: Row, day: date) -> bool:
    """Its end lies before the day; one before the decision itself is a mistake, and ends nothing."""
    return row["end_on"] is not None and row["decision_on"] <= row["end_on"] < day


INDICATORS: Mapping[str, Indicator] = {
    "live_risk": (live, stock(is_open, by=("safeguard_in_place",))),
    "immediate_risk_flagged": (flagged, occurrences()),
    "immediate_risk_safeguarded": (safeguarded, within_clock("working_days", 0, by=ROLE)),
}
