"""Rare events are charted by the time between them, and say nothing before there are twenty."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import accumulate
from random import Random

import numpy as np
import pytest
from scipy import stats

from assurance.rare_events import MIN_EVENTS, TAIL, g_chart, t_chart

FIRST = date(2020, 1, 1)


def days_apart(*gaps: int) -> list[date]:
    return [FIRST + timedelta(days=total) for total in accumulate(gaps, initial=0)]


ORDINARY = [7, 30, 12, 55, 3, 21, 40, 9, 16, 28, 60, 5, 33, 14, 24, 11, 48, 19, 2]


def test_the_days_between_events_are_the_points() -> None:
    chart = t_chart(days_apart(3, 0, 10))
    assert [(gap.length, gap.ended_on) for gap in chart.gaps] == [
        (3, date(2020, 1, 4)),
        (0, date(2020, 1, 4)),
        (10, date(2020, 1, 14)),
    ]


def test_nineteen_events_have_no_limits_and_twenty_have() -> None:
    assert len(days_apart(*ORDINARY)) == MIN_EVENTS
    few, enough = t_chart(days_apart(*ORDINARY[:-1])), t_chart(days_apart(*ORDINARY))
    assert (few.note, {gap.upper for gap in few.gaps}) == ("too_few_events", {None})
    assert enough.note is None and all(gap.upper for gap in enough.gaps)


def test_the_limits_are_those_of_the_transformed_times() -> None:
    values = (np.array(ORDINARY) + 0.5) ** (1 / 3.6)
    spread = np.abs(np.diff(values))
    kept = spread[spread < 3.267 * spread.mean()].mean()
    expected = [max(edge, 0) ** 3.6 - 0.5 for edge in (values.mean(), values.mean() + 2.66 * kept)]
    gap = t_chart(days_apart(*ORDINARY)).gaps[0]
    assert [gap.centre, gap.upper] == pytest.approx(expected)
    assert gap.lower is not None and gap.lower >= 0


def test_a_very_long_gap_is_an_improvement_and_one_still_open_is_said_not_counted() -> None:
    long = t_chart(days_apart(*ORDINARY, 900))
    assert (long.gaps[-1].signal, long.gaps[-1].kind) == ("outside_limits", "special_cause_improvement")
    dates = days_apart(*ORDINARY)
    waiting = t_chart(dates, until=dates[-1] + timedelta(days=900))
    assert (waiting.open, waiting.open_is_longer) == (900, True)
    assert waiting.gaps == t_chart(dates).gaps
    assert not t_chart(dates, until=dates[-1] + timedelta(days=10)).open_is_longer


def test_seven_gaps_on_one_side_are_a_run() -> None:
    chart = t_chart(days_apart(*ORDINARY, *[1] * 7))
    assert [gap.signal for gap in chart.gaps[-7:]] == ["run"] * 7
    assert {gap.kind for gap in chart.gaps[-7:]} == {"special_cause_concern"}


def test_ordinary_times_are_seldom_called_special() -> None:
    """Outside a limit by chance: some 0.3 % of exponential times, which the transformation makes nearly normal."""
    random = Random(1)
    found = 0
    for _ in range(40):
        chart = t_chart(days_apart(*[round(random.expovariate(1 / 50)) for _ in range(100)]))
        found += sum(gap.signal == "outside_limits" for gap in chart.gaps)
    assert found < 40


@pytest.mark.parametrize("mean", [0.5, 3.0, 40.0])
def test_the_limits_of_cases_between_are_geometric(mean: float) -> None:
    counts = [0, round(2 * mean)] * 15
    gap = g_chart(counts).gaps[0]
    chance = 1 / (sum(counts) / len(counts) + 1)
    expected = [stats.geom.ppf(share, chance) - 1 for share in (TAIL, 0.5, 1 - TAIL)]
    assert [gap.lower, gap.centre, gap.upper] == expected


def test_many_cases_without_an_event_are_an_improvement() -> None:
    chart = g_chart([*[3, 9, 5, 14, 2] * 5, 200], still_open=300)
    assert (chart.gaps[-1].signal, chart.gaps[-1].kind) == ("outside_limits", "special_cause_improvement")
    assert (chart.open, chart.open_is_longer) == (300, True)
    assert g_chart([5] * 18).note == "too_few_events"


def test_what_cannot_be_is_told() -> None:
    with pytest.raises(ValueError, match="fall back"):
        t_chart([date(2020, 1, 2), date(2020, 1, 1)])
    with pytest.raises(ValueError, match="after the last day"):
        t_chart([date(2020, 1, 2)], until=date(2020, 1, 1))
    with pytest.raises(ValueError, match="negative"):
        g_chart([1, -1])


def test_nothing_has_happened() -> None:
    assert t_chart([], until=FIRST).gaps == ()
    assert t_chart([FIRST], until=FIRST + timedelta(days=9)).open == 9
    assert g_chart([]).note == "too_few_events"
