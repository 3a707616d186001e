"""Which dates the second computation finds impossible, one rule at a time."""

from __future__ import annotations

from typing import Any

import pytest

from tests.pipelines.one_case import answer, decided

JUNE = "2024-06-30"

IN_ORDER: dict[str, Any] = {
    "concern_aware_on": "2024-03-01", "received_on": "2024-03-01", "threshold_decision_on": "2024-03-01",
    "outcome_on": "2024-04-01", "closed_on": "2024-04-01", "status": "CLOSED", "exit_on": "2024-03-20",
    "dbs_referral_on": "2024-03-20",
}  # fmt: skip
MET = [
    {"meeting_type": "DISCUSSION", "meeting_on": "2024-03-02", "minutes_on": "2024-03-02"},
    {"meeting_type": "INITIAL", "meeting_on": "2024-03-02"},
    {"meeting_type": "OUTCOME", "meeting_on": "2024-04-01"},
]
DECIDED = [decided("2024-03-01", "SUSPENDED", written_confirmation_on="2024-03-01", end_on="2024-03-01")]
DONE = [{"agreed_on": "2024-03-02", "completed_on": JUNE}]


def chronology(case: dict[str, Any] | None = None, **rows: Any) -> list[str]:
    given = {"meetings": MET, "decisions": DECIDED, "actions": DONE, **rows}
    return answer("chronology_possible", JUNE, case=IN_ORDER | (case or {}), **given)


def test_what_happens_on_one_day_is_in_order() -> None:
    assert chronology() == ["yes"]


@pytest.mark.parametrize(
    "case",
    [
        pytest.param({"concern_aware_on": "2024-03-02"}, id="1: received before it was known"),
        pytest.param({"threshold_decision_on": "2024-02-29"}, id="2: decided before it was received"),
        pytest.param({"threshold_decision_on": "2024-03-03"}, id="3: met before the threshold was decided on"),
        pytest.param({"outcome_on": "2024-03-01"}, id="5: outcome before the first meeting"),
        pytest.param({"closed_on": "2024-03-31"}, id="6: closed before the outcome"),
        pytest.param({"outcome_on": None, "closed_on": "2024-03-31"}, id="7: met after closing"),
        pytest.param({"dbs_referral_on": "2024-03-19"}, id="8: referred before leaving"),
        pytest.param({"removal_on": "2024-03-21", "dbs_referral_on": "2024-03-19"}, id="8: before leaving or removal"),
        pytest.param({"exit_on": "2024-07-01", "dbs_referral_on": None}, id="12: to leave after the snapshot"),
    ],
)
def test_a_case_is_impossible(case: dict[str, Any]) -> None:
    assert chronology(case) == ["no"]


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            {"status": "REOPENED", "closed_on": "2024-03-05"}, id="open again: may be met about and concluded"
        ),
        pytest.param({"removal_on": "2024-03-10", "dbs_referral_on": "2024-03-10"}, id="referred on removal"),
        pytest.param({"exit_on": None, "dbs_referral_on": "2024-03-01"}, id="nothing to come before"),
        pytest.param({"removal_on": "2024-07-01"}, id="removal is not among what must have happened"),
        pytest.param({"outcome_on": "2024-03-31"}, id="concluded before the last meeting, but after the first"),
        pytest.param({"risk_assessment_on": "2024-05-01"}, id="assessed too late, which is another finding"),
    ],
)
def test_a_case_is_possible(case: dict[str, Any]) -> None:
    assert chronology(case) == ["yes"]


@pytest.mark.parametrize(
    ("table", "row"),
    [
        pytest.param("meetings", {"meeting_type": "INITIAL", "meeting_on": "2024-03-01"}, id="4: before a discussion"),
        pytest.param("meetings", {"meeting_type": "REVIEW", "meeting_on": "2024-03-01"}, id="4: before the first"),
        pytest.param("meetings", {"meeting_on": "2024-02-29"}, id="3: before receipt, whatever its type"),
        pytest.param("meetings", {"meeting_on": "2024-03-03", "minutes_on": "2024-03-02"}, id="11: after its minutes"),
        pytest.param("decisions", decided("2024-02-29", "NONE"), id="9: before receipt"),
        pytest.param("decisions", decided("2024-03-05", "NONE", end_on="2024-03-04"), id="9: ended first"),
        pytest.param(
            "decisions", {"decision_type": "REFERRAL", "decision_on": "2024-07-01"}, id="12: decided after the snapshot"
        ),
        pytest.param("actions", {"agreed_on": "2024-03-02", "completed_on": "2024-03-01"}, id="10: done first"),
        pytest.param("actions", {"completed_on": "2024-07-01"}, id="12: done after the snapshot"),
    ],
)
def test_a_row_makes_a_case_impossible(table: str, row: dict[str, Any]) -> None:
    rows = {"meetings": MET, "decisions": DECIDED, "actions": DONE}[table]
    assert chronology(**{table: [*rows, row]}) == ["no"]


def test_a_decision_that_is_no_safeguard_may_be_from_before_the_report() -> None:
    early = {"decision_type": "REFERRAL", "decision_on": "2024-02-01", "end_on": "2024-01-01"}
    assert chronology(decisions=[*DECIDED, early]) == ["yes"]
