"""A verdict says no more than the cases bear."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assurance import verdicts
from assurance.indicator import Target
from assurance.intervals import wilson
from assurance.judgement import (
    MIN_MONTHLY_MEAN,
    MIN_POINTS,
    Judgement,
    OverTime,
    Variation,
    explain_each,
    interval_against_target,
    judge,
    over_time,
)
from assurance.series import Series
from assurance.spc import Better
from assurance.words import LANGUAGES, Language
from tests.made import duration, figure

STEADY = [60.0, 64.0] * 8
QUARTERS = [date(2020 + at // 4, 1 + at % 4 * 3, 1) for at in range(16)]


def aim(percent: int, *, is_floor: bool = True) -> Target:
    return Target(date(2020, 1, 1), percent, is_floor, "local", {"en": "x", "cy": "x"})


def judged(n: int, N: int, target: Target | None) -> str | None:
    low, high = (100 * each for each in wilson(n, N))
    return interval_against_target(n, N, low, high, target)


@pytest.mark.parametrize(
    ("n", "N", "target", "verdict"),
    [
        (9, 9, aim(100), "too_few"),
        (10, 10, aim(100), "meets_target"),
        (24, 25, aim(100), "below_target"),  # of a target of all, one short is short
        (11, 25, aim(80), "below_target"),
        (19, 25, aim(80), "unclear"),
        (99, 100, aim(80), "meets_target"),
        (0, 10, aim(0, is_floor=False), "meets_target"),
        (1, 25, aim(0, is_floor=False), "above_target"),
        (20, 25, aim(30, is_floor=False), "above_target"),
        (8, 25, aim(30, is_floor=False), "unclear"),
        (0, 50, aim(30, is_floor=False), "meets_target"),
        (11, 25, None, None),
    ],
)
def test_a_share_is_judged_only_where_its_whole_interval_is_on_one_side(
    n: int, N: int, target: Target | None, verdict: str | None
) -> None:
    assert judged(n, N, target) == verdict


def test_what_should_not_happen_is_to_be_explained_from_the_first() -> None:
    assert (explain_each(0), explain_each(1), explain_each(40)) == ("none_found", "explain_each", "explain_each")


# Over time


@pytest.mark.parametrize(
    ("last", "better", "variation"),
    [
        (62.0, "higher", "no_change"),
        (95.0, "higher", "improving"),
        (95.0, "lower", "getting_worse"),
        (20.0, "higher", "getting_worse"),
        (20.0, "lower", "improving"),
        (95.0, "neither", "higher"),
        (20.0, "neither", "lower"),
    ],
)
def test_a_latest_point_beyond_the_limits_is_named_by_what_is_better(
    last: float, better: Better, variation: Variation
) -> None:
    found = over_time([*STEADY[:15], last], is_share=True, better=better)
    assert found.variation == variation
    assert found.rule == (None if variation == "no_change" else "outside_limits")


def test_a_signal_that_has_passed_is_no_verdict() -> None:
    found = over_time([*STEADY, 99.0, *STEADY], is_share=True, better="higher")
    assert any(point.signal for point in found.points)
    assert (found.variation, found.rule) == ("no_change", None)


@pytest.mark.parametrize("monthly", [[3.0, 4.0] * 12, [3.9] * 24, [0.0] * 23 + [80.0]])
def test_fewer_than_four_a_month_have_neither_limits_nor_a_signal(monthly: list[float]) -> None:
    assert sum(monthly) / len(monthly) < MIN_MONTHLY_MEAN
    found = over_time(monthly, is_share=False, better="neither")
    assert (found.variation, found.rule, found.has_limits) == ("too_sparse", None, False)
    assert [point.value for point in found.points] == monthly


def test_four_a_month_have_limits() -> None:
    assert over_time([3.0, 5.0] * 12, is_share=False, better="neither").has_limits


def test_fewer_than_twelve_points_are_too_early_gaps_not_counted() -> None:
    eleven: list[float | None] = [*STEADY[: MIN_POINTS - 1], None, None]
    assert over_time(eleven, is_share=True, better="higher").variation == "too_early"
    assert over_time([*eleven, 60.0], is_share=True, better="higher").variation == "no_change"


def test_points_that_do_not_differ_have_no_limits() -> None:
    found = over_time([70.0] * 16, is_share=True, better="higher", target=80)
    assert (found.variation, found.assurance, found.has_limits) == ("no_spread", None, False)


def test_no_limit_is_drawn_where_the_measure_cannot_be_and_the_rules_go_by_the_limits_as_computed() -> None:
    wide = [98.0, 60.0] * 8
    share = over_time(wide, is_share=True, better="higher")
    assert share.is_clipped
    assert {point.upper for point in share.points} == {100.0}
    count = over_time([1.0, 12.0] * 8, is_share=False, better="neither")
    assert count.is_clipped
    assert {point.lower for point in count.points} == {0.0}
    assert not any(point.signal == "outside_limits" for point in (*share.points, *count.points))


@pytest.mark.parametrize(
    ("target", "assurance"), [(30, "will_meet"), (62, "hit_or_miss"), (95, "will_miss"), (None, None)]
)
def test_the_limits_say_whether_a_target_will_be_met(target: float | None, assurance: str | None) -> None:
    assert over_time(STEADY, is_share=True, better="higher", target=target).assurance == assurance


def test_a_target_of_all_is_not_hit_or_miss_because_limits_reach_beyond_all() -> None:
    wide = [98.0, 60.0] * 8
    assert over_time(wide, is_share=True, better="higher", target=97).assurance == "hit_or_miss"
    assert over_time(wide, is_share=True, better="higher", target=100).assurance is None
    assert over_time(STEADY, is_share=True, better="higher", target=100).assurance == "will_miss"


def test_limits_on_twelve_points_are_provisional() -> None:
    assert over_time(STEADY[:12], is_share=True, better="higher").is_trial
    assert not over_time(STEADY[:13], is_share=True, better="higher").is_trial


def test_after_a_rebase_it_is_too_early_until_there_are_twelve_points() -> None:
    series = [*STEADY, 90.0, 94.0]
    days = [*QUARTERS, date(2024, 1, 1), date(2024, 4, 1)]
    before = over_time(series, is_share=True, better="higher", days=days)
    after = over_time(series, is_share=True, better="higher", days=days, rebase=[date(2024, 1, 1)])
    assert (before.variation, after.variation) == ("improving", "too_early")
    assert after.points[-1].mean == 92.0
    assert after.points[0].mean == 62.0


# A figure


def test_a_measure_judged_by_a_series_says_what_the_series_says_and_without_limits_what_the_period_says() -> None:
    now = figure("advice_sought", {"yes": 11, "no": 14}, n=11, N=25, verdict="below_target")
    limits = OverTime((), "no_change", "will_miss")
    assert judge(now, limits) == Judgement("xmr", "no_change", "will_miss", None)
    assert judge(now, OverTime((), "too_early")) == Judgement("xmr", "too_early", "below_target", None)
    assert judge(now) == Judgement("xmr", "too_few", "below_target", None)


def test_a_figure_whose_data_did_not_arrive_is_withheld() -> None:
    now = figure("advice_sought", {}, withheld="not_supplied")
    assert judge(now, OverTime((), "improving")).variation == "withheld"


@pytest.mark.parametrize(("missing", "variation"), [(5, "no_change"), (6, "not_recorded")])
def test_where_more_than_a_fifth_is_not_recorded_nothing_is_judged(missing: int, variation: str) -> None:
    now = figure("safeguard_decided_in_time", {"met": 20 - missing + 5, "not_measurable": missing}, n=20, N=20)
    found = judge(now, OverTime((), "no_change", "will_meet"))
    assert found.variation == variation
    assert found.is_worth_asking == (variation == "not_recorded")


def test_what_is_declared_as_not_judged_is_not() -> None:
    assert judge(figure("police_advice_followed", {"no": 12}, n=0, N=12)).variation == "not_judged"


@pytest.mark.parametrize(
    ("now", "before", "variation"),
    [
        ({"finished": {2: 9}}, {"finished": {2: 20}}, "too_few"),
        ({"finished": {2: 20}}, {"finished": {2: 9}}, "too_early"),
        ({"finished": {2: 20}}, None, "too_early"),
        ({"finished": {2: 10, 5: 10}}, {"finished": {2: 9, 5: 11}}, "no_change"),
        ({"finished": {2: 20}}, {"finished": {30: 20}}, "improving"),
        ({"finished": {30: 20}}, {"finished": {2: 20}}, "getting_worse"),
        ({"running": {30: 20}}, {"finished": {2: 20}}, "getting_worse"),  # who still waits counts
    ],
)
def test_a_duration_is_held_against_the_year_before(
    now: dict[str, dict[int, int]], before: dict[str, dict[int, int]] | None, variation: str
) -> None:
    found = judge(duration(**now), before=duration(**before) if before else None)
    assert (found.method, found.variation) == ("log_rank", variation)
    assert found.rule == ("log_rank" if variation in ("improving", "getting_worse") else None)


# In words


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("variation", [each for each in Variation.__args__ if each != "not_judged"])
def test_every_judgement_has_a_word_and_a_sentence_no_finding_included(variation: Variation, lang: Language) -> None:
    found = Judgement("xmr", variation, None)
    assert verdicts.variation(found, lang)
    assert len(verdicts.change(found, lang)) == 1


def test_what_is_not_judged_is_not_told() -> None:
    assert verdicts.change(Judgement("not_judged", "not_judged", None), "en") == []


def test_no_finding_is_told_as_none() -> None:
    told = verdicts.change(Judgement("xmr", "no_change", None), "en")
    assert told == ["No significant change: the latest is within what is usual."]
    told = verdicts.change(Judgement("log_rank", "no_change", None), "en")
    assert told == ["No significant change against the year before (log-rank test, 1% level)."]


def test_a_signal_is_told_with_its_rule_and_never_as_failing() -> None:
    step = figure("advice_sought", {"yes": 11, "no": 14}, "2025-Q2", n=11, N=25)
    series = Series((step,), over_time(STEADY, is_share=True, better="higher"))
    for lang in LANGUAGES:
        told = verdicts.change(Judgement("xmr", "getting_worse", "will_miss", "run"), lang, series)
        assert len(told) == 3
        assert "fail" not in " ".join(told).lower()
    told = verdicts.change(Judgement("xmr", "getting_worse", "will_miss", "run"), "en", series)
    assert told[0].startswith("Worth asking about")
    assert told[1] == "Seven quarters in a row lie on the same side of the average."


def test_limits_are_told_with_what_is_to_be_known_of_them() -> None:
    step = figure("advice_sought", {"yes": 11, "no": 14}, "2025-Q2", n=11, N=25)
    wide = Series((step,), over_time([98.0, 60.0] * 6, is_share=True, better="higher"))
    told = verdicts.limits(wide, "en")
    assert told[0] == "The average quarter has 79%; what is usual reaches from 0% to 100%."
    assert "provisional" in told[1]
    assert "drawn there" in told[2]
    assert verdicts.limits(replace(wide, judged=OverTime((), "too_few")), "en") == []


def test_the_floor_for_sparse_counts_holds_for_the_points_in_force() -> None:
    many, few = [12.0, 14.0] * 8, [1.0, 0.0, 2.0, 1.0] * 4
    whole = over_time([*many, *few], is_share=False, better="neither", days=MONTHS[:32])
    rebased = over_time([*many, *few], is_share=False, better="neither", days=MONTHS[:32], rebase=[MONTHS[16]])
    assert whole.has_limits
    assert (rebased.variation, rebased.has_limits) == ("too_sparse", False)
    assert all(point.signal is None for point in rebased.points)


# Limits that stay, by decision


MONTHS = [date(2020 + at // 12, at % 12 + 1, 1) for at in range(36)]
LEVEL = [9.0, 11.0] * 12


def test_limits_that_a_decision_fixes_do_not_move_with_later_points() -> None:
    later = [14.0, 13.0, 15.0, 14.0, 13.0, 15.0, 14.0, 15.0, 14.0, 15.0, 14.0, 13.0]
    moved = over_time([*LEVEL, *later], is_share=False, better="neither", days=MONTHS)
    fixed = over_time([*LEVEL, *later], is_share=False, better="neither", days=MONTHS, fixed_on=MONTHS[24])
    alone = over_time(LEVEL, is_share=False, better="neither", days=MONTHS[:24])
    assert (fixed.points[-1].mean, fixed.points[-1].upper) == (alone.points[-1].mean, alone.points[-1].upper)
    assert moved.points[-1].mean != fixed.points[-1].mean
    assert fixed.variation == "higher"


def test_limits_are_not_fixed_on_fewer_points_than_limits_need() -> None:
    values = [*LEVEL, 20.0]
    free = over_time(values, is_share=False, better="neither", days=MONTHS[:25])
    assert over_time(values, is_share=False, better="neither", days=MONTHS[:25], fixed_on=MONTHS[11]) == free
    fixed = over_time(values, is_share=False, better="neither", days=MONTHS[:25], fixed_on=MONTHS[12])
    assert fixed.is_trial and not free.is_trial


def test_fixing_concerns_what_came_since_limits_last_began() -> None:
    values = [*([2.0, 6.0] * 9), *([9.0, 11.0] * 9)]
    both = over_time(values, is_share=False, better="neither", days=MONTHS, rebase=[MONTHS[18]], fixed_on=MONTHS[32])
    rebased = over_time(values, is_share=False, better="neither", days=MONTHS, rebase=[MONTHS[18]])
    assert both.points[:18] == rebased.points[:18]
    assert both.points[-1].mean == 10


@pytest.mark.parametrize(
    ("values", "at"),
    [
        ([9.0, 11.0] * 8, None),
        ([*([9.0, 11.0] * 8), *([14.0, 15.0] * 4)], 16),
        ([*([9.0, 11.0] * 8), *([14.0, 15.0] * 3)], None),
        ([*([9.0, 11.0] * 8), *([14.0, 15.0] * 4), 9.0], None),
        ([9.0, 11.0], None),
    ],
)
def test_seven_on_one_side_up_to_the_latest_suggest_a_new_start_and_change_nothing(
    values: list[float], at: int | None
) -> None:
    found = over_time(values, is_share=False, better="neither")
    assert found.shifted_at == at
    assert {point.group for point in found.points} == {0}


def test_a_target_that_no_point_ever_met_is_not_hit_or_miss() -> None:
    never, once = [88.0, 60.0] * 7, [*([88.0, 60.0] * 6), 88.0, 91.0]
    assert over_time(never, is_share=True, better="higher", target=90).assurance is None
    met = over_time(once, is_share=True, better="higher", target=90)
    assert (met.assurance, met.met) == ("hit_or_miss", 1)
    lower = over_time([12.0, 40.0] * 7, is_share=True, better="lower", target=10)
    assert (lower.assurance, lower.met) == (None, 0)
