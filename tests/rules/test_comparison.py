"""Limits of a funnel are the exact binomial ones, and name an authority just where chance is that small."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from assurance.comparison import TAIL_95, TAIL_998, funnel, limits

COUNTS = st.integers(1, 300).flatmap(lambda N: st.tuples(st.integers(0, N), st.just(N)))
AREAS = st.lists(COUNTS, min_size=1, max_size=14).map(
    lambda counts: [(f"X{at}", n, N) for at, (n, N) in enumerate(counts)]
)


@settings(derandomize=True, deadline=None)
@given(AREAS)
def test_who_lies_beyond_is_who_scipy_finds_as_unlikely(areas: list[tuple[str, int, int]]) -> None:
    found = funnel(areas)
    assert found.centre == sum(n for _, n, _ in areas) / sum(N for *_, N in areas)
    for place in found.places:
        below, above = binom.cdf(place.n, place.N, found.centre), binom.sf(place.n - 1, place.N, found.centre)
        if min(abs(tail - at) for tail in (below, above) for at in (TAIL_95, TAIL_998)) < 1e-9:
            continue  # on the limit to the last digit
        expected = None
        for tail, side in ((above, "above"), (below, "below")):
            if tail < TAIL_95:
                expected = f"{side}_998" if tail < TAIL_998 else f"{side}_95"
        assert place.beyond == expected
        assert place.is_signal == (expected is not None and expected.endswith("998"))


@settings(derandomize=True, deadline=None)
@given(AREAS)
def test_a_place_is_beyond_a_limit_just_where_it_is_drawn_outside(areas: list[tuple[str, int, int]]) -> None:
    for place in funnel(areas).places:
        assert place.share is not None
        assert place.limits is not None
        ends = place.limits
        assert (place.share < ends.low_998 - 1e-12) == (place.beyond == "below_998")
        assert (place.share > ends.high_998 + 1e-12) == (place.beyond == "above_998")
        assert (place.share < ends.low_95 - 1e-12) == (place.beyond in ("below_998", "below_95"))
        assert 0 <= ends.low_998 <= ends.low_95 <= ends.high_95 <= ends.high_998 <= 1


@pytest.mark.parametrize(("centre", "N"), [(0.62, 12), (0.62, 270), (0.5, 40), (0.03, 25), (0.97, 25)])
def test_limits_lie_between_the_whole_cases_scipy_finds(centre: float, N: int) -> None:
    found = limits(centre, N)
    for low, high, tail in ((found.low_95, found.high_95, TAIL_95), (found.low_998, found.high_998, TAIL_998)):
        last_inside = binom.ppf(tail, N, centre)
        assert max(last_inside - 1, 0) / N <= low <= last_inside / N
        first_outside = N - binom.ppf(tail, N, 1 - centre)
        assert first_outside / N <= high <= min(first_outside + 1, N) / N


def test_more_cases_have_narrower_limits_and_both_sides_are_alike() -> None:
    widths = [limits(0.6, N).high_998 - limits(0.6, N).low_998 for N in range(10, 200, 10)]
    assert widths == sorted(widths, reverse=True)
    one, other = limits(0.3, 40), limits(0.7, 40)
    assert one.low_95 == pytest.approx(1 - other.high_95)


@pytest.mark.parametrize(("n", "centre"), [(0, 0), (1, 1)])
def test_where_all_do_or_none_does_nobody_lies_beyond(n: int, centre: int) -> None:
    found = funnel([("A", n * 20, 20), ("B", n * 40, 40)])
    assert found.centre == centre
    assert [place.beyond for place in found.places] == [None, None]


def test_an_authority_without_cases_has_no_place() -> None:
    place = funnel([("A", 0, 0), ("B", 5, 10)]).places[0]
    assert (place.share, place.limits, place.beyond) == (None, None, None)


@pytest.mark.parametrize("areas", [[("A", 3, 2)], [("A", -1, 2)], [("A", 0, 0)], []])
def test_what_cannot_be_is_refused(areas: list[tuple[str, int, int]]) -> None:
    with pytest.raises(ValueError, match="at least one case"):
        funnel(areas)


def test_of_fourteen_that_do_not_differ_few_are_named() -> None:
    """The exact chance that an authority of 40 cases at 60 % is named, and that some one of fourteen is."""
    ends = limits(0.6, 40)
    outside = sum(binom.pmf(n, 40, 0.6) for n in range(41) if not ends.low_998 <= n / 40 <= ends.high_998)
    assert 0 < outside < 2 * TAIL_998
    assert 1 - (1 - outside) ** 14 < 0.03
