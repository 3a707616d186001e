"""Actions agreed: done by their due date, overdue, put off, and shown to be done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tests.pipelines.second_computation.areas import Case, Indicator, Item
from tests.pipelines.second_computation.kinds import lateness, share, stock, within_clock

OWNER = ("owner_agency",)


def done(case: Case) -> Iterator[Item]:
    """K31: all actions, from agreed to completed; those that were dropped or had no deadline stand apart."""
    for row in case.actions:
        is_done = row["status"] == "DONE"
        due = row["original_due_on"] or row["current_due_on"]
        apart = {"CANCELLED": "cancelled", "SUPERSEDED": "superseded"}.get(row["status"])
        if apart is None and due is None:
            apart = "no_deadline"
        elif apart is None and is_done and row["completed_on"] is None:
            apart = "not_measurable"
        yield {
            "started_on": row["agreed_on"],
            "stopped_on": row["completed_on"] if is_done else None,
            "due_on": due,
            "counted_on": due or row["agreed_on"],
            "apart_as": apart,
            "owner_agency": row["owner_agency"],
        }


def overdue(case: Case) -> Iterator[Item]:
    """K32: actions open or done, from agreed until completed; a done one must say when."""
    for row in case.actions:
        if row["status"] in ("OPEN", "DONE"):
            is_done = row["status"] == "DONE"
            yield {
                "opened_on": row["agreed_on"],
                "closed_on": row["completed_on"] if is_done else None,
                "due_on": row["original_due_on"] or row["current_due_on"],
                "apart_as": "not_measurable" if is_done and row["completed_on"] is None else None,
                "owner_agency": row["owner_agency"],
            }


def moved(case: Case) -> Iterator[Item]:
    """K33: all actions, and whether their due date was moved."""
    for row in case.actions:
        is_met = None if row["due_changes"] is None else row["due_changes"] >= 1
        yield {"counted_on": row["agreed_on"], "is_met": is_met, "owner_agency": row["owner_agency"]}


def evidenced(case: Case) -> Iterator[Item]:
    """K34: actions that are done, and whether the file shows it."""
    for row in case.actions:
        if row["status"] == "DONE":
            is_met = row["evidence_on_file"] == "Y"
            yield {"counted_on": row["completed_on"], "is_met": is_met, "owner_agency": row["owner_agency"]}


INDICATORS: Mapping[str, Indicator] = {
    "actions_done_in_time": (done, within_clock("due_date", by=OWNER)),
    "actions_overdue": (overdue, stock(lateness, by=OWNER)),
    "deadlines_moved": (moved, share(by=OWNER)),
    "completion_evidenced": (evidenced, share(by=OWNER)),
}
