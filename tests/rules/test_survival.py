"""Times to an event: by hand, against lifelines, statsmodels and numpy, and by properties that hold for any data."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from math import inf, log

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lifelines import AalenJohansenFitter, KaplanMeierFitter
from lifelines.statistics import logrank_test
from lifelines.utils import median_survival_times
from statsmodels.duration.survfunc import CumIncidenceRight

from assurance.intervals import Z_95
from assurance.survival import Curve, Times, aalen_johansen, kaplan_meier, log_rank, percentile

Row = tuple[int, int, int]
"""A day, how the time ended (0 open, 1 event, 2 competing) and how many."""


def rows(ends: Sequence[int]) -> st.SearchStrategy[list[Row]]:
    row = st.tuples(st.integers(0, 40), st.sampled_from(ends), st.integers(1, 6))
    return st.lists(row, min_size=1, max_size=30)


def km(histogram: Sequence[Row]) -> Curve:
    days, finished, n = zip(*histogram)
    return kaplan_meier(days, [bool(each) for each in finished], n)


def aj(histogram: Sequence[Row]) -> Curve:
    return aalen_johansen(*zip(*histogram))


def times(histogram: Sequence[Row]) -> Times:
    days, finished, n = zip(*histogram)
    return Times(days, [bool(each) for each in finished], n)


def one_each(histogram: Sequence[Row]) -> list[Row]:
    return [(day, end, 1) for day, end, n in histogram for _ in range(n)]


# By hand


def test_a_case_still_open_counts_until_the_day_it_was_last_seen() -> None:
    """Five cases: 1 of 5 decided on day 0, 1 of the 4 left on day 3, one open since day 4, 1 of 2 on day 6."""
    curve = kaplan_meier([0, 3, 4, 6, 9], [True, True, False, True, False])
    assert curve.days == (0, 3, 4, 6, 9)
    assert curve.at_risk == (5, 4, 3, 2, 1)
    assert curve.share == pytest.approx((1 / 5, 2 / 5, 2 / 5, 7 / 10, 7 / 10))


def test_the_greenwood_band_by_hand() -> None:
    """1 of 4, so 3/4 wait; Greenwood 1/(4*3); on the log-log scale the limits are 3/4 to the power exp(+-z se)."""
    curve = kaplan_meier([5, 8], [True, False], [1, 3])
    half = Z_95 * (1 / 12) ** 0.5 / -log(3 / 4)
    assert curve.low == pytest.approx([1 - 0.75 ** np.exp(-half)] * 2)
    assert curve.high == pytest.approx([1 - 0.75 ** np.exp(half)] * 2)


def test_a_case_decided_and_a_case_last_seen_on_the_same_day_were_both_waiting_that_day() -> None:
    assert kaplan_meier([7, 7], [True, False]).share == (0.5,)


def test_leaving_first_is_not_waiting_longer() -> None:
    """Of four, one left on day 1 and one was decided on each of days 2, 3 and 4: three of four, not all."""
    curve = aalen_johansen([1, 2, 3, 4], [2, 1, 1, 1])
    assert curve.share == pytest.approx((0, 1 / 4, 2 / 4, 3 / 4))
    assert kaplan_meier([1, 2, 3, 4], [False, True, True, True]).share[-1] == 1


def test_a_decision_and_a_leaver_on_the_same_day_by_hand() -> None:
    """Ten on day 2: 3 decided and 2 left; of the 5 still there on day 4, 1 decided: 3/10 + 5/10 * 1/5."""
    curve = aalen_johansen([2, 2, 4, 9], [1, 2, 1, 0], [3, 2, 1, 4])
    assert curve.share == pytest.approx((0.3, 0.4, 0.4))
    assert curve.at_risk == (10, 5, 4)


def test_the_log_rank_test_by_hand() -> None:
    """On day 1, 1 event among 2 and 2 waiting: expected 1/2, variance 1/4. On day 2 among 1 and 2: 1/3 and 2/9."""
    found = log_rank(Times([1, 3], [True, False]), Times([2, 3], [True, False]))
    assert found.observed == (1, 1)
    assert found.expected == pytest.approx((5 / 6, 7 / 6))
    assert found.chi2 == pytest.approx((1 / 6) ** 2 / (1 / 4 + 2 / 9))


def test_half_of_a_month_still_open_moves_the_median_later_than_the_closed_ones_alone_say() -> None:
    closed = [(day, 1, 1) for day in range(1, 11)]
    still_open = [(day, 0, 1) for day in range(5, 15)]
    assert km(closed).reached(0.5) == 5
    assert km(closed + still_open).reached(0.5) == 10


def test_a_share_reached_exactly_is_reached() -> None:
    """Four of five, step by step, is 0.7999999999999999 in floating point."""
    curve = kaplan_meier([1, 2, 3, 4, 5], [True] * 5)
    assert curve.share[3] < 0.8
    assert curve.reached(0.8) == 4
    assert kaplan_meier([1, 2], [True, False]).reached(0.5) == 1


# The awkward cases


def test_where_nothing_has_finished_the_share_is_none_and_no_quantile_is_reached() -> None:
    curve = kaplan_meier([3, 5], [False, False])
    assert (curve.share, curve.low, curve.high) == ((0, 0), (0, 0), (0, 0))
    assert (curve.reached(0.01), curve.reached_between(0.5)) == (None, (None, None))


@given(rows([1]))
def test_where_everything_has_finished_the_share_is_exactly_all(histogram: list[Row]) -> None:
    curve = km(histogram)
    assert (curve.share[-1], curve.low[-1], curve.high[-1]) == (1, 1, 1)
    assert curve.reached(1) == max(day for day, _, _ in histogram)


@given(rows([0, 2]))
def test_where_the_event_never_happened_the_share_is_exactly_none(histogram: list[Row]) -> None:
    curve = aj(histogram)
    assert set(curve.share + curve.low + curve.high) == {0}


def test_an_event_on_day_zero_is_a_share_on_day_zero() -> None:
    curve = kaplan_meier([0, 9], [True, False])
    assert (curve.at(0), curve.reached(0.5)) == (0.5, 0)


def test_the_curve_can_be_asked_for_any_day() -> None:
    curve = kaplan_meier([2, 5, 7], [True, True, False])
    assert [curve.at(day) for day in (0, 1, 2, 4, 5, 99)] == pytest.approx([0, 0, 1 / 3, 1 / 3, 2 / 3, 2 / 3])


def test_the_interval_of_the_median_is_where_the_band_crosses_a_half() -> None:
    """The first day the upper edge is there, and the first day the lower edge is: never, where too few are left."""
    curve = kaplan_meier([1, 2, 3, 9], [True, True, True, False], [20, 20, 20, 40])
    assert [round(each, 2) for each in curve.high] == [0.29, 0.50, 0.70, 0.70]
    assert [round(each, 2) for each in curve.low] == [0.13, 0.31, 0.51, 0.51]
    assert (curve.reached(0.5), curve.reached_between(0.5)) == (3, (2, 3))
    assert kaplan_meier([1, 2, 3], [True, True, False]).reached_between(0.5) == (1, None)


def test_a_curve_is_drawn_while_ten_are_at_risk() -> None:
    curve = kaplan_meier(range(1, 13), [True] * 12)
    assert curve.drawn().at_risk == (12, 11, 10)
    assert curve.drawn().share == curve.share[:3]
    assert curve.drawn().reached(0.5) is None
    assert curve.drawn(1) == curve
    assert kaplan_meier([1], [True]).drawn() == Curve((), (), (), (), ())


@pytest.mark.parametrize("n", [[], [0, 0]])
def test_a_curve_of_nothing_is_an_error(n: list[int]) -> None:
    days = list(range(len(n)))
    with pytest.raises(ValueError, match="no cases"):
        kaplan_meier(days, [True] * len(n), n)
    with pytest.raises(ValueError, match="no cases"):
        aalen_johansen(days, [1] * len(n), n)
    with pytest.raises(ValueError, match="no cases"):
        log_rank(Times([1], [True]), Times(days, [True] * len(n), n))


@pytest.mark.parametrize(("days", "ends", "n"), [([-1], [1], [1]), ([1], [3], [1]), ([1], [-1], [1]), ([1], [1], [-1])])
def test_an_impossible_time_is_an_error(days: list[int], ends: list[int], n: list[int]) -> None:
    with pytest.raises(ValueError, match="a day and a count are 0 or more"):
        aalen_johansen(days, ends, n)


@pytest.mark.parametrize(("days", "ends", "n"), [([1, 2], [1], None), ([1], [1, 0], None), ([1, 2], [1, 0], [1])])
def test_lists_of_different_length_are_an_error(days: list[int], ends: list[int], n: list[int] | None) -> None:
    with pytest.raises(ValueError, match="same length"):
        aalen_johansen(days, ends, n)


@pytest.mark.parametrize("share", [0, -0.5, 50, float("nan")])
def test_a_share_is_not_a_percentage(share: float) -> None:
    with pytest.raises(ValueError, match=r"half is 0\.5"):
        kaplan_meier([1], [True]).reached(share)
    with pytest.raises(ValueError, match=r"half is 0\.5"):
        percentile({1: 1}, share)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (Times([1, 3], [False, False]), Times([1, 2], [False, False])),  # nothing happened in either
        (Times([1, 3], [False, False]), Times([9], [True])),  # one group is gone by then
        (Times([4], [True], [6]), Times([4], [True], [3])),  # everything happened at once
    ],
)
def test_groups_that_no_event_could_tell_apart_do_not_differ(a: Times, b: Times) -> None:
    assert (log_rank(a, b).chi2, log_rank(a, b).p) == (0, 1)


# Against lifelines, statsmodels and numpy

unhurried = settings(deadline=None)
"""For the libraries: a fit may take longer than Hypothesis allows one example."""


def fitted(histogram: Sequence[Row]) -> KaplanMeierFitter:
    days, finished, n = zip(*histogram)
    return KaplanMeierFitter().fit(days, finished, weights=n)


def agrees_with_lifelines(histogram: Sequence[Row]) -> None:
    ours, theirs = km(histogram), fitted(histogram)
    of_days = theirs.timeline.searchsorted(ours.days)
    low, high = 1 - theirs.confidence_interval_.to_numpy()[of_days][:, ::-1].T
    assert ours.share == pytest.approx(1 - theirs.survival_function_.to_numpy()[of_days, 0], abs=1e-8)
    assert ours.low == pytest.approx(low, abs=1e-8)
    assert ours.high == pytest.approx(high, abs=1e-8)
    assert ours.at_risk == tuple(theirs.event_table.at_risk.loc[list(ours.days)])


@unhurried
@given(rows([0, 1]))
def test_kaplan_meier_and_its_band_agree_with_lifelines(histogram: list[Row]) -> None:
    agrees_with_lifelines(histogram)


def months_of_cases(cases: int, seed: int, ends: Sequence[int] = (0, 1, 1, 1)) -> list[Row]:
    draw = random.Random(seed)
    return [(int(draw.expovariate(1 / 60)), draw.choice(ends), 1) for _ in range(cases)]


@pytest.mark.parametrize("cases", [12, 45, 200, 3000])
def test_kaplan_meier_and_its_band_agree_with_lifelines_on_as_many_cases_as_a_board_has(cases: int) -> None:
    agrees_with_lifelines(months_of_cases(cases, seed=cases))


def exactly_a_half(values: Sequence[float]) -> bool:
    """lifelines compares without a tolerance, so at a half exactly its answer is that of its rounding."""
    return any(abs(each - 0.5) < 1e-9 for each in values)


@unhurried
@given(rows([0, 1]))
def test_the_median_and_its_interval_agree_with_lifelines(histogram: list[Row]) -> None:
    ours, theirs = km(histogram), fitted(histogram)
    assume(not exactly_a_half(ours.share + ours.low + ours.high))
    found = (ours.reached(0.5), *ours.reached_between(0.5))
    interval = median_survival_times(theirs.confidence_interval_).to_numpy()[0]
    assert tuple(inf if each is None else each for each in found) == (theirs.median_survival_time_, *interval)


@unhurried
@given(rows([0, 1]), rows([0, 1]))
def test_the_log_rank_test_agrees_with_lifelines(a: list[Row], b: list[Row]) -> None:
    (days_a, ends_a, _), (days_b, ends_b, _) = zip(*one_each(a)), zip(*one_each(b))
    theirs = logrank_test(days_a, days_b, ends_a, ends_b)
    ours = log_rank(times(a), times(b))
    assert ours.chi2 == pytest.approx(theirs.test_statistic, abs=1e-8)
    assert ours.p == pytest.approx(theirs.p_value, abs=1e-8)


@unhurried
@given(rows([0, 1, 2]))
def test_the_cumulative_incidence_agrees_with_statsmodels_on_ties(histogram: list[Row]) -> None:
    days, ends, n = (np.array(each) for each in zip(*histogram))
    assume(1 in ends)
    theirs = CumIncidenceRight(days, ends, freq_weights=n)
    ours = aj(histogram)
    assert [ours.at(day) for day in theirs.times] == pytest.approx(theirs.cinc[0], abs=1e-8)


def complementary_log_log(share: np.ndarray, variance: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """etm's ``cloglog`` interval, written as in its documentation."""
    width = Z_95 * np.sqrt(variance) / ((1 - share) * np.log(1 - share))
    return 1 - (1 - share) ** np.exp(width), 1 - (1 - share) ** np.exp(-width)


