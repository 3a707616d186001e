"""Suspensions: one per case that has any, from its first suspending decision to whatever ended it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from tests.pipelines.second_computation.areas import Case, Indicator, Item, Row
from tests.pipelines.second_computation.dates import first
from tests.pipelines.second_computation.kinds import duration, share, within_clock, yes_or_no
from tests.pipelines.second_computation.timeliness import ROLE


def _order(row: Row) -> tuple[date, str, str]:
    """By day, time and id; what has no day comes after all that have one."""
    return row["decision_on"] or date.max, row["decision_time"] or "", row["decision_id"]


def suspending(case: Case) -> list[Row]:
    """The decisions to suspend, in order."""
    return sorted((row for row in case.safeguards if row["decision_value"] == "SUSPENDED"), key=_order)


def ended_on(case: Case, row: Row) -> date | None:
    """The earliest of the last suspending decision's end, one after ``row`` to do less, and the person's leaving."""
    dated = [each for each in suspending(case) if each["decision_on"]]
    if row["decision_on"] is None:
        return None
    less = [
        each["decision_on"]
        for each in case.safeguards
        if each["decision_value"] in ("ALTERNATIVE", "NONE", "LEFT")
        and each["decision_on"]
        and _order(each) > _order(row)
    ]
    has_left = case["exit_on"] is not None and case["exit_on"] >= dated[0]["decision_on"]
    given = None if _ends_too_early(dated[-1]) else dated[-1]["end_on"]
    return first([given, *less, case["exit_on"] if has_left else None])


def _ends_too_early(row: Row) -> bool:
    """The end given lies before the decision itself."""
    return bool(row["end_on"] and row["end_on"] < row["decision_on"])


def length(case: Case) -> Iterator[Item]:
    """K9c: each suspension, from its start to its end."""
    for begun in suspending(case)[:1]:
        last = [row for row in suspending(case) if row["decision_on"]][-1:]
        apart = "not_measurable" if any(map(_ends_too_early, last)) else None
        yield {**_from(begun, ended_on(case, begun), case), "apart_as": apart}


def reviewed(case: Case) -> Iterator[Item]:
    """K9c-R: each suspending decision with a review due, unless its suspension had ended by then without one."""
    for row in suspending(case):
        due, ended = row["review_due_on"], ended_on(case, row)
        had_ended = ended is not None and due is not None and ended <= due
        if due is not None and (row["reviewed_on"] is not None or not had_ended):
            yield {**_from(row, row["reviewed_on"], case), "due_on": due}


def reasons_recorded(case: Case) -> Iterator[Item]:
    """K23c: each suspension, and whether alternatives were weighed and the reason for rejecting them recorded."""
    for begun in suspending(case)[:1]:
        weighed, reason = begun["alternatives_considered"], begun["alternatives_rejected_reason_recorded"]
        is_met: bool | None = True
        if reason == "N" or weighed == "NONE":
            is_met = False
        elif not weighed or reason in (None, "", "U"):
            is_met = None
        yield {"counted_on": begun["decision_on"], "is_met": is_met, "role_group": case["role_group"]}


def confirmed(case: Case) -> Iterator[Item]:
    """K23d: each suspension, from its start to its confirmation in writing."""
    for begun in suspending(case)[:1]:
        yield _from(begun, begun["written_confirmation_on"], case)


def contact_given(case: Case) -> Iterator[Item]:
    """K23e: each suspension, and whether the person was given somebody to turn to."""
    for begun in suspending(case)[:1]:
        is_met = yes_or_no(case["named_contact_given"])
        yield {"counted_on": begun["decision_on"], "is_met": is_met, "role_group": case["role_group"]}


def _from(row: Row, stopped_on: date | None, case: Case) -> Item:
    return {"started_on": row["decision_on"], "stopped_on": stopped_on, "role_group": case["role_group"]}


INDICATORS: Mapping[str, Indicator] = {
    "suspension_length": (length, duration(by=ROLE)),
    "suspension_reviewed_in_time": (reviewed, within_clock("due_date", by=ROLE)),
    "suspension_reasons_recorded": (reasons_recorded, share(by=ROLE)),
    "suspension_confirmed_in_time": (confirmed, within_clock("working_days", 1, by=ROLE)),
    "named_contact_given": (contact_given, share(by=ROLE)),
}
