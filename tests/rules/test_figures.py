"""A figure is what its counts say: open things are in it, few are not judged, and sums are exact."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from assurance import figures, release
from assurance.breakdown import Breakdown
from assurance.figures import Figure
from assurance.indicator import Definition
from assurance.release import Area, AreaFacts
from assurance.warehouse import Warehouse
from pipelines.build import REFERENCE, definitions, reference
from pipelines.measure import counts_of
from tests.conftest import ROOT

ONE, OTHER = "X06000001", "X06000101"
SNAPSHOT = date(2026, 9, 30)
DEFINITIONS = definitions()


@dataclass
class Counted:
    """Stands for a release of one indicator's counts: what :mod:`assurance.figures` asks of one, over its own reads."""

    warehouse: Warehouse
    missing: frozenset[str] = frozenset()
    periods: tuple[str, ...] = ("all", "2026-27", "2025-26", "2026-Q3", "2026-Q2", "2026-09", "2026-08")
    snapshot_on: date = SNAPSHOT

    def read(self, name: str, **parameters: Any) -> list[dict[str, Any]]:
        sql = (ROOT / "assurance" / "reads" / f"{name}.sql").read_text()
        rows: list[dict[str, Any]] = self.warehouse.run(sql, parameters, name=name).to_pylist()
        return rows

    def under(self, definition: Definition, _: Area) -> Definition:
        return definition.under(None)

    def facts(self, _: Area) -> AreaFacts:
        return AreaFacts(SNAPSHOT, 0, 0, self.missing, {})

    def breakdown(self, name: str) -> Breakdown:
        texts = {"en": name, "cy": name}
        return Breakdown(texts, texts, {code: texts for code in ("HEAD", "TEACHER", "Y", "N", "UNK")})


def counted(definition: Definition, items: Iterable[dict[str, Any]], **about: Any) -> Counted:
    warehouse = Warehouse()
    for name, table in reference().items():
        warehouse.register(f"reference.{name}", table)
    snapshots = pl.DataFrame({"area_code": [ONE, OTHER], "snapshot_on": [SNAPSHOT] * 2})
    warehouse.register("marts.snapshots", snapshots.to_arrow())
    rows = [{"item_id": str(at), "area_code": ONE, **dict.fromkeys(definition.breakdowns), **item}
            for at, item in enumerate(items)]  # fmt: skip
    frame = pl.DataFrame(rows, infer_schema_length=None)
    counts = counts_of(warehouse, definition, frame)
    both = [counts.filter(area=ONE).with_columns(scope=pl.lit("one")), counts.with_columns(scope=pl.lit("both"))]
    warehouse.register("restricted.added_up", pl.concat(both).to_arrow())
    return Counted(warehouse, **about)


def here(code: str) -> Area:
    return Area(code, {"en": "Here", "cy": "Yma"}, (ONE,) if code == "one" else (ONE, OTHER))


def figure(definition: Definition, items: Iterable[dict[str, Any]], code: str = "all", area: str = "one") -> Figure:
    opened: Any = counted(definition, items)
    return figures.figure(opened, definition, here(area), code)


def decided(day: date, after: int | None) -> dict[str, Any]:
    return {"started_on": day, "stopped_on": None if after is None else day + timedelta(days=after)}


# Durations


@pytest.fixture
def ttd() -> Definition:
    return DEFINITIONS["time_to_decision"]


SEPTEMBER = [decided(date(2026, 9, 1), days) for days in (1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6)]


def test_the_median_of_what_has_ended_is_the_middle_day(ttd: Definition) -> None:
    found = figure(ttd, SEPTEMBER, "2026-09")
    assert (found.n, found.N, found.value, found.unit) == (12, 12, 3, "days")


