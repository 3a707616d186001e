"""Who was told what about a case, and when."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from tests.pipelines.second_computation.areas import Case, Indicator, Item, Row
from tests.pipelines.second_computation.kinds import share, within_clock
from tests.pipelines.second_computation.timeliness import ROLE

SENIOR = ("CHIEF_OFFICER", "LEAD_MEMBER")
REASONS = ("POLICE_ADVICE", "RISK_TO_CHILD", "NOT_IDENTIFIED", "LEGAL_ADVICE", "OTHER")  # NOT_RECORDED is none


def _required(case: Case) -> list[Row]:
    return [row for row in case.sharing if row["required"] == "Y"]


def _may_still_come(row: Row, case: Case) -> bool:
    """Not past its due date at the snapshot."""
    return row["due_on"] is not None and row["due_on"] >= case.area.snapshot


def informed(case: Case) -> Iterator[Item]:
    """K28: everything that had to be shared, and whether it was; a reason against it is no sharing."""
    for row in _required(case):
        is_shared = row["shared_on"] is not None
        yield {
            "counted_on": row["due_on"] or case["received_on"],
            "is_met": is_shared,
            "apart_as": "too_recent" if not is_shared and _may_still_come(row, case) else None,
            "recipient": row["recipient"],
            "sharing_purpose": row["purpose"],
        }


def briefed(case: Case) -> Iterator[Item]:
    """K30b: the same, of what chief officers and lead members had to be told."""
    return (item for item in informed(case) if item["recipient"] in SENIOR)


def informed_in_time(case: Case) -> Iterator[Item]:
    """K30: the same, from the report until it was shared, against its due date."""
    for row in _required(case):
        yield {
            "started_on": case["received_on"],
            "stopped_on": row["shared_on"],
            "due_on": row["due_on"],
            "counted_on": row["due_on"] or case["received_on"],
            "apart_as": "no_deadline" if row["due_on"] is None else None,
            "recipient": row["recipient"],
        }


def _told(case: Case, recipient: str, purpose: str) -> Item:
    """Whether somebody was told of something, or is not told for a reason on record; whatever ``required`` says."""
    rows = [row for row in case.sharing if row["recipient"] == recipient and row["purpose"] == purpose]
    is_met = any(row["shared_on"] or row["not_shared_reason"] in REASONS for row in rows)
    may_still_come = any(_may_still_come(row, case) for row in rows)
    return {
        "is_met": is_met,
        "apart_as": "too_recent" if not is_met and may_still_come else None,
        "role_group": case["role_group"],
    }


def parents_of_allegation(case: Case) -> Iterator[Item]:
    """K29: cases with an identifiable child."""
    if case["identifiable_child"] == "Y":
        yield {**_told(case, "PARENT", "ALLEGATION"), "counted_on": case["received_on"]}


def of_outcome(recipient: str, is_in: Callable[[Case], bool]) -> Callable[[Case], Iterator[Item]]:
    """K29-O and K29-S: cases with an outcome that are in the population."""

    def items(case: Case) -> Iterator[Item]:
        if case.has_outcome and is_in(case):
            yield {**_told(case, recipient, "OUTCOME"), "counted_on": case["outcome_on"]}

    return items


INDICATORS: Mapping[str, Indicator] = {
    "recipients_informed": (informed, share(by=("recipient", "sharing_purpose"))),
    "parents_told_of_allegation": (parents_of_allegation, share(by=ROLE)),
    "parents_told_of_outcome": (of_outcome("PARENT", lambda case: case["identifiable_child"] == "Y"), share(by=ROLE)),
    "subject_told_of_outcome": (of_outcome("SUBJECT", lambda _: True), share(by=ROLE)),
    "informed_in_time": (informed_in_time, within_clock("due_date", by=("recipient",))),
    "senior_briefing_given": (briefed, share(by=("recipient",))),
}