@pytest.mark.parametrize("cases", [12, 45, 200, 1000])
def test_the_band_of_the_cumulative_incidence_has_the_variance_of_statsmodels_on_ties(cases: int) -> None:
    """One case stays open to the end: statsmodels divides by those left after the last day."""
    days, ends, _ = (np.array(each) for each in zip(*months_of_cases(cases, cases, (0, 1, 1, 2)), (10_000, 0, 1)))
    theirs, ours = CumIncidenceRight(days, ends), aalen_johansen(list(days), list(ends))
    happened = theirs.cinc[0] > 0
    low, high = complementary_log_log(theirs.cinc[0][happened], theirs.cinc_se[0][happened] ** 2)
    kept = np.array(ours.share) > 0
    assert np.array(ours.days)[kept].tolist() == theirs.times[happened].tolist()
    assert np.array(ours.low)[kept] == pytest.approx(low, abs=1e-8)
    assert np.array(ours.high)[kept] == pytest.approx(high, abs=1e-8)


@pytest.mark.parametrize("cases", [12, 45, 200])
def test_the_cumulative_incidence_and_its_variance_agree_with_lifelines_where_no_two_end_on_the_same_day(
    cases: int,
) -> None:
    draw = random.Random(cases)
    days, ends = draw.sample(range(1, 900), cases), draw.choices([0, 1, 1, 2], k=cases)
    theirs, ours = AalenJohansenFitter().fit(days, ends, event_of_interest=1), aalen_johansen(days, ends)
    share, variance = theirs.cumulative_density_.iloc[1:, 0].to_numpy(), theirs.variance_.iloc[1:].to_numpy()
    assert ours.share == pytest.approx(share, abs=1e-8)
    happened = share > 0
    low, high = complementary_log_log(share[happened], variance[happened])
    assert np.array(ours.low)[happened] == pytest.approx(low, abs=1e-8)
    assert np.array(ours.high)[happened] == pytest.approx(high, abs=1e-8)


