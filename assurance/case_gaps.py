"""What a case's record lacks, by rule: each gap is something to ask about, not a fault.

Knows what the rows of one case say and the advice that had to be answered. Refuses to weigh one gap against another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from assurance.case_record import Record, Row, does_less

NO_OUTCOME: Final = (None, "OPEN", "UNK")
SCHOOLS: Final = ("PRIMARY", "SECONDARY", "MIDDLE_ALL_THROUGH", "SPECIAL", "PRU_EOTAS", "FE", "NURSERY_CHILDCARE")
"""The settings whose cases education has a file of, as in marts/strategy_records.sql."""
_ADVICE: Final = {"police": "police_advice", "services": "social_services_advice"}
_FILES: Final = {"SS": "minutes_on_ss_file", "EDU": "minutes_on_edu_file", "HR": "minutes_on_hr_file"}


@dataclass(frozen=True)
class Gap:
    """``day``: of what it is about; ``codes``: the table, row and column of each code its sentence names; ``services``:
    those whose files lack something."""

    what: str
    day: date | None = None
    codes: Mapping[str, tuple[str, Row, str]] = field(default_factory=dict)
    services: tuple[str, ...] = ()


def of(record: Record) -> list[Gap]:
    """In the order of a case: risk, advice, decisions, meetings, actions, sharing, outcome, audits."""
    return [
        *_risk(record),
        *_advice(record),
        *_decisions(record),
        *_meetings(record),
        *_actions(record),
        *_sharing(record),
        *_outcome(record),
        *_audits(record),
    ]


def _risk(record: Record) -> Iterator[Gap]:
    row = record.row
    if row["threshold_met"] in ("Y", "N") and row["threshold_decision_on"] is None:
        yield Gap("threshold_undated")
    if row["threshold_met"] not in ("Y", "N"):
        yield Gap("threshold_unknown")
    assessed = [row["risk_assessment_on"], *(each["risk_assessment_on"] for each in record.tables["decisions"])]
    if row["threshold_met"] == "Y" and not any(assessed):
        yield Gap("no_risk_assessment")
    if row["immediate_risk"] == "Y" and row["immediate_risk_on"] is None:
        yield Gap("immediate_risk_undated")


def _advice(record: Record) -> Iterator[Gap]:
    for check in record.checks:
        if check["answer"] == "silence":
            codes = {name: ("advice_checks", check, column) for name, column in _ADVICE.items()}
            yield Gap("silence", check["checked_on"], codes)


def _decisions(record: Record) -> Iterator[Gap]:
    decisions = {row["decision_id"]: row for row in record.tables["decisions"]}
    for check in record.checks:
        row = decisions.get(check["answer_id"])
        if row is not None and check["threshold_met"] == "Y" and does_less(check):
            if not row["override_reasons"] or row["override_reasons"] == "NOT_RECORDED":
                yield Gap("no_override_reason", row["decision_on"])
            if row["senior_signoff_on"] is None or row["senior_signoff_role"] in (None, "UNK"):
                yield Gap("no_signoff", row["decision_on"])
    for row in decisions.values():
        if row["decision_on"] is None:
            yield Gap("decision_undated", None, {"what": ("decisions", row, "decision_type")})
        is_first = row["decision_type"] == "SAFEGUARD"
        if is_first and row["decision_value"] == "SUSPENDED" and row["written_confirmation_on"] is None:
            yield Gap("not_confirmed", row["decision_on"])
        if row["review_due_on"] and not row["reviewed_on"] and _is_past(record, row["review_due_on"], row["end_on"]):
            yield Gap("not_reviewed", row["review_due_on"])


def _is_past(record: Record, due: date, ended: date | None) -> bool:
    return due < record.snapshot_on and (ended is None or ended > due)


def _meetings(record: Record) -> Iterator[Gap]:
    for row in record.tables["meetings"]:
        asked = [service for service in _FILES if service != "EDU" or record.row["setting_type"] in SCHOOLS]
        lacking = tuple(service for service in asked if row[_FILES[service]] != "Y")
        if lacking:
            yield Gap("no_minutes", row["meeting_on"], {"what": ("meetings", row, "meeting_type")}, lacking)


def _actions(record: Record) -> Iterator[Gap]:
    for row in record.tables["actions"]:
        codes = {"what": ("actions", row, "category"), "who": ("actions", row, "owner_agency")}
        due = row["original_due_on"] or row["current_due_on"]
        if row["status"] == "OPEN" and due is None:
            yield Gap("action_without_due_day", row["agreed_on"], codes)
        elif row["status"] == "OPEN" and due < record.snapshot_on:
            yield Gap("action_overdue", due, codes)
        elif row["status"] == "DONE" and row["completed_on"] is None:
            yield Gap("action_undated", row["agreed_on"], codes)


def _is(record: Record, slug: str, state: str) -> bool:
    """Whether the case counts so in an indicator, whose rule is said there and not again here."""
    return any((each.definition.slug, each.state) == (slug, state) for each in record.counted)


def _sharing(record: Record) -> Iterator[Gap]:
    if _is(record, "parents_told_of_allegation", "no"):
        yield Gap("parents_not_told")
    for row in record.tables["information_sharing"]:
        is_late = row["due_on"] is None or row["due_on"] < record.snapshot_on
        if row["required"] == "Y" and row["shared_on"] is None and is_late:
            is_explained = row["not_shared_reason"] not in (None, "NOT_RECORDED")
            codes = {name: ("information_sharing", row, column) for name, column in _SHARED.items()}
            yield Gap("not_told_for_a_reason" if is_explained else "not_told", row["due_on"], codes)


_SHARED: Final = {"who": "recipient", "what": "purpose", "why": "not_shared_reason"}


def _outcome(record: Record) -> Iterator[Gap]:
    row = record.row
    if row["received_on"] is None:
        yield Gap("not_dated_at_all")
    if row["status"] == "CLOSED" and row["outcome_code"] in NO_OUTCOME:
        yield Gap("no_outcome")
    elif row["outcome_code"] not in (*NO_OUTCOME, "NMT") and row["outcome_on"] is None:
        yield Gap("outcome_undated")
    if row["status"] == "CLOSED" and row["closed_on"] is None:
        yield Gap("closed_undated")
    if row["exit_type"] not in (None, "NONE") and row["exit_on"] is None:
        yield Gap("exit_undated")
    if row["dbs_duty_met"] == "Y" and row["dbs_referral_on"] is None:
        yield Gap("not_referred")
    if _is(record, "regulator_referral_made", "no"):
        yield Gap("regulator_not_told", None, {"who": ("cases", row, "regulator_code")})


def _audits(record: Record) -> Iterator[Gap]:
    for row in record.tables["file_audits"]:
        if row["referred_back"] == "Y" and row["referred_back_closed_on"] is None:
            yield Gap("not_settled", row["referred_back_on"] or row["audit_on"])
        if row["agrees_with_record"] == "N":
            yield Gap("audit_disagrees", row["audit_on"])
