"""Whether the dates of a case can all be true: nothing before what it follows from, nothing after the snapshot."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tests.pipelines.second_computation.areas import Case, Item
from tests.pipelines.second_computation.dates import first


def possible(case: Case) -> Iterator[Item]:
    """K14: all cases. A decision before its risk assessment or before advice is possible."""
    rules = (_report, _meetings, _outcome, _closing, _referral, _decisions, _actions, _still_to_come)
    yield {"counted_on": case["received_on"], "is_met": not any(any(rule(case)) for rule in rules)}


def _is_before(day: date | None, other: date | None) -> bool:
    """Both days are there, and ``day`` is the earlier: what has no date is not out of order."""
    return day is not None and other is not None and day < other


def _first_meeting(case: Case, *types: str) -> date | None:
    return first(row["meeting_on"] for row in case.meetings if row["meeting_type"] in types)


def _report(case: Case) -> Iterator[bool]:
    """1 and 2: received before anybody knew of the concern; decided on before it was received."""
    yield _is_before(case["received_on"], case["concern_aware_on"])
    yield _is_before(case["threshold_decision_on"], case["received_on"])


def _meetings(case: Case) -> Iterator[bool]:
    """3, 4, 7 and 11: a meeting too early, in the wrong order, too late, or after its own minutes."""
    earliest = first(row["meeting_on"] for row in case.meetings)
    yield _is_before(earliest, case["received_on"])
    yield _is_before(earliest, case["threshold_decision_on"])
    initial = _first_meeting(case, "INITIAL")
    yield _is_before(initial, _first_meeting(case, "DISCUSSION"))
    yield _is_before(_first_meeting(case, "REVIEW", "OUTCOME"), initial)
    for row in case.meetings:
        yield case.is_closed and _is_before(case["closed_on"], row["meeting_on"])
        yield _is_before(row["minutes_on"], row["meeting_on"])


def _outcome(case: Case) -> Iterator[bool]:
    """5: an outcome before receipt, before the threshold, or before the case had been discussed and met about.

    A meeting of a type not given may have been either, and makes nothing impossible here.
    """
    outcome = case["outcome_on"]
    yield _is_before(outcome, case["received_on"])
    yield _is_before(outcome, case["threshold_decision_on"])
    yield _is_before(outcome, _first_meeting(case, "DISCUSSION"))
    yield _is_before(outcome, _first_meeting(case, "INITIAL", "REVIEW", "OUTCOME"))


def _closing(case: Case) -> Iterator[bool]:
    """6: closed before receipt, or, where the case still is closed, before its outcome."""
    yield _is_before(case["closed_on"], case["received_on"])
    yield case.is_closed and _is_before(case["closed_on"], case["outcome_on"])


def _referral(case: Case) -> Iterator[bool]:
    """8: referred for barring before the person was removed or left."""
    yield _is_before(case["dbs_referral_on"], case.gone_on)


def _decisions(case: Case) -> Iterator[bool]:
    """9: a safeguard decided before receipt, or confirmed or ended before it was decided."""
    for row in case.safeguards:
        yield _is_before(row["decision_on"], case["received_on"])
        yield _is_before(row["written_confirmation_on"], row["decision_on"])
        yield _is_before(row["end_on"], row["decision_on"])


def _actions(case: Case) -> Iterator[bool]:
    """10: an action completed before it was agreed."""
    for row in case.actions:
        yield _is_before(row["completed_on"], row["agreed_on"])


def _still_to_come(case: Case) -> Iterator[bool]:
    """12: after the snapshot lies what is said to have happened; decisions of every type among it."""
    happened = [
        *(case[f"{what}_on"] for what in ("received", "threshold_decision", "outcome", "closed", "exit")),
        *(row["meeting_on"] for row in case.meetings),
        *(row["decision_on"] for row in case.decisions),
        *(row["completed_on"] for row in case.actions),
    ]
    for day in happened:
        yield _is_before(case.area.snapshot, day)
