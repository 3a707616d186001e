"""The Wilson interval, against two libraries that have it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest
from statsmodels.stats.proportion import proportion_confint

from assurance.intervals import wilson


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
