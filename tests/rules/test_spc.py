"""The XmR chart gives what NHSRplotthedots 0.2.2 gives on published series, and is silent where limits say nothing."""

from __future__ import annotations

import json
from datetime import date, datetime
from itertools import accumulate
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assurance.spc import Chart, xmr
from tests.conftest import ROOT
from tests.rules.plotthedots import ptd_spc_standard

CASES = json.loads((ROOT / "tests" / "conformance" / "spc_nhsr.json").read_text())["cases"]
BETTER = {"increase": "higher", "decrease": "lower", "neutral": "neither"}
SIGNALS = {
    "Above UCL": "outside_limits",
    "Below LCL": "outside_limits",
    "7 Point Trend (Increasing)": "trend",
    "7 Point Trend (Decreasing)": "trend",
    "2 in 3 Above CL": "two_of_three",
    "2 in 3 Below CL": "two_of_three",
    "7 Points Above CL": "run",
    "7 Points Below CL": "run",
    "Common Cause": None,
}


def charted(case: dict[str, Any]) -> Chart:
    options = case["options"]
    better: Any = BETTER[options["improvement_direction"]]
    return xmr(
        case["values"],
        dates=case["dates"],
        better=better,
        screen_outliers=options["screen_outliers"],
        fix_after_n_points=options["fix_after_n_points"],
        rebase=options["rebase"],
        target=options["target"],
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_published_series_give_the_reference_s_output(case: dict[str, Any]) -> None:
    chart, expected = charted(case), case["expected"]
    for ours, theirs in (
        ("mean", "mean"),
        ("lower", "lpl"),
        ("upper", "upl"),
        ("near_lower", "near_lpl"),
        ("near_upper", "near_upl"),
    ):
        assert [getattr(point, ours) for point in chart.points] == pytest.approx(expected[theirs], abs=1e-8)
    assert [point.signal for point in chart.points] == [SIGNALS[each] for each in expected["special_cause_type"]]
    assert [point.kind for point in chart.points] == expected["point_type"]
    assert [point.group for point in chart.points] == expected["rebase_group"]
    assert chart.variation == expected["latest_variation"]
    assert chart.assurance == expected["assurance"]
    assert chart.trial_limits == expected["short_group_warning"][-1]


MADE = json.loads((ROOT / "tests" / "conformance" / "spc_r_made.json").read_text())["cases"]
SIGNAL_LETTERS = {"o": "outside_limits", "t": "trend", "2": "two_of_three", "r": "run", ".": None}
KIND_LETTERS = {
    "i": "special_cause_improvement",
    "c": "special_cause_concern",
    "h": "special_cause_neutral_high",
    "l": "special_cause_neutral_low",
    ".": "common_cause",
}


@pytest.mark.parametrize("case", MADE)
def test_made_series_give_what_the_package_gives_in_r(case: dict[str, Any]) -> None:
    """Short and long, whole numbers and tenths, rebased, fixed, neutral, with targets on limits: run in R itself."""
    days = [date(2015 + at // 12, at % 12 + 1, 1) for at in range(len(case["values"]))]
    own = {key: case[key] for key in ("better", "screen_outliers", "fix_after_n_points", "target")}
    chart = xmr(case["values"], dates=days, rebase=[days[at] for at in case["rebase"]], **own)
    starts = [at for at, *_ in case["groups"]]
    ends = [*starts[1:], len(days)]
    for start, end, (_, *limits) in zip(starts, ends, case["groups"], strict=True):
        mean, lower, upper, *_ = limits
        for at in range(start, end):
            point = chart.points[at]
            assert point.mean == pytest.approx(mean, abs=1e-8)
            if lower is None or upper - lower < 1e-9:  # no variation: the package flags all or none, ours none
                assert (point.lower, point.signal) == (None, None)
                continue
            ours = [point.mean, point.lower, point.upper, point.near_lower, point.near_upper]
            assert ours == pytest.approx(limits, abs=1e-8)
            assert point.signal == SIGNAL_LETTERS[case["signal"][at]]
            assert point.kind == KIND_LETTERS[case["kind"][at]]
    assert chart.trial_limits == case["trial"]
    if chart.points[-1].upper is not None:
        assert (chart.variation, chart.assurance) == (case["variation"], case["assurance"])


def test_a_point_on_the_mean_is_on_it_also_in_tenths() -> None:
    assert all(point.signal is None for point in xmr([2.4, 2.4, 2.5, 2.3, 2.1, 2.1]).points)
    ninety = [92.4, 92.4, 92.2, 92.6, 92.4, 92.4, 92.5, 92.5, 92.4, 92.5, 92.1]
    assert all(point.signal is None for point in xmr(ninety).points)


def test_limits_that_differ_from_the_mean_by_rounding_alone_are_none() -> None:
    for values in ([0.3] * 19 + [0.1 + 0.2], [0.1 + 0.2, 0.3] * 8):
        assert xmr(values, screen_outliers=False).limits_note == "not_enough_variation"


def test_days_and_moments_name_the_same_points() -> None:
    days = [date(2024, month, 1) for month in range(1, 13)]
    values = [3, 5, 4, 6, 5, 4, 9, 8, 9, 10, 8, 9]
    expected = xmr(values, dates=days, rebase=[date(2024, 7, 1)])
    moments = [datetime(day.year, day.month, day.day) for day in days]  # noqa: DTZ001 - as a data frame has them
    assert xmr(values, dates=moments, rebase="2024-07-01") == expected
    assert xmr(values, target=float("nan")).assurance is None


def test_nist_s_flow_rates() -> None:
    """NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2: mean 50.81, average moving range 1.8778."""
    flow = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
    point = xmr(flow).points[0]
    assert point.mean == pytest.approx(50.81)
    assert point.upper is not None and point.mean is not None
    assert (point.upper - point.mean) / 2.66 == pytest.approx(1.8778, abs=5e-5)
    assert point.upper == pytest.approx(55.8041, abs=2e-3)  # 2.66 for the handbook's 3 / 1.128


def signals(values: list[float | None], **options: Any) -> list[str | None]:
    return [point.signal for point in xmr(values, **options).points]


NOISE: list[float | None] = [10, 12, 9, 11, 10, 13, 9, 11, 12, 10, 11, 9, 12]


def test_six_rises_are_a_trend_of_seven_points_and_a_tie_breaks_it() -> None:
    rise = [*NOISE, 9, 9.5, 10, 10.5, 11, 11.5, 12]
    assert signals(rise)[-7:] == ["trend"] * 7
    assert "trend" not in signals([*NOISE, 9, 9.5, 10, 10, 11, 11.5, 12])


def test_the_turn_of_two_trends_belongs_to_the_later() -> None:
    up_and_down = [*NOISE, 9, 9.5, 10, 10.5, 11, 11.5, 12, 11.4, 10.9, 10.4, 9.9, 9.4, 8.9]
    chart = xmr(up_and_down, better="higher")
    assert [point.signal for point in chart.points[13:]] == ["trend"] * 13
    assert [point.kind for point in chart.points[18:21]] == [
        "special_cause_improvement",
        "special_cause_concern",
        "special_cause_concern",
    ]


def test_a_tie_between_two_trends_is_the_end_of_the_first_and_goes_down() -> None:
    two_rises = [*NOISE, 9, 9.5, 10, 10.5, 11, 11.5, 12, 12, 12.1, 12.2, 12.3, 12.4, 12.5, 12.6]
    chart = xmr(two_rises, better="higher")
    assert [point.kind for point in chart.points[18:21]] == [
        "special_cause_improvement",
        "special_cause_concern",
        "special_cause_improvement",
    ]


def test_a_point_on_the_mean_breaks_a_run() -> None:
    low: list[float | None] = [0, 2] * 10
    assert signals([*low, 1.5, 1.2, 1.5, 1.2, 1.5, 1.2, 1.5], fix_after_n_points=20)[-7:] == ["run"] * 7
    assert "run" not in signals([*low, 1.5, 1.2, 1.5, 1, 1.5, 1.2, 1.5], fix_after_n_points=20)


def test_two_of_three_near_a_limit_need_the_third_on_their_side_and_only_they_are_marked() -> None:
    low: list[float | None] = [0, 2] * 10  # mean 1, near limits 1 ± 3.55, limits 1 ± 5.32
    options = {"fix_after_n_points": 20}
    assert signals([*low, 5, 1.5, 5], **options)[-3:] == ["two_of_three", None, "two_of_three"]
    assert signals([*low, 5, 0.5, 5], **options)[-3:] == [None, None, None]


def test_on_a_limit_is_not_outside_it() -> None:
    low: list[float | None] = [0, 2] * 10
    upper = xmr(low).points[0].upper
    assert upper is not None
    assert signals([*low, upper, 0, upper + 1e-9], fix_after_n_points=20)[-3:] == [None, None, "outside_limits"]


def test_a_gap_breaks_the_moving_range_and_every_rule() -> None:
    assert xmr([1, 3, None, 100, 102]).points[0].upper == pytest.approx(51.5 + 2.66 * 2)
    rise: list[float | None] = [*NOISE, 9, 9.5, 10, None, 10.5, 11, 11.5, 12]
    assert "trend" not in signals(rise)
    low: list[float | None] = [0, 2] * 10
    assert "run" not in signals([*low, 1.5, 1.2, 1.5, None, 1.2, 1.5, 1.2], fix_after_n_points=20)
    assert "two_of_three" not in signals([*low, 5, None, 5], fix_after_n_points=20)


@pytest.mark.parametrize("values", [[3.0] * 20, [5.0], [0.0] * 19 + [9.0], [None, None], []])
def test_without_variation_there_are_no_limits_no_signals_and_a_note(values: list[float | None]) -> None:
    chart = xmr(values, target=1)
    assert all(point.lower is None and point.upper is None and point.signal is None for point in chart.points)
    assert (chart.limits_note, chart.assurance) == ("not_enough_variation", None)


@pytest.mark.parametrize(
    ("better", "target", "says"),
    [
        ("higher", 99, "consistent_fail"),
        ("higher", -99, "consistent_pass"),
        ("lower", 99, "consistent_pass"),
        ("lower", -99, "consistent_fail"),
        ("higher", 11, "inconsistent"),
        ("neither", 99, None),
        ("lower", None, None),
    ],
)
def test_assurance_is_the_target_against_the_limits_in_force(better: Any, target: float | None, says: str) -> None:
    assert xmr(NOISE, better=better, target=target).assurance == says


def test_twelve_points_have_trial_limits_and_thirteen_have_not() -> None:
    assert (xmr(NOISE[:12]).trial_limits, xmr(NOISE).trial_limits) == (True, False)


def test_a_rebase_starts_limits_and_rules_anew() -> None:
    days = [f"20{year}-{month:02}-01" for year in (24, 25) for month in range(1, 13)]
    chart = xmr([*[1, 2] * 6, *[11, 12] * 6], dates=days, rebase=["2025-01-01"])
    assert [point.mean for point in chart.points] == [1.5] * 12 + [11.5] * 12
    assert {point.signal for point in chart.points} == {None}


@pytest.mark.parametrize(
    "wrong",
    [
        {"rebase": ["2024-01-01"]},
        {"dates": ["2024-01-01"]},
        {"dates": ["2024-01-01", "2024-03-01", "2024-02-01"]},
        {"dates": ["2024-01-01", "2024-02-01", "2024-03-01"], "rebase": ["2024-02-02"]},
        {"better": "up"},
        {"fix_after_n_points": 0},
    ],
)
def test_what_cannot_be_charted_is_told(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"\w+ \w+"):
        xmr([1, 2, 3], **wrong)
    with pytest.raises(ValueError, match="infinite"):
        xmr([1, float("inf")])


SERIES = st.lists(st.integers(0, 60), min_size=2, max_size=40)


@settings(derandomize=True)
@given(SERIES, st.integers(-50, 50))
def test_moving_every_value_moves_the_limits_and_nothing_else(values: list[int], by: int) -> None:
    one, other = xmr(values), xmr([value + by for value in values])
    assert [point.signal for point in one.points] == [point.signal for point in other.points]
    if one.points[0].upper is not None:
        assert other.points[0].upper == pytest.approx(one.points[0].upper + by)


STEPS = st.lists(st.sampled_from([-3, -1, -1, 0, 1, 1, 1, 3]), min_size=2, max_size=60)
DIRECTION = {"Above UCL": 1, "7 Point Trend (Increasing)": 1, "2 in 3 Above CL": 1, "7 Points Above CL": 1}
KINDS = {1: "special_cause_neutral_high", -1: "special_cause_neutral_low", 0: "common_cause"}


@settings(derandomize=True, max_examples=400)
@given(
    st.one_of(SERIES, STEPS.map(lambda steps: list(accumulate(steps, initial=50)))),
    st.booleans(),
    st.one_of(st.none(), st.integers(1, 62)),
    st.integers(0, 60),
)
def test_any_series_gives_what_the_package_s_own_rules_give(
    values: list[int], screened: bool, fixed: int | None, rebased_at: int
) -> None:
    days = [date(2000 + at // 12, at % 12 + 1, 1) for at in range(len(values))]
    rebase = days[rebased_at : rebased_at + 1]
    chart = xmr(values, dates=days, better="neither", screen_outliers=screened, fix_after_n_points=fixed, rebase=rebase)
    parts = [values[:rebased_at], values[rebased_at:]] if rebase else [values]
    expected = [(part, ptd_spc_standard(part, screened, fixed)) for part in parts if part]
    points = iter(chart.points)
    for part, rows in expected:
        for value, row in zip(part, rows or [None] * len(part), strict=True):
            point = next(points)
            assert point.value == value
            if row is None:
                assert (point.upper, point.signal) == (None, None)
                continue
            theirs = (row.mean, row.lpl, row.upl, row.nlpl, row.nupl)
            assert (point.mean, point.lower, point.upper, point.near_lower, point.near_upper) == pytest.approx(
                theirs, abs=1e-8
            )
            assert point.signal == SIGNALS[row.special_cause_type]
            side = 0 if point.signal is None else DIRECTION.get(row.special_cause_type, -1)
            assert point.kind == KINDS[side]


@settings(derandomize=True)
@given(SERIES)
def test_the_other_direction_swaps_improvement_and_concern(values: list[int]) -> None:
    swapped = {
        "special_cause_improvement": "special_cause_concern",
        "special_cause_concern": "special_cause_improvement",
        "common_cause": "common_cause",
    }
    higher, lower = xmr(values, better="higher").points, xmr(values, better="lower").points
    assert [swapped[point.kind] for point in higher] == [point.kind for point in lower]
