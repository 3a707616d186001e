"""What is judged together: whole steps, fine enough, none of them rolling, none after the period asked for."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from assurance import period, release, series
from assurance.judgement import MIN_N, MIN_POINTS
from assurance.release import Release
from tests.conftest import NORTHMOOR

LATEST = "2026-27"


@pytest.fixture(scope="module")
def opened(northmoor: Path) -> Release:
    return release.open(northmoor)


@pytest.fixture(scope="module")
def sparse(store: Path) -> Release:
    return release.open(store)


def of(shown: Release, slug: str, code: str = LATEST) -> series.Series:
    return series.of(shown, [shown.definitions[slug]], shown.areas[0], code)[slug]


def test_reports_go_by_month_and_their_points_are_the_accepted_rows(opened: Release) -> None:
    found = of(opened, "reports_received")
    assert found.is_monthly
    received = pl.read_csv(NORTHMOOR / "cases.csv", try_parse_dates=True)["received_date"]
    by_month = received.drop_nulls().dt.truncate("1mo").value_counts().sort("received_date")
    assert len(found.steps) == 36
    assert [(each.period_from, each.n) for each in found.steps] == list(by_month.iter_rows())
    assert [point.value for point in found.judged.points] == by_month["count"].to_list()


def test_shares_go_by_quarter_where_a_month_has_too_few(opened: Release) -> None:
    found = of(opened, "advice_sought")
    assert not found.is_monthly
    assert len(found.steps) == MIN_POINTS
    assert all((each.N or 0) >= MIN_N for each in found.steps)
    assert found.judged.has_limits


def test_a_step_that_is_not_whole_is_not_among_them(opened: Release) -> None:
    snapshot = opened.facts(opened.areas[0]).snapshot_on
    for slug in ("reports_received", "advice_sought"):
        steps = of(opened, slug).steps
        assert steps[-1].period_to <= snapshot
        assert steps[0].period_from >= opened.first_month(opened.areas[0])


@pytest.mark.parametrize("code", ["2025-26", "2026-Q1"])
def test_a_series_ends_with_the_period_asked_for(opened: Release, code: str) -> None:
    found = of(opened, "reports_received", code)
    assert found.steps[-1].period_from == period.parse(code)[1]


def test_some_quarter_with_too_few_is_enough_to_judge_none(sparse: Release) -> None:
    found = of(sparse, "advice_sought", "all")
    assert found.judged.variation == "too_few"
    assert not found.judged.has_limits


def test_only_measures_judged_by_a_series_have_one(opened: Release) -> None:
    asked = list(opened.definitions.values())
    found = series.of(opened, asked, opened.areas[0], LATEST)
    assert set(found) == {each.slug for each in asked if each.verdict == "xmr"}


def test_events_are_the_days_on_which_each_happened(opened: Release) -> None:
    definition, area = opened.definitions["joint_advice_not_followed"], opened.areas[0]
    days, until = series.events(opened, definition, area, "all")
    assert days == sorted(days)
    assert days[-1] <= until == opened.facts(area).snapshot_on
    earlier, ends = series.events(opened, definition, area, "2024-25")
    assert earlier == [each for each in days if each <= date(2025, 3, 31)]
    assert ends == date(2025, 3, 31)
