"""The made extracts can tell a wrong rule from a right one: whatever a rule looks at decides some made case."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import pytest

from tests.pipelines.made_changes import CHANGES, Change
from tests.pipelines.made_extracts import MADE_BASES, Maker
from tests.pipelines.second_computation import INDICATORS
from tests.pipelines.test_second_computation import Counts, defined, in_python

SEEDS = 10
made = cache(lambda seed: Maker(seed).tables())
counted = cache(lambda seed: in_python(made(seed)))

BY_WORKING_DAYS = (
    "report_made_in_time", "threshold_decided_in_time", "strategy_discussion_in_time", "strategy_meeting_in_time",
    "safeguard_decided_in_time", "suspension_confirmed_in_time", "joint_advice_not_followed", "police_advice_followed",
    "social_services_advice_followed", "override_rationale_recorded", "minutes_on_file_in_time",
    "referral_made_in_time", "employer_acted_in_time", "hearing_held_in_time", "immediate_risk_safeguarded",
)  # fmt: skip


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
    "police_advice_followed", "social_services_advice_followed", "strategy_record_on_file", "record_on_all_files",
    "files_without_record", "minutes_pass_four_points", "chronology_possible", "police_at_discussion",
    "regulator_referral_made", "agencies_disagree", "recipients_informed", "parents_told_of_allegation",
    "parents_told_of_outcome", "subject_told_of_outcome", "senior_briefing_given", "completion_evidenced",
    "repeat_allegations", "repeat_settings", "closed_cases_audited", "helpline_contacts",
}  # fmt: skip
"""Their rules give every item a yes or no, or a category."""


@pytest.mark.parametrize("slug", INDICATORS)
def test_the_made_extracts_hold_every_state(slug: str) -> None:
    possible = set(defined()[slug].states) - ({"not_known"} if slug in NOT_KNOWN_OF_NONE else set())
    assert {state for _, _, _, _, state, _ in _keys(slug)} == possible


ALWAYS_DATED = {
    "joint_advice_not_followed", "good_record_as_reason", "police_advice_followed", "social_services_advice_followed",
    "advice_and_decision", "override_rationale_recorded", "override_reasons", "open_cases", "actions_overdue",
    "agencies_disagree", "live_risk", "referred_back_open", "repeat_allegations", "repeat_settings",
    "training_in_date", "helpline_contacts", "contacts_became_reports",
}  # fmt: skip
"""What goes by the day of a decision, of advice, of a repeat or of a period, which without a day is none; and what
stands at a month."""


@pytest.mark.parametrize("slug", INDICATORS)
def test_the_made_extracts_hold_items_without_a_month(slug: str) -> None:
    assert any(month is None for _, month, *_ in _keys(slug)) == (slug not in ALWAYS_DATED)


def _keys(slug: str) -> set[tuple[Any, ...]]:
    found: list[Counts] = [counted(seed) for seed in range(2 * SEEDS)]
    return {key for counts in found for key in counts[slug]}