@given(st.lists(st.integers(0, 400), min_size=1), st.sampled_from([0.1, 0.25, 0.5, 0.75, 0.8, 0.9, 1.0]))
def test_a_percentile_agrees_with_numpy(days: list[int], share: float) -> None:
    assert percentile(Counter(days), share) == np.percentile(days, 100 * share, method="inverted_cdf")


@given(st.dictionaries(st.integers(0, 400), st.integers(1, 50), min_size=1), st.integers(1, 100))
def test_a_percentile_is_the_first_day_by_which_that_many_in_a_hundred_are_in(
    histogram: dict[int, int], percent: int
) -> None:
    """In whole numbers, where 7 % of 100 is 7 and not 7.000000000000001."""
    enough = [
        day
        for day in histogram
        if 100 * sum(n for other, n in histogram.items() if other <= day) >= percent * sum(histogram.values())
    ]
    assert percentile(histogram, percent / 100) == min(enough)


@pytest.mark.parametrize("histogram", [{}, {4: 0}])
def test_a_percentile_of_nothing_is_an_error(histogram: dict[int, int]) -> None:
    with pytest.raises(ValueError, match="no items"):
        percentile(histogram, 0.5)


# What holds for any data


@given(rows([0, 1, 2]), st.randoms())
def test_the_order_of_the_cases_does_not_matter(histogram: list[Row], draw: random.Random) -> None:
    shuffled = draw.sample(histogram, len(histogram))
    assert aj(shuffled) == aj(histogram)


