"""There are as many rows behind a number as it says, and each leads to its case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from assurance import case_list, case_record, figures, period, release
from assurance.case_list import Asked
from assurance.errors import Refused
from assurance.figures import Figure
from assurance.release import Area, Release
from pipelines import load, publish
from pipelines.judge import Judge
from pipelines.store import Store


@pytest.fixture(scope="module")
def sample(store: Path) -> Release:
    return release.open(store, audience="cases")


@pytest.fixture(scope="module")
def large(northmoor: Path) -> Release:
    return release.open(northmoor, audience="cases")


def differing(rows: Release, area: Area, found: Iterable[Figure]) -> list[tuple[str, str, str, str]]:
    """The figures whose states are not those of the rows behind them."""
    differ = []
    for each in found:
        items = case_list.items(rows, Asked(each.definition, area, each.period, each.breakdown, each.category))
        counted: Counter[str] = Counter()
        for item in items:
            counted[item.state] += item.n
        said = {state: n for state, n in each.states.items() if n and state not in case_list.NO_ITEMS}
        if said != counted:
            differ.append((each.definition.slug, each.period, each.breakdown, each.category))
    return differ


def every_figure(rows: Release, area: Area, codes: Iterable[str]) -> Iterable[Figure]:
    found = figures.steps(rows, list(rows.definitions.values()), area, list(codes))
    return [each for of in found.values() for each in of if each.withheld != "not_supplied"]


def test_every_figure_of_the_sample_has_as_many_rows_as_it_says_in_every_period(sample: Release) -> None:
    for area in sample.areas:
        found = every_figure(sample, area, sample.periods)
        assert sum(sum(each.states.values()) for each in found) > 1000
        assert differing(sample, area, found) == []


@pytest.mark.parametrize("code", [period.ALL, "2025-26", "2026-Q2", "2026-09"])
def test_so_has_every_figure_of_three_years_and_every_category_of_it(large: Release, code: str) -> None:
    (area,) = large.areas
    assert differing(large, area, every_figure(large, area, [code])) == []
    sheets = figures.sheets(large, list(large.definitions.values()), area, code)
    split = [each for sheet in sheets for of in sheet.splits.values() for each in of]
    assert {each.breakdown for each in split} > {"role_group", "police_advice*decision_value"}
    known = [each for each in split if each.definition.kind != "profile"]
    assert differing(large, area, known) == []
    for each in split:  # of a category of a profile only those are its rows that it is known of
        if each.definition.kind == "profile":
            asked = Asked(each.definition, area, code, each.breakdown, each.category)
            assert sum(item.n for item in case_list.items(large, asked)) == each.n


def test_a_state_has_its_own_rows(sample: Release) -> None:
    definition, area = sample.definitions["strategy_discussion_in_time"], sample.areas[0]
    figure = figures.figure(sample, definition, area, period.ALL)
    items = case_list.items(sample, Asked(definition, area, period.ALL, state="met"))
    assert len(items) == figure.n == 11
    assert {each.state for each in items} == {"met"}


def test_every_item_leads_to_its_case_and_one_that_several_share_to_all(sample: Release) -> None:
    area = sample.areas[0]
    for slug in ("joint_advice_not_followed", "actions_done_in_time", "suspension_reviewed_in_time", "children"):
        items = case_list.items(sample, Asked(sample.definitions[slug], area, period.ALL))
        assert items and all(len(each.cases) == 1 for each in items), slug
    owners = case_list._cases_of(sample)
    cases = sample.rows("cases")
    shared = Counter(row["adult_id"] for row in cases)
    adult, n = shared.most_common(1)[0]
    assert len(case_list.cases_of(owners, area.code, adult)) == n
    first = cases[0]["case_id"]
    assert case_list.cases_of(owners, area.code, f"{first}-DBS") == (first,)
    assert case_list.cases_of(owners, area.code, "HEAD-2011-03-31") == ()
    assert case_list.cases_of(owners, "X06000001", first) == ()


def test_a_case_counts_in_what_has_it_among_its_items(sample: Release) -> None:
    area = sample.areas[0]
    joint = Asked(sample.definitions["joint_advice_not_followed"], area, period.ALL)
    record = case_record.of(sample, area, case_list.items(sample, joint)[0].id)
    assert record is not None
    slugs = {each.definition.slug for each in record.counted}
    assert {"joint_advice_not_followed", "police_advice_followed", "reports_received"} <= slugs
    assert any(case_record.does_less(check) for check in record.checks)
    clock = next(each for each in record.clocks if each.counted.definition.slug == "strategy_discussion_in_time")
    assert clock.is_by_working_days and clock.counted.definition.clock is not None
    assert (clock.counted.state == "met") == (clock.elapsed is not None and clock.elapsed <= 1)


def test_what_is_open_at_many_month_ends_is_told_once(large: Release) -> None:
    (area,) = large.areas
    stock = Asked(large.definitions["open_cases"], area, period.ALL)
    oldest = max(case_list.items(large, stock), key=lambda each: each.days or 0)
    record = case_record.of(large, area, oldest.id)
    assert record is not None
    (told,) = [each for each in record.counted if each.definition.slug == "open_cases"]
    assert (told.state, told.last_month) == (oldest.state, large.snapshot_on.replace(day=1))


def test_a_reference_that_an_area_does_not_hold_is_no_case(sample: Release) -> None:
    area = sample.areas[0]
    assert case_record.of(sample, area, "c_0000000000000000") is None
    elsewhere = Area("X06000001", {}, ("X06000001",))
    assert case_record.of(sample, elsewhere, sample.rows("cases")[0]["case_id"]) is None


def test_a_reader_of_counts_is_given_no_row(store: Path) -> None:
    restricted = release.open(store)
    asked = Asked(restricted.definitions["reports_received"], restricted.areas[0], period.ALL)
    for ask in (lambda: case_list.items(restricted, asked), lambda: restricted.items("reports_received")):
        with pytest.raises(Refused):
            ask()


def test_a_case_knows_which_of_its_rows_broke_a_rule(
    extract: Callable[..., Path], tmp_path: Path, judge: Judge
) -> None:
    store = Store(tmp_path / "store")
    changed = extract(meetings=[(0, "chair_role", "NOBODY")])
    assert load.load(store, [changed], judge).accepted
    publish.publish(store, "For the tests")
    rows = release.open(store.path, audience="cases")
    case = (changed / "meetings.csv").read_text().splitlines()[1].split(",")[1]
    record = case_record.of(rows, rows.areas[0], case)
    assert record is not None
    assert {(each["table"], each["on_failure"]) for each in record.findings} >= {("meetings", "quarantine")}
    others = [row["case_id"] for row in rows.rows("cases") if row["case_id"] != case]
    told = [case_record.of(rows, rows.areas[0], other) for other in others[:3]]
    assert all(each and not any(one["table"] == "meetings" for one in each.findings) for each in told)
