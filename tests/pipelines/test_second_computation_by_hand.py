"""What the second computation gives where the rules are subtle, counted by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.pipelines.one_case import AREA, advised, counts, decided, of

# Within a clock: 2024-03-01 is a Friday


@pytest.mark.parametrize(
    ("snapshot", "stopped_on", "state"),
    [
        pytest.param("2024-03-04", "2024-03-01", "too_recent", id="one working day gone: not past the limit"),
        pytest.param("2024-03-05", "2024-03-04", "met", id="stopped on the limit"),
        pytest.param("2024-03-05", "2024-03-05", "missed", id="stopped after it"),
        pytest.param("2024-03-05", None, "missed", id="not stopped"),
        pytest.param("2024-03-04", "2024-03-05", "not_measurable", id="stopped after the snapshot, however recent"),
        pytest.param("2024-03-05", "2024-02-29", "not_measurable", id="stopped before it started"),
    ],
)
def test_one_working_day(snapshot: str, stopped_on: str | None, state: str) -> None:
    case = {"received_on": "2024-03-01", "threshold_decision_on": stopped_on}
    assert of("threshold_decided_in_time", snapshot, case=case) == {("2024-03", state, None): 1}


@pytest.mark.parametrize(
    ("received_on", "outcome_on", "state"),
    [
        ("2024-01-31", "2024-02-29", "met"),
        ("2024-01-31", "2024-03-01", "missed"),
        ("2023-01-31", "2023-02-28", "met"),
        ("2023-01-31", "2023-03-01", "missed"),
        ("2024-02-29", "2024-03-29", "met"),
        ("2024-02-29", "2024-03-31", "missed"),
    ],
)
def test_one_month_ends_on_the_same_day_or_the_months_last(received_on: str, outcome_on: str, state: str) -> None:
    case = {"received_on": received_on, "outcome_on": outcome_on}
    assert of("concluded_within_one_month", "2024-06-30", case=case) == {(received_on[:7], state, None): 1}


def test_a_month_is_too_recent_through_its_last_day() -> None:
    case = {"received_on": "2024-01-31"}
    assert of("concluded_within_one_month", "2024-02-29", case=case) == {("2024-01", "too_recent", None): 1}
    assert of("concluded_within_one_month", "2024-03-01", case=case) == {("2024-01", "missed", None): 1}


def test_an_early_report_is_counted_by_when_the_concern_was_known() -> None:
    case = {"concern_aware_on": "2024-02-29", "received_on": "2024-03-01"}
    assert of("report_made_in_time", "2024-06-30", case=case) == {("2024-02", "met", None): 1}
    assert of("report_made_in_time", "2024-06-30", case=case | {"concern_aware_on": None}) == {
        ("2024-03", "not_measurable", None): 1
    }


# Actions


@pytest.mark.parametrize(
    ("action", "month", "state"),
    [
        pytest.param({"status": "OPEN", "original_due_on": "2024-04-30"}, "2024-04", "too_recent", id="due today"),
        pytest.param({"status": "OPEN", "original_due_on": "2024-04-29"}, "2024-04", "missed", id="due yesterday"),
        pytest.param(
            {"status": "DONE", "original_due_on": "2024-04-29", "completed_on": "2024-04-29"},
            "2024-04", "met", id="done when due",
        ),
        pytest.param(
            {"status": "OPEN", "original_due_on": "2024-04-29", "completed_on": "2024-04-29"},
            "2024-04", "missed", id="completed, but open",
        ),
        pytest.param({"status": "DONE", "original_due_on": "2024-04-29"}, "2024-04", "not_measurable", id="undated"),
        pytest.param({"status": "DONE"}, "2024-03", "no_deadline", id="done, undated, no deadline"),
        pytest.param({"status": "SUPERSEDED"}, "2024-03", "superseded", id="dropped before anything else"),
        pytest.param({"status": "DONE", "completed_on": "2024-03-01", "current_due_on": "2024-04-01"},
            "2024-04", "not_measurable", id="completed before it was agreed"),
    ],
)  # fmt: skip
def test_an_action(action: dict[str, Any], month: str, state: str) -> None:
    agreed = {"agreed_on": "2024-03-05"} | action
    assert of("actions_done_in_time", "2024-04-30", actions=[agreed]) == {(month, state, None): 1}


# Stocks


def test_an_open_case_ages_from_month_end_to_month_end_and_to_the_snapshot() -> None:
    assert of("open_cases", "2024-03-15", case={"received_on": "2024-01-31", "status": "OPEN"}) == {
        ("2024-01", "to_1_month", 0): 1,
        ("2024-02", "to_1_month", 29): 1,
        ("2024-03", "to_3_months", 44): 1,
    }


def test_a_case_closed_on_a_months_last_day_is_not_open_then() -> None:
    case = {"received_on": "2024-01-10", "status": "CLOSED", "closed_on": "2024-02-29"}
    assert of("open_cases", "2024-06-30", case=case) == {("2024-01", "to_1_month", 21): 1}
    assert of("open_cases", "2024-06-30", case=case | {"closed_on": "2024-03-01"}) == {
        ("2024-01", "to_1_month", 21): 1,
        ("2024-02", "to_3_months", 50): 1,
    }


def test_a_closed_case_without_its_day_is_counted_once_at_the_snapshot() -> None:
    case = {"received_on": "2024-01-10", "status": "CLOSED"}
    assert of("open_cases", "2024-03-15", case=case) == {("2024-03", "not_measurable", None): 1}


def test_a_reopened_case_is_open_whatever_its_closing_day() -> None:
    case = {"received_on": "2024-03-01", "status": "REOPENED", "closed_on": "2024-03-02"}
    assert of("open_cases", "2024-03-15", case=case) == {("2024-03", "to_1_month", 14): 1}


def test_an_action_is_late_from_the_day_after_and_very_late_after_thirty() -> None:
    action = {"agreed_on": "2024-02-10", "original_due_on": "2024-02-29", "status": "OPEN"}
    assert of("actions_overdue", "2024-04-01", actions=[action]) == {
        ("2024-02", "not_due", None): 1,
        ("2024-03", "late_over_30", 31): 1,
        ("2024-04", "late_over_30", 32): 1,
    }
    assert of("actions_overdue", "2024-03-30", actions=[action])["2024-03", "late_30", 30] == 1


# Durations


def test_a_decision_on_the_day_somebody_left_is_a_decision() -> None:
    case = {"received_on": "2024-03-01", "exit_on": "2024-03-05"}
    assert of("time_to_decision", "2024-06-30", case=case, decisions=[decided("2024-03-05", "NONE")]) == {
        ("2024-03", "finished", 4): 1
    }
    assert of("time_to_decision", "2024-06-30", case=case, decisions=[decided("2024-03-06", "NONE")]) == {
        ("2024-03", "left", 4): 1
    }


def test_who_left_before_the_report_left_after_no_days() -> None:
    case = {"received_on": "2024-03-01", "exit_on": "2024-02-01"}
    assert of("time_to_decision", "2024-06-30", case=case) == {("2024-03", "left", 0): 1}


def test_a_suspension_ends_with_the_first_thing_that_ends_it() -> None:
    begun = decided("2024-03-01", "SUSPENDED", end_on="2024-05-01")
    again = decided("2024-03-20", "SUSPENDED", decision_type="REVIEW", decision_id="d_2", end_on="2024-04-10")
    case = {"exit_on": "2024-02-01"}  # before the suspension: does not end it
    ends = [begun], [begun, again], [begun, again, decided("2024-03-10", "ALTERNATIVE", decision_id="d_3")]
    found = [of("suspension_length", "2024-06-30", case=case, decisions=rows) for rows in ends]
    assert found == [{("2024-03", "finished", days): 1} for days in (61, 40, 9)]


def test_a_suspension_that_ends_by_the_day_of_its_review_needs_none() -> None:
    row = decided("2024-03-01", "SUSPENDED", review_due_on="2024-03-29", end_on="2024-03-29")
    assert of("suspension_reviewed_in_time", "2024-06-30", decisions=[row]) == {}
    assert of("suspension_reviewed_in_time", "2024-06-30", decisions=[row | {"end_on": "2024-03-30"}]) == {
        ("2024-03", "missed", None): 1
    }
    assert of("suspension_reviewed_in_time", "2024-06-30", decisions=[row | {"reviewed_on": "2024-03-29"}]) == {
        ("2024-03", "met", None): 1
    }


# Advice


def test_one_override_outweighs_what_was_followed_and_is_counted_when_it_happened() -> None:
    rows = {
        "advice": [advised("2024-03-01", "POLICE", "SUSPEND")],
        "decisions": [decided("2024-03-01", "SUSPENDED"), decided("2024-04-02", "ALTERNATIVE", decision_id="d_2")],
    }
    assert of("police_advice_followed", "2024-06-30", **rows) == {("2024-04", "no", None): 1}
    assert of("social_services_advice_followed", "2024-06-30", **rows) == {}


def test_who_left_within_a_working_day_of_the_advice_stands_apart() -> None:
    advice = [advised("2024-03-01", "POLICE", "SUSPEND")]
    assert of("police_advice_followed", "2024-06-30", case={"exit_on": "2024-03-04"}, advice=advice) == {
        ("2024-03", "left", None): 1
    }
    assert of("police_advice_followed", "2024-06-30", case={"exit_on": "2024-03-05"}, advice=advice) == {
        ("2024-03", "no", None): 1
    }


def test_silence_has_no_rationale_and_nobody_signed_it_off() -> None:
    advice = [advised("2024-03-01", "SS", "RESTRICT")]
    assert of("override_rationale_recorded", "2024-06-30", advice=advice) == {("2024-03", "no", None): 1}
    assert {key[2:4] for key in counts("override_reasons", "2024-06-30", advice=advice)} == {
        ("all", "all"),
        ("override_reasons", "all"),
        ("override_reasons", "NOT_RECORDED"),
        ("signed_off_by", "all"),
        ("signed_off_by", "NOBODY"),
    }


def test_a_case_counts_once_under_each_reason_and_role_of_its_overrides() -> None:
    signed = {"override_reasons": "STAFFING;STAFFING;PREV_GOOD_RECORD", "senior_signoff_role": "HOS"}
    decisions = [
        decided("2024-03-01", "NONE", **signed),
        decided("2024-03-20", "ALTERNATIVE", decision_id="d_2", senior_signoff_role="UNK"),
    ]
    advice = [advised("2024-03-01", "POLICE", "SUSPEND")]
    found = counts("override_reasons", "2024-06-30", advice=advice, decisions=decisions)
    assert {key[2:4]: n for key, n in found.items() if "all" not in key[2:4]} == {
        ("override_reasons", "STAFFING"): 1,
        ("override_reasons", "PREV_GOOD_RECORD"): 1,
        ("override_reasons", "NOT_RECORDED"): 1,
        ("signed_off_by", "HOS"): 1,
        ("signed_off_by", "NOBODY"): 1,
    }


# Rates


def test_a_rate_has_the_people_of_each_month_from_the_first_report_to_the_snapshot() -> None:
    bases = [
        {"area": AREA, "base": "PUPILS", "from": date(2024, 2, 1), "value": 1000},
        {"area": AREA, "base": "PUPILS", "from": date(2024, 3, 1), "value": 1100},
        {"area": AREA, "base": "SCHOOL_STAFF", "from": date(2020, 1, 1), "value": 50},
        {"area": "X06000002", "base": "PUPILS", "from": date(2020, 1, 1), "value": 7},
    ]
    assert of("reports_per_pupils", "2024-03-02", bases, case={"received_on": "2024-01-31"}) == {
        ("2024-01", "counted", None): 1,
        ("2024-01", "no_base", None): 1,
        ("2024-02", "base", None): 1000,
        ("2024-03", "base", None): 1100,
    }