@given(rows([0, 1, 2]))
def test_n_cases_are_the_same_as_that_many_rows(histogram: list[Row]) -> None:
    days, ends, _ = zip(*one_each(histogram))
    assert aalen_johansen(days, ends) == aj(histogram)


@given(rows([0, 1, 2]), rows([0, 1, 2]))
def test_merged_histograms_are_the_cases_of_both(a: list[Row], b: list[Row]) -> None:
    merged: Counter[tuple[int, int]] = Counter()
    for day, end, n in a + b:
        merged[day, end] += n
    assert aj([(day, end, n) for (day, end), n in merged.items()]) == aj(a + b)


@given(rows([0, 1, 2]))
def test_a_share_never_falls_and_lies_in_its_band_within_none_and_all(histogram: list[Row]) -> None:
    curve = aj(histogram)
    assert list(curve.share) == sorted(curve.share)
    for low, share, high in zip(curve.low, curve.share, curve.high):
        assert 0 <= low <= share <= high <= 1


@given(rows([0, 1]), st.integers(0, 60))
def test_one_more_open_case_never_brings_the_median_forward(histogram: list[Row], day: int) -> None:
    before, after = km(histogram).reached(0.5), km([*histogram, (day, 0, 1)]).reached(0.5)
    assert after is None or (before is not None and after >= before)


