"""A case is told in the order of its days, and what its record lacks is found and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from assurance import case_gaps, timeline
from assurance.case_list import KEYS
from assurance.case_record import Counted, Record
from pipelines import extract_format
from tests.made import definition

DAY = date(2026, 3, 2)
LATER = date(2026, 4, 1)
SNAPSHOT = date(2026, 9, 30)
FULL = {
    "threshold_met": "Y",
    "threshold_decision_on": DAY,
    "received_on": DAY,
    "risk_assessment_on": DAY,
    "immediate_risk": "N",
    "status": "CLOSED",
    "closed_on": LATER,
    "outcome_code": "UNS",
    "outcome_on": LATER,
    "exit_type": "NONE",
    "dbs_duty_met": "N",
    "setting_type": "PRIMARY",
}
CHECK = {
    "checked_on": LATER,
    "answer": "decision",
    "answer_id": "d_1",
    "decision_value": "ALTERNATIVE",
    "decision_protection": 1,
    "police_advice": "SUSPEND",
    "police_protection": 2,
    "social_services_advice": None,
    "social_services_protection": None,
    "threshold_met": "Y",
}
DECISION = {"decision_id": "d_1", "decision_type": "SAFEGUARD", "decision_on": LATER, "decision_value": "ALTERNATIVE"}
SIGNED = {
    **DECISION,
    "override_reasons": "STAFFING",
    "senior_signoff_role": "DIRECTOR",
    "senior_signoff_on": LATER,
}


def row(table: str, given: dict[str, Any]) -> dict[str, Any]:
    return {each.staged_name: given.get(each.staged_name) for each in extract_format.tables()[table].columns.values()}


def record(checks: list[dict[str, Any]] | None = None, **tables: Any) -> Record:
    """A case of which nothing is missing, but for what is given: ``cases`` is its row, any other a list of rows."""
    return Record(
        area="X06000001",
        id="c_1",
        snapshot_on=SNAPSHOT,
        row=row("cases", {"case_id": "c_1", **FULL, **tables.pop("cases", {})}),
        tables={table: [row(table, each) for each in tables.get(table, [])] for table in KEYS if table != "cases"},
        checks=checks or [],
        findings=[],
        counted=[],
        clocks=[],
        working_days={},
    )


def test_a_whole_record_has_no_gap() -> None:
    assert case_gaps.of(record()) == []
    assert case_gaps.of(record([CHECK], decisions=[SIGNED])) == []


ON_FILE = {"minutes_on_ss_file": "Y", "minutes_on_edu_file": "Y", "minutes_on_hr_file": "Y"}


@pytest.mark.parametrize(
    ("what", "given"),
    [
        ("no_risk_assessment", {"cases": {"risk_assessment_on": None}}),
        ("threshold_undated", {"cases": {"threshold_decision_on": None}}),
        ("threshold_unknown", {"cases": {"threshold_met": "U", "risk_assessment_on": None}}),
        ("immediate_risk_undated", {"cases": {"immediate_risk": "Y"}}),
        ("silence", {"checks": [{**CHECK, "answer": "silence", "answer_id": ""}]}),
        ("no_signoff", {"checks": [CHECK], "decisions": [{**SIGNED, "senior_signoff_on": None}]}),
        ("no_override_reason", {"checks": [CHECK], "decisions": [{**SIGNED, "override_reasons": "NOT_RECORDED"}]}),
        ("decision_undated", {"decisions": [{**DECISION, "decision_on": None}]}),
        ("not_confirmed", {"decisions": [{**DECISION, "decision_value": "SUSPENDED"}]}),
        ("not_reviewed", {"decisions": [{**DECISION, "review_due_on": LATER}]}),
        ("no_minutes", {"meetings": [{**ON_FILE, "minutes_on_hr_file": "U"}]}),
        ("action_overdue", {"actions": [{"status": "OPEN", "current_due_on": LATER}]}),
        ("action_without_due_day", {"actions": [{"status": "OPEN"}]}),
        ("action_undated", {"actions": [{"status": "DONE"}]}),
        ("not_told", {"information_sharing": [{"required": "Y"}]}),
        ("not_told_for_a_reason", {"information_sharing": [{"required": "Y", "not_shared_reason": "POLICE_ADVICE"}]}),
        ("not_dated_at_all", {"cases": {"received_on": None}}),
        ("no_outcome", {"cases": {"outcome_code": "UNK"}}),
        ("outcome_undated", {"cases": {"outcome_on": None}}),
        ("closed_undated", {"cases": {"closed_on": None}}),
        ("exit_undated", {"cases": {"exit_type": "RESIGNED"}}),
        ("not_referred", {"cases": {"dbs_duty_met": "Y"}}),
        ("not_settled", {"file_audits": [{"audit_on": DAY, "referred_back": "Y"}]}),
        ("audit_disagrees", {"file_audits": [{"audit_on": DAY, "agrees_with_record": "N"}]}),
    ],
)
def test_each_gap_is_found_alone(what: str, given: dict[str, Any]) -> None:
    assert [each.what for each in case_gaps.of(record(**given))] == [what]


@pytest.mark.parametrize(
    "given",
    [
        {"meetings": [ON_FILE]},
        {"actions": [{"status": "OPEN", "current_due_on": SNAPSHOT}]},  # due on the snapshot's day is not yet past
        {"actions": [{"status": "CANCELLED"}, {"status": "DONE", "completed_on": LATER}]},
        {"information_sharing": [{"required": "Y", "shared_on": DAY}, {"required": "N"}]},
        {"information_sharing": [{"required": "Y", "due_on": SNAPSHOT}]},
        {"decisions": [{**DECISION, "review_due_on": LATER, "end_on": DAY}]},  # it ended before its review was due
        {"checks": [{**CHECK, "police_protection": 1}], "decisions": [DECISION]},  # as much was done as was advised
        {"cases": {"status": "OPEN", "closed_on": None, "outcome_code": "OPEN", "outcome_on": None}},
        {"cases": {"outcome_code": "NMT", "outcome_on": None}},
    ],
)
def test_what_is_in_order_is_no_gap(given: dict[str, Any]) -> None:
    assert case_gaps.of(record(**given)) == []


def test_minutes_lack_on_the_files_that_are_named() -> None:
    (gap,) = case_gaps.of(record(meetings=[{**ON_FILE, "minutes_on_ss_file": "N", "minutes_on_edu_file": None}]))
    assert gap.services == ("SS", "EDU")
    foster_home = {"setting_type": "FOSTER_HOME"}
    (gap,) = case_gaps.of(record(cases=foster_home, meetings=[{**ON_FILE, "minutes_on_ss_file": "N"}]))
    assert gap.services == ("SS",)


@pytest.mark.parametrize(
    ("slug", "what"),
    [("regulator_referral_made", "regulator_not_told"), ("parents_told_of_allegation", "parents_not_told")],
)
def test_what_an_indicator_counts_as_no_is_a_gap_by_its_rule(slug: str, what: str) -> None:
    for state, found in (("no", [what]), ("yes", [])):
        counted = [Counted(definition(slug), "c_1", state, DAY.replace(day=1), DAY.replace(day=1), None)]
        assert [each.what for each in case_gaps.of(replace(record(), counted=counted))] == found


def test_an_assessment_named_in_a_decision_is_one() -> None:
    unassessed = {"cases": {"risk_assessment_on": None}}
    assert [each.what for each in case_gaps.of(record(**unassessed))] == ["no_risk_assessment"]
    decided = {**SIGNED, "risk_assessment_on": DAY}
    assert "no_risk_assessment" not in [each.what for each in case_gaps.of(record(**unassessed, decisions=[decided]))]


def test_a_timeline_goes_by_the_day_then_advice_before_its_decision_and_ends_with_what_has_no_day() -> None:
    found = timeline.of(
        record(
            [CHECK],
            decisions=[{**SIGNED, "end_on": SNAPSHOT}],
            advice=[{"advice_id": "v_1", "advice_on": LATER}],
            information_sharing=[{"share_id": "i_1", "recipient": "HR"}],
        )
    )
    assert [(each.day, each.what) for each in found] == [
        (DAY, "received"),
        (DAY, "threshold"),
        (DAY, "risk_assessment"),
        (LATER, "advice"),
        (LATER, "decision"),
        (LATER, "less"),
        (LATER, "outcome"),
        (LATER, "closed"),
        (SNAPSHOT, "ended"),
        (SNAPSHOT, "snapshot"),
        (None, "not_told"),
    ]


def test_what_was_told_is_not_told_as_not_told() -> None:
    found = timeline.of(record(information_sharing=[{"share_id": "i_1", "shared_on": LATER, "due_on": DAY}]))
    assert [each.what for each in found if "told" in each.what] == ["told"]
