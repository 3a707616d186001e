"""The made extracts can tell a wrong rule from a right one: whatever a rule looks at decides some made case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

import pytest

from tests.pipelines.made_extracts import MADE_BASES, Maker, Tables
from tests.pipelines.second_computation import INDICATORS
from tests.pipelines.test_second_computation import Counts, defined, in_python

SEEDS = 8
FAR = date(2035, 12, 31)

Change = Callable[[Tables], Tables]

made = cache(lambda seed: Maker(seed).tables())
counted = cache(lambda seed: in_python(made(seed)))


def _named(name: str, change: Change) -> Change:
    """The change under a name to tell it by when its test fails."""
    change.__name__ = name
    return change


def _with(table: str, **values: Any) -> Change:
    def change(tables: Tables) -> Tables:
        return {**tables, table: [row | values for row in tables[table]]}

    return _named(f"{table} with {values}", change)


def _recoded(table: str, column: str, old: str | None, new: Any) -> Change:
    def change(tables: Tables) -> Tables:
        rows = [row | {column: new if row[column] == old else row[column]} for row in tables[table]]
        return {**tables, table: rows}

    return _named(f"{column} {old} is {new}", change)


OVER_THE_THRESHOLD = (
    "strategy_discussion_in_time", "strategy_meeting_in_time", "safeguard_decided_in_time",
    "concluded_within_one_month", "concluded_within_three_months", "concluded_within_twelve_months",
    "time_to_decision", "police_advice_followed", "social_services_advice_followed", "advice_and_decision",
    "joint_advice_not_followed", "advice_sought", "override_rationale_recorded", "override_reasons",
    "good_record_as_reason",
)  # fmt: skip
BY_THE_SNAPSHOT = sorted(
    set(INDICATORS)
    - {
        "advice_sought", "suspension_reasons_recorded", "alternatives_used", "deadlines_moved", "outcome_fixed",
        "outcomes_by_kind", "children", "cases_by_kind", "good_record_as_reason",
        "reports_received",
    }
)  # fmt: skip
BY_WORKING_DAYS = (
    "report_made_in_time", "threshold_decided_in_time", "strategy_discussion_in_time", "strategy_meeting_in_time",
    "safeguard_decided_in_time", "suspension_confirmed_in_time", "joint_advice_not_followed", "police_advice_followed",
    "social_services_advice_followed", "override_rationale_recorded",
)  # fmt: skip
BY_TIME_OF_DECISION = ("suspension_length", "joint_advice_not_followed", "suspension_reasons_recorded")

CHANGES = [
    *((slug, _with("cases", threshold_met="Y")) for slug in OVER_THE_THRESHOLD),
    *((slug, _with("extract", snapshot_on=FAR)) for slug in BY_THE_SNAPSHOT),
    *((slug, _with("decisions", decision_time=None)) for slug in BY_TIME_OF_DECISION),
    ("report_made_in_time", _with("cases", concern_aware_on=None)),
    ("strategy_discussion_in_time", _with("meetings", attended="POLICE")),
    ("strategy_discussion_in_time", _with("meetings", meeting_type="INITIAL")),
    ("strategy_meeting_in_time", _with("cases", meeting_decided="Y")),
    ("strategy_meeting_in_time", _recoded("meetings", "meeting_type", "DISCUSSION", "INITIAL")),
    ("strategy_meeting_in_time", _recoded("meetings", "meeting_type", "OUTCOME", "DISCUSSION")),
    ("safeguard_decided_in_time", _recoded("decisions", "decision_type", "REVIEW", "SAFEGUARD")),
    ("safeguard_decided_in_time", _recoded("decisions", "decision_value", "NOT_RECORDED", "NONE")),
    ("time_to_decision", _recoded("decisions", "decision_value", "LEFT", "NOT_RECORDED")),
    ("time_to_decision", _with("cases", exit_on=None)),
    ("time_to_outcome", _recoded("meetings", "meeting_type", "REVIEW", "OUTCOME")),
    ("open_cases", _recoded("cases", "status", "REOPENED", "CLOSED")),
    ("suspension_length", _with("decisions", end_on=None)),
    ("suspension_length", _with("cases", exit_on=None)),
    ("suspension_length", _recoded("decisions", "decision_type", "REVIEW", "THRESHOLD")),
    ("suspension_length", _recoded("decisions", "decision_type", "REFERRAL", "REVIEW")),
    ("suspension_length", _recoded("decisions", "decision_value", "ALTERNATIVE", "NOT_RECORDED")),
    ("suspension_length", _recoded("decisions", "decision_value", "LEFT", "NOT_RECORDED")),
    ("suspension_reviewed_in_time", _with("decisions", review_due_on=None)),
    ("suspension_reviewed_in_time", _with("decisions", end_on=None)),
    ("suspension_reviewed_in_time", _with("cases", exit_on=None)),
    ("suspension_reasons_recorded", _with("decisions", alternatives_rejected_reason_recorded="Y")),
    ("suspension_reasons_recorded", _recoded("decisions", "alternatives_considered", "NONE", "LEAVE")),
    ("suspension_reasons_recorded", _recoded("decisions", "alternatives_considered", None, "LEAVE")),
    ("police_advice_followed", _recoded("decisions", "decision_value", "LEFT", "NOT_RECORDED")),
    ("police_advice_followed", _with("cases", exit_on=None)),
    ("police_advice_followed", _recoded("advice", "agency", "SS", "POLICE")),
    ("social_services_advice_followed", _recoded("advice", "agency", "POLICE", "SS")),
    ("advice_and_decision", _recoded("advice", "advice_value", "NO_VIEW", "NOT_SOUGHT")),
    ("advice_and_decision", _recoded("decisions", "decision_type", "REVIEW", "THRESHOLD")),
    ("joint_advice_not_followed", _with("cases", exit_on=None)),
    ("joint_advice_not_followed", _with("advice", advice_time=None)),
    ("joint_advice_not_followed", _with("advice", agency="POLICE")),
    ("joint_advice_not_followed", _recoded("advice", "advice_value", "NOT_SOUGHT", "NO_VIEW")),
    ("joint_advice_not_followed", _recoded("advice", "advice_value", "NO_VIEW", "NOT_SOUGHT")),
    ("joint_advice_not_followed", _recoded("advice", "advice_value", "SUSPEND", "RESTRICT")),
    ("joint_advice_not_followed", _with("decisions", end_on=None)),
    ("joint_advice_not_followed", _recoded("decisions", "decision_type", "REVIEW", "THRESHOLD")),
    ("joint_advice_not_followed", _recoded("decisions", "decision_value", "LEFT", "NONE")),
    ("joint_advice_not_followed", _recoded("decisions", "decision_value", "NOT_RECORDED", "NONE")),
    ("advice_sought", _with("advice", agency="POLICE")),
    ("advice_sought", _recoded("advice", "advice_value", "NOT_SOUGHT", "NO_VIEW")),
    ("override_rationale_recorded", _with("decisions", risk_assessment_on=FAR)),
    ("override_rationale_recorded", _with("decisions", senior_signoff_on=FAR)),
    ("override_rationale_recorded", _recoded("decisions", "senior_signoff_role", "UNK", "HEAD")),
    ("override_rationale_recorded", _recoded("decisions", "senior_signoff_role", None, "HEAD")),
    ("override_rationale_recorded", _recoded("decisions", "alternatives_considered", None, "LEAVE")),
    ("override_reasons", _recoded("decisions", "override_reasons", None, "STAFFING")),
    ("override_reasons", _recoded("decisions", "senior_signoff_role", None, "HEAD")),
    ("good_record_as_reason", _with("decisions", override_reasons="STAFFING;PREV_GOOD_RECORD")),
    ("alternatives_used", _recoded("decisions", "decision_type", "REVIEW", "THRESHOLD")),
    ("actions_done_in_time", _with("actions", original_due_on=None)),
    ("actions_done_in_time", _with("actions", current_due_on=None)),
    ("actions_done_in_time", _recoded("actions", "status", "OPEN", "DONE")),
    ("actions_done_in_time", _recoded("actions", "status", "SUPERSEDED", "CANCELLED")),
    ("actions_overdue", _with("actions", original_due_on=None)),
    ("actions_overdue", _with("actions", current_due_on=None)),
    ("actions_overdue", _recoded("actions", "status", "OPEN", "DONE")),
    ("actions_overdue", _recoded("actions", "status", "CANCELLED", "DONE")),
    ("deadlines_moved", _recoded("actions", "due_changes", None, 0)),
    ("outcome_fixed", _recoded("cases", "outcome_code", "NMT", "SUB")),
    ("outcome_fixed", _recoded("cases", "outcome_code", None, "NMT")),
    ("outcome_fixed", _recoded("cases", "status", "REOPENED", "CLOSED")),
    ("outcomes_by_kind", _recoded("cases", "outcome_code", "OPEN", "SUB")),
    ("children", _recoded("children", "ethnic_group", "REFUSED", "WHITE")),
    ("children", _recoded("children", "aln_status", "UNK", "NONE")),
    ("children", _recoded("children", "sex", "U", "O")),
    ("cases_by_kind", _recoded("cases", "role_group", "UNK", "HEAD")),
]


@pytest.mark.parametrize(("slug", "changed"), CHANGES)
def test_every_rule_decides_some_made_case(slug: str, changed: Change) -> None:
    seeds = range(SEEDS)
    assert any(in_python(changed(made(seed)), slugs=[slug])[slug] != counted(seed)[slug] for seed in seeds)


@pytest.mark.parametrize("slug", BY_WORKING_DAYS)
def test_bank_holidays_decide_some_made_case(slug: str) -> None:
    seeds = range(SEEDS)
    assert any(in_python(made(seed), frozenset(), slugs=[slug])[slug] != counted(seed)[slug] for seed in seeds)


def test_the_month_that_a_base_begins_decides_a_rate() -> None:
    later = [each | {"from": date(2030, 1, 1)} for each in MADE_BASES]
    for slug in ("reports_per_pupils", "reports_per_staff"):
        assert any(
            in_python(made(seed), bases=later, slugs=[slug])[slug] != counted(seed)[slug] for seed in range(SEEDS)
        )


# Every state there is, and items without a month

NOT_KNOWN_OF_NONE = {
    "advice_sought", "override_rationale_recorded", "override_reasons", "outcome_fixed",
    "police_advice_followed", "social_services_advice_followed",
}  # fmt: skip
"""Their rules give every item a yes or no, or a category."""


@pytest.mark.parametrize("slug", INDICATORS)
def test_the_made_extracts_hold_every_state(slug: str) -> None:
    possible = set(defined()[slug].states) - ({"not_known"} if slug in NOT_KNOWN_OF_NONE else set())
    assert {state for _, _, _, _, state, _ in _keys(slug)} == possible


ALWAYS_DATED = {
    "joint_advice_not_followed", "good_record_as_reason", "police_advice_followed", "social_services_advice_followed",
    "advice_and_decision", "override_rationale_recorded", "override_reasons", "open_cases", "actions_overdue",
}  # fmt: skip
"""What goes by the day of a decision or advice, which without a day is neither; and stocks, which stand at a month."""


@pytest.mark.parametrize("slug", INDICATORS)
def test_the_made_extracts_hold_items_without_a_month(slug: str) -> None:
    assert any(month is None for _, month, *_ in _keys(slug)) == (slug not in ALWAYS_DATED)


def _keys(slug: str) -> set[tuple[Any, ...]]:
    found: list[Counts] = [counted(seed) for seed in range(2 * SEEDS)]
    return {key for counts in found for key in counts[slug]}