@given(rows([0, 1]))
def test_without_leavers_the_cumulative_incidence_is_kaplan_meier(histogram: list[Row]) -> None:
    assert aj(histogram) == km(histogram)


@given(rows([0, 1, 2]))
def test_the_shares_are_those_of_whole_number_arithmetic(histogram: list[Row]) -> None:
    waiting, event = Fraction(1), Fraction(0)
    curve = aj(histogram)
    for day, at_risk, share in zip(curve.days, curve.at_risk, curve.share):
        ended = [sum(n for other, end, n in histogram if (other, end) == (day, kind)) for kind in (1, 2)]
        event += waiting * Fraction(ended[0], at_risk)
        waiting *= 1 - Fraction(sum(ended), at_risk)
        assert share == pytest.approx(float(event), abs=1e-13)


@given(rows([0, 1, 2]))
def test_decided_and_left_and_still_waiting_are_everyone(histogram: list[Row]) -> None:
    decided = aj(histogram).share
    left = aj([(day, {1: 2, 2: 1}.get(end, 0), n) for day, end, n in histogram]).share
    waiting = km(histogram).share
    assert [a + b for a, b in zip(decided, left)] == pytest.approx(waiting, abs=1e-12)


@given(rows([0, 1]), rows([0, 1]))
def test_the_log_rank_test_does_not_care_which_group_comes_first(a: list[Row], b: list[Row]) -> None:
    there, back = log_rank(times(a), times(b)), log_rank(times(b), times(a))
    assert (back.chi2, back.p) == pytest.approx((there.chi2, there.p), abs=1e-9)
    assert back.observed == there.observed[::-1]
    assert sum(there.expected) == pytest.approx(sum(there.observed))


@given(rows([1]))
def test_a_group_does_not_differ_from_itself(histogram: list[Row]) -> None:
    found = log_rank(times(histogram), times(histogram))
    assert found.chi2 == pytest.approx(0, abs=1e-12)
    assert found.p == pytest.approx(1, abs=1e-5)