def test_with_half_of_the_months_cases_still_open_the_median_rises_not_falls(ttd: Definition) -> None:
    """The quick half decided, the slow half open: of the closed alone the median is 2; of all it is 3, or later."""
    quick = [*SEPTEMBER[:6], *[decided(date(2026, 9, 1), None) for _ in range(6)]]
    found = figure(ttd, quick, "2026-09")
    closed = sorted((item["stopped_on"] - item["started_on"]).days for item in quick if item["stopped_on"])
    assert closed[len(closed) // 2] == 2
    assert (found.n, found.N, found.value) == (6, 12, 3)
    slower = figure(ttd, [*SEPTEMBER[:5], *[decided(date(2026, 9, 1), None) for _ in range(7)]], "2026-09")
    assert (slower.value, slower.withheld) == (None, "not_reached")


def test_those_who_left_can_no_longer_be_decided(ttd: Definition) -> None:
    left = [{**decided(date(2026, 9, 1), None), "left_on": date(2026, 9, 2)} for _ in range(12)]
    found = figure(ttd, [*SEPTEMBER, *left], "2026-09")
    assert (found.states["left"], found.value) == (12, 6)
    curve = figures.curve(found)
    assert curve is not None and curve.share[-1] == pytest.approx(0.5)


# Few


@pytest.mark.parametrize("slug", [each.slug for each in DEFINITIONS.values()])
def test_nine_are_never_a_percentage_a_rate_or_a_median(slug: str) -> None:
    definition = DEFINITIONS[slug]
    day = date(2025, 5, 6)
    dates = ("started_on", "counted_on", "occurred_on", "opened_on")
    item = {**{name: day for name in dates}, "stopped_on": day, "due_on": day, "is_met": True}
    items = [{**item, **dict.fromkeys((c for b in definition.breakdowns for c in b.split("*")), "HEAD")}] * 9
    opened: Any = counted(definition, items)
    sheet = figures.sheets(opened, [definition], here("one"), "2025-26")[0]
    shown = [sheet.whole, *sheet.steps, *[each for split in sheet.splits.values() for each in split]]
    assert max(each.n or 0 for each in shown) >= 1 or definition.is_as_at
    for each in shown:
        assert each.low is None and each.high is None
        assert each.value is None or each.value == each.n
        assert each.unit != "percent" or each.withheld == "too_few"


# Stocks


def test_a_stock_is_what_stood_at_the_periods_last_month_end() -> None:
    definition = DEFINITIONS["open_cases"]
    items = [
        {"opened_on": date(2026, 7, 1), "closed_on": date(2026, 8, 15)},
        {"opened_on": date(2026, 7, 20), "closed_on": None},
        {"opened_on": date(2025, 8, 1), "closed_on": None},
        {"opened_on": date(2026, 9, 1), "closed_on": None},
    ]
    assert [figure(definition, items, code).N for code in ("2026-08", "2026-09", "2026-Q3", "2026-27", "all")] == [
        2, 3, 3, 3, 3,
    ]  # fmt: skip
    assert figure(definition, items, "2026-09").states["over_12_months"] == 1
    assert figure(definition, items, "2025-26").N == 1  # its last month is March


def test_a_share_of_how_things_stand_is_that_of_the_periods_last_month() -> None:
    definition = DEFINITIONS["training_in_date"]
    items = [
        {"counted_on": date(2026, month, 1), "is_met": is_met, "n": n}
        for month, by_answer in ((7, (30, 10)), (8, (35, 5)), (9, (38, 2)))
        for is_met, n in zip((True, False), by_answer, strict=True)
    ]
    found = [figure(definition, items, code) for code in ("2026-08", "2026-Q3", "2026-27", "all", "2025-26")]
    assert [(each.n, each.N) for each in found] == [(35, 40), (38, 40), (38, 40), (38, 40), (0, 0)]


# Rates


def test_a_rate_is_a_year_s_whatever_the_period() -> None:
    definition = DEFINITIONS["reports_per_pupils"]
    months = [date(2025 + (month + 3) // 12, (month + 3) % 12 + 1, 1) for month in range(18)]
    items = [{"counted_on": day} for day in months for _ in range(10)]
    year, quarter = figure(definition, items, "2025-26"), figure(definition, items, "2026-Q3")
    assert (year.n, quarter.n) == (120, 30)
    assert year.value == quarter.value == pytest.approx(1000 * 120 / 16400, abs=1e-6)
    assert year.low is not None and quarter.low is not None and quarter.low < year.low


def test_without_a_population_there_is_no_rate() -> None:
    items = [{"counted_on": date(2022, 9, 1)} for _ in range(12)]  # the population is known from 2023
    found = figure(DEFINITIONS["reports_per_pupils"], items)
    assert (found.n, found.value, found.withheld) == (12, None, "no_base")


# Adding up


def test_areas_and_months_add_up(ttd: Definition) -> None:
    there = [{**decided(date(2026, 8, 3), days), "area_code": OTHER} for days in range(10)]
    both = figure(ttd, [*SEPTEMBER, *there], "2026-Q3", "both")
    one = figure(ttd, [*SEPTEMBER, *there], "2026-09", "one")
    assert (both.N, one.N) == (22, 12)
    alone = figure(ttd, [*SEPTEMBER, *[{**item, "area_code": ONE} for item in there]], "2026-Q3")
    assert replace(alone, area=both.area) == both


def test_every_breakdown_has_its_words() -> None:
    declared = tomllib.loads((REFERENCE / "breakdowns.toml").read_text())
    lists = tomllib.loads((REFERENCE / "codes.toml").read_text())
    used = {name for each in DEFINITIONS.values() for both in each.breakdowns for name in both.split("*")}
    assert set(declared) == used
    assert all(each.get("list") in lists or each.get("codes") for each in declared.values())
    assert all(each[text].keys() == {"en", "cy"} for each in declared.values() for text in ("by", "header"))


def test_a_two_way_breakdown_crosses_both(store: Path) -> None:
    opened = release.open(store)
    advice, decision = (opened.breakdown(name).labels for name in ("police_advice", "decision_value"))
    crossed = opened.breakdown("police_advice*decision_value").labels
    assert list(crossed) == [f"{row}*{column}" for row in advice for column in decision]
    assert crossed["SUSPEND*NONE"]["cy"] == f"{advice['SUSPEND']['cy']}, {decision['NONE']['cy']}"
