"""What looks odd and is no fault: the same day, a reopened case, what is not known, findings that are no bad data."""

from __future__ import annotations

import polars as pl
import pytest

from tests.expectations.test_control_totals import EXTRACT, staged_all

CASE = {"case_id": "c", "received_date": "2024-05-07", "status": "CLOSED", "closed_date": "2024-08-01"}
DAY = "2024-05-07"
SAME_DAY = {
    "concern_aware_date": DAY,
    "threshold_decision_date": DAY,
    "risk_assessment_date": DAY,
    "immediate_risk": "Y",
    "immediate_risk_date": DAY,
    "outcome_code": "SUB",
    "outcome_date": DAY,
    "closed_date": DAY,
    "exit_type": "RESIGNED",
    "exit_date": DAY,
    "dbs_duty_met": "Y",
    "dbs_referral_date": DAY,
}
DECISION = {"case_id": "c", "decision_type": "SAFEGUARD", "decision_value": "SUSPENDED", "decision_date": DAY}


@pytest.mark.parametrize(
    ("name", "tables"),
    [
        (
            "everything on one day",
            {
                "cases": [CASE | SAME_DAY],
                "meetings": [
                    {"meeting_id": kind, "case_id": "c", "meeting_type": kind, "meeting_date": DAY, "minutes_date": DAY}
                    for kind in ("DISCUSSION", "INITIAL", "REVIEW", "OUTCOME")
                ],
                "actions": [{"case_id": "c", "agreed_date": DAY, "original_due_date": DAY, "completed_date": DAY}],
                "file_audits": [{"case_id": "c", "audit_date": DAY, "referred_back": "Y", "referred_back_date": DAY}],
            },
        ),
        (
            "a reopened case goes on after it was closed",
            {
                "cases": [CASE | {"status": "REOPENED", "outcome_code": "SUB", "outcome_date": "2024-09-02"}],
                "meetings": [{"case_id": "c", "meeting_type": "REVIEW", "meeting_date": "2024-09-02"}],
                "advice": [{"case_id": "c", "advice_date": "2024-09-02"}],
                "decisions": [DECISION | {"decision_date": "2024-09-02"}],
            },
        ),
        (
            "discipline and referral come after the case was closed",
            {
                "cases": [CASE],
                "decisions": [
                    DECISION | {"decision_type": kind, "decision_date": "2024-09-02"}
                    for kind in ("DISCIPLINARY", "REFERRAL")
                ],
            },
        ),
        (
            "a risk assessed, and advice given, after the decision are findings",
            {
                "cases": [CASE | {"risk_assessment_date": "2024-05-20"}],
                "decisions": [DECISION | {"risk_assessment_date": "2024-05-21"}],
                "advice": [{"case_id": "c", "advice_date": "2024-05-22"}],
            },
        ),
        ("a closed case without an outcome on record is one too", {"cases": [CASE | {"outcome_code": "UNK"}]}),
        (
            "a person who left long before it was reported",
            {"cases": [CASE | {"exit_type": "RETIRED", "exit_date": "2001-07-31"}]},
        ),
        ("no table of children was sent", {"cases": [CASE | {"identifiable_child": "Y"}]}),
        (
            "England tells false from unfounded",
            {
                "extract": [EXTRACT | {"procedure_edition": "ENG_KCSIE"}],
                "cases": [CASE | {"outcome_code": "FAL", "outcome_date": "2024-07-01"}],
                "service_lists": [{"service": "LEAD", "case_id": "c", "outcome_code": "FAL"}],
            },
        ),
        ("School Action before it ended", {"cases": [CASE], "children": [{"case_id": "c", "aln_status": "SA"}]}),
        (
            "a minus, and a star in a longer text, mark no suppressed number",
            {"cases": [CASE | {"adult_id": "-"}], "advice": [{"case_id": "c", "form": "a*"}]},
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_it_is_no_fault(name: str, tables: dict[str, list[dict[str, str]]]) -> None:
    format_only = ("_listed", "_known", "required_cells_filled", "_readable")
    for table, rows in staged_all(**tables).items():
        broken = [fact.name for fact in rows.select(pl.col(pl.Boolean)) if not fact.all()]
        assert [fact for fact in broken if not fact.endswith(format_only)] == [], (name, table)
