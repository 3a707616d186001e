"""What happened in a case, in the order of its days.

Knows which columns of which rows are a day on which something happened, and what stands beside it. Refuses to judge:
what is missing stands in :mod:`assurance.case_gaps`, what was late in the case's clocks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from assurance.case_record import Record, Row, does_less

_Kind = tuple[str, str, str, tuple[str, ...]]
"""What happened, the column of its day, the column whose code names it, and those that say more."""
_OF_CASE: Final[tuple[_Kind, ...]] = (
    ("concern", "concern_aware_on", "", ("incident_period",)),
    ("received", "received_on", "report_source", ("harm_category", "prior_reports_count", "police_involved")),
    ("threshold", "threshold_decision_on", "threshold_met", ("threshold_criteria", "threshold_rationale_recorded")),
    ("immediate_risk", "immediate_risk_on", "immediate_risk", ()),
    ("risk_assessment", "risk_assessment_on", "", ()),
    ("employer_action", "employer_action_on", "", ()),
    ("hearing", "hearing_on", "", ("disciplinary_result",)),
    ("exit", "exit_on", "exit_type", ("reference_agreed",)),
    ("outcome", "outcome_on", "outcome_code", ("outcome_forum", "criminal_outcome")),
    ("removal", "removal_on", "", ()),
    ("dbs", "dbs_referral_on", "", ("dbs_duty_met",)),
    ("regulator", "regulator_referral_on", "regulator_code", ()),
    ("closed", "closed_on", "", ()),
)
_OF_ROWS: Final[dict[str, tuple[_Kind, ...]]] = {
    "advice": (("advice", "advice_on", "agency", ("advice_value", "form", "on_file", "reason_code")),),
    "meetings": (
        ("meeting", "meeting_on", "meeting_type", ("chair_role", "attended", "minutes_on", "minutes_on_ss_file",
            "minutes_on_edu_file", "minutes_on_hr_file", "joint_decided", "joint_done")),
    ),
    "decisions": (
        ("decision", "decision_on", "decision_type", ("decision_value", "decision_maker_role", "forum",
            "risk_assessment_on", "alternatives_considered", "alternatives_used", "access_to_children_removed",
            "override_reasons", "senior_signoff_role", "senior_signoff_on", "review_due_on")),
        ("confirmed", "written_confirmation_on", "decision_value", ()),
        ("reviewed", "reviewed_on", "decision_value", ()),
        ("ended", "end_on", "decision_value", ()),
    ),
    "actions": (
        ("agreed", "agreed_on", "category", ("owner_agency", "owner_role", "original_due_on", "current_due_on",
            "due_changes", "status")),
        ("done", "completed_on", "category", ("owner_agency", "evidence_on_file")),
    ),
    "information_sharing": (
        ("told", "shared_on", "recipient", ("purpose", "required", "due_on", "method")),
    ),
    "file_audits": (
        ("audit", "audit_on", "auditor_type", ("grade", "finding_codes", "immediate_risk_found", "agrees_with_record")),
        ("referred_back", "referred_back_on", "referred_back_by", ()),
        ("settled", "referred_back_closed_on", "referred_back_by", ()),
    ),
}  # fmt: skip
_NOT_TOLD: Final[_Kind] = ("not_told", "due_on", "recipient", ("purpose", "required", "not_shared_reason"))
_SILENCE: Final[_Kind] = ("silence", "checked_on", "", ("police_advice", "social_services_advice"))
_LESS: Final[_Kind] = ("less", "checked_on", "", ("police_advice", "social_services_advice", "decision_value"))
_ENDS: Final[_Kind] = ("snapshot", "snapshot_on", "", ())
_OF_SAFEGUARDS: Final = ("alternatives_considered", "alternatives_used", "access_to_children_removed")
_ALWAYS: Final = ("advice", "decision", "meeting", "agreed", "not_told", "audit")
"""What is told although its day is not known."""
_ORDER: Final = (
    "concern", "received", "threshold", "immediate_risk", "risk_assessment", "meeting", "advice", "silence", "decision",
    "less",
)  # fmt: skip
"""What comes first on one day; the rest after it."""


@dataclass(frozen=True)
class Event:
    """``names``: the column of ``row`` whose code names what happened, or ""; ``shows``: the columns that say more."""

    day: date | None
    what: str
    table: str
    row: Row
    names: str
    shows: tuple[str, ...]


def of(record: Record) -> list[Event]:
    """Every event, those without a day last; the day that the data reaches is one of them."""
    found = [*_events(record)]
    return sorted(found, key=_place)


def _place(event: Event) -> tuple[bool, date, int, str, str]:
    rank = _ORDER.index(event.what) if event.what in _ORDER else len(_ORDER) + (event.what == _ENDS[0])
    time = event.row.get(f"{event.what}_time") or ""
    return event.day is None, event.day or date.max, rank, time, str(next(iter(event.row.values()), ""))


def _events(record: Record) -> Iterator[Event]:
    for kind in _OF_CASE:
        yield from _event("cases", record.row, kind)
    for table, kinds in _OF_ROWS.items():
        for row in record.tables[table]:
            for kind in kinds:
                yield from _event(table, row, _asked_of(row, kind))
    for row in record.tables["information_sharing"]:
        if row["shared_on"] is None:
            yield from _event("information_sharing", row, _NOT_TOLD)
    for row in record.checks:
        if row["answer"] == "silence":
            yield from _event("advice_checks", row, _SILENCE)
        elif does_less(row):
            yield from _event("advice_checks", row, _LESS)
    yield from _event("", {"snapshot_on": record.snapshot_on}, _ENDS)


def _asked_of(row: Row, kind: _Kind) -> _Kind:
    """Of a decision on anything but a safeguard, not what only a safeguard has."""
    what, day, names, shows = kind
    is_other = what == "decision" and row["decision_type"] not in ("SAFEGUARD", "REVIEW")
    return what, day, names, tuple(each for each in shows if not (is_other and each in _OF_SAFEGUARDS))


def _event(table: str, row: Row, kind: _Kind) -> Iterator[Event]:
    what, day, names, shows = kind
    if row[day] is not None or what in _ALWAYS:
        yield Event(row[day], what, table, row, names, shows)
