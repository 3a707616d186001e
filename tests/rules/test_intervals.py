"""The intervals, against libraries that have them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, chi2, norm
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.rates import confint_poisson

from assurance.intervals import poisson, wilson


@given(N=st.integers(1, 5000), data=st.data())
def test_wilson_agrees_with_scipy_and_statsmodels(N: int, data: st.DataObject) -> None:
    n = data.draw(st.integers(0, N))
    ours = wilson(n, N)
    scipy = binomtest(n, N).proportion_ci(0.95, "wilson")
    assert ours == pytest.approx((scipy.low, scipy.high), abs=1e-12)
    assert ours == pytest.approx(proportion_confint(n, N, method="wilson"), abs=1e-12)


def test_the_published_denominators_are_as_unsure_as_they_are() -> None:
    """3 of 14 is 8 to 48 %, 6 of 14 is 21 to 67 % (domain.md 0.7)."""
    assert [round(100 * each) for each in wilson(3, 14)] == [8, 48]
    assert [round(100 * each) for each in wilson(6, 14)] == [21, 67]


@pytest.mark.parametrize(("n", "N"), [(0, 0), (-1, 3), (4, 3)])
def test_an_impossible_share_is_an_error(n: int, N: int) -> None:
    with pytest.raises(ValueError, match="n is 0 to N"):
        wilson(n, N)


def exact(n: int) -> tuple[float, float]:
    return (chi2.ppf(0.025, 2 * n) / 2 if n else 0.0, chi2.ppf(0.975, 2 * n + 2) / 2)


@pytest.mark.parametrize("n", range(10))
def test_a_count_under_ten_has_the_exact_poisson_interval(n: int) -> None:
    assert poisson(n) == pytest.approx(exact(n), abs=1e-8)
    assert poisson(n) == pytest.approx(confint_poisson(n, 1, method="exact-c"), abs=1e-8)


@given(n=st.integers(10, 100_000))
def test_a_count_from_ten_has_byars_interval_within_a_fifth_of_a_percent_of_the_exact_one(n: int) -> None:
    z = norm.ppf(0.975)
    low = n * (1 - 1 / (9 * n) - z / (3 * n**0.5)) ** 3
    high = (n + 1) * (1 - 1 / (9 * (n + 1)) + z / (3 * (n + 1) ** 0.5)) ** 3
    assert poisson(n) == pytest.approx((low, high), rel=1e-10)
    assert poisson(n) == pytest.approx(exact(n), rel=0.002)


def test_no_events_in_a_year_is_compatible_with_more_than_three_a_year() -> None:
    """The upper limit is -ln 0.025, the mean at which none is seen one year in forty."""
    assert poisson(0) == pytest.approx((0, 3.6888794541139363), abs=1e-12)


@given(n=st.integers(0, 200), exposure=st.floats(0.001, 1e6))
def test_a_rate_is_its_count_over_its_exposure(n: int, exposure: float) -> None:
    low, high = poisson(n)
    assert poisson(n, exposure) == pytest.approx((low / exposure, high / exposure), rel=1e-12)
    assert low <= n < high


@given(n=st.integers(0, 200))
def test_one_event_more_moves_the_whole_interval_up(n: int) -> None:
    (low, high), (next_low, next_high) = poisson(n), poisson(n + 1)
    assert low < next_low
    assert high < next_high


@pytest.mark.parametrize(("n", "exposure"), [(-1, 1.0), (3, 0.0), (3, -2.0), (3, float("nan"))])
def test_an_impossible_rate_is_an_error(n: int, exposure: float) -> None:
    with pytest.raises(ValueError, match="n is at least 0"):
        poisson(n, exposure)
