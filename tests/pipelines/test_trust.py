"""Three months of one authority, published in turn: the service that fell silent in the last is told, and nothing looks
better for it; what vanished is kept as it last stood."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from assurance import by_case, figures, judgement, release, series, trust
from assurance.errors import Refused
from assurance.figures import Figure
from assurance.judgement import Judgement
from assurance.release import Release
from pipelines import __main__ as command
from pipelines import difference, history, load
from pipelines.judge import Judge
from pipelines.store import Store
from tests.conftest import NORTHMOOR

CODES = ("2026-27", "2026-Q3", "all")


@pytest.fixture(scope="module")
def august(months: Path) -> Release:
    return release.open(months, 2)


@pytest.fixture(scope="module")
def september(months: Path) -> Release:
    return release.open(months)


def glance(opened: Release, code: str) -> dict[str, tuple[Figure, Judgement]]:
    area = opened.areas[0]
    over_time = series.of(opened, opened.at_a_glance, area, code)
    found = {}
    for each in opened.at_a_glance:
        figure = figures.figure(opened, each, area, code)
        before = figures.year_before(opened, area, figure) if each.verdict == "log_rank" else None
        judged = over_time[each.slug].judged if each.slug in over_time else None
        found[each.slug] = figure, judgement.judge(figure, judged, before)
    return found


def test_who_fell_silent_is_known_with_the_day_of_what_it_last_sent(august: Release, september: Release) -> None:
    for opened, state, last in ((august, "sent", date(2026, 8, 31)), (september, "silent", date(2026, 8, 31))):
        services = {each.service: each for each in trust.of(opened, opened.areas[0], "all").services}
        assert (services["HR"].state, services["HR"].last_on) == (state, last)
        assert {services[each].state for each in ("SS", "EDU", "POLICE")} == {"sent"}


@pytest.mark.parametrize("code", CODES)
def test_the_figures_that_need_it_are_withheld_and_no_other_is(september: Release, code: str) -> None:
    area = september.areas[0]
    doubted = {each.definition.slug for each in trust.doubted(september, area, code)}
    needing = {each.slug for each in september.definitions.values() if "HR" in each.needs_services}
    assert doubted == needing
    assert len(needing) > 10


def test_what_was_known_before_the_silence_stays(august: Release, september: Release) -> None:
    area, code = september.areas[0], "2026-Q2"
    assert trust.doubted(september, area, code) == []
    for slug, definition in september.definitions.items():
        now, then = (figures.figure(each, definition, area, code) for each in (september, august))
        assert (now.withheld, now.value is None) == (then.withheld, then.value is None), slug


@pytest.mark.parametrize("code", CODES)
def test_at_a_glance_does_not_look_better_for_it(august: Release, september: Release, code: str) -> None:
    better = {"improving", "will_meet", "meets_target", "none_found", "no_change"}
    before, after = glance(august, code), glance(september, code)
    touched = [slug for slug, (figure, _) in after.items() if "HR" in figure.definition.needs_services]
    assert {"joint_advice_not_followed", "left_before_risk_assessed", "time_to_decision"} <= set(touched)
    for slug in touched:
        figure, judged = after[slug]
        assert figure.value is None and figure.withheld == "service_missing"
        assert judged.variation == "withheld" and judged.assurance not in better
        assert judged.is_worth_asking  # it stands among what needs attention, where it may not have stood before
        assert (figure.n or 0) >= (before[slug][0].n or 0)  # and nothing known of is dropped


def test_the_command_line_says_so_of_every_figure_it_touches(
    months: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SAFEGUARDING_STORE", str(months))
    assert command.main(["figures", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    touched = [each for each in shown if each["withheld"] == "service_missing"]
    assert {each["period"] for each in touched} == {"all", "2026-27", "2026-Q3", "2026-09"}
    assert all(each["value"] is None and each["verdict"] in (None, "explain_each") for each in touched)
    assert {each["indicator"] for each in touched} >= {"K6", "K20", "TTD", "K9c"}


def test_its_last_list_stands_and_those_of_the_others_are_this_months(months: Path, september: Release) -> None:
    rows = pl.DataFrame(release.open(months, audience="cases").rows("service_lists"))
    counts = {code: rows.filter(service=code).height for code in ("SS", "EDU", "POLICE", "HR")}
    assert counts == {"SS": 302, "EDU": 214, "POLICE": 211, "HR": 133}
    totals = {each.period_to for each in trust.of(september, september.areas[0], "all").totals if each.service == "HR"}
    assert max(totals) == date(2026, 8, 31)


def test_the_lists_of_who_is_silent_are_not_among_those_that_disagree(august: Release, september: Release) -> None:
    found = trust.of(september, september.areas[0], "2026-09")
    assert {each.service for each in found.agreements} == {"SS", "EDU", "HR", "POLICE"}
    human_resources = next(each for each in found.agreements if each.service == "HR")
    assert human_resources.both == 0  # of a month it has not seen
    assert 0 < found.disagree < found.listed


def test_a_case_that_vanished_is_counted_and_kept_as_it_last_stood(months: Path) -> None:
    for number, expected in ((1, []), (2, [("OPEN", 1)]), (3, [("OPEN", 1)])):
        opened = release.open(months, number)
        gone = trust.of(opened, opened.areas[0], "all").gone
        assert [(each.status, each.n) for each in gone] == expected
    assert (gone[0].last_seen_on, gone[0].gone_by) == (date(2026, 7, 31), date(2026, 8, 31))
    folder = months / "releases" / release.publications(months)[-1].release
    (row,) = pl.read_parquet(folder / "cases" / "withdrawn.parquet").to_dicts()
    july = {each["case_id"]: each for each in release.open(months, 1, "cases").rows("cases")}
    assert {key: row[key] for key in july[row["case_id"]]} == july[row["case_id"]]


def test_rows_read_accepted_and_in_quarantine_add_up(september: Release) -> None:
    arrived = trust.of(september, september.areas[0], "all").arrived
    assert {each.table for each in arrived} >= {"cases", "service_lists"}
    assert all(each.read == each.accepted + each.quarantined for each in arrived)
    assert sum(each.read for each in arrived) == sum(
        len((NORTHMOOR / f"{each.table}.csv").read_text().splitlines()) - 1 for each in arrived
    )


def test_how_much_is_filled_is_what_the_files_say(september: Release) -> None:
    filled = {(each.table, each.column): each for each in trust.of(september, september.areas[0], "all").filled}
    header, *rows = ((NORTHMOOR / "children.csv").read_text()).splitlines()
    at = header.split(",").index("looked_after")
    known = sum(row.split(",")[at] not in ("", "U", "UNK") for row in rows)
    found = filled["children", "looked_after"]
    assert (found.known, found.expected) == (known, len(rows))
    assert found.known < found.expected
    assert filled["children", ""].expected % len(rows) == 0
    assert ("children", "child_id") not in filled and ("children", "case_id") not in filled


# Case by case


def test_case_by_case_what_came_vanished_and_reads_otherwise_is_named(months: Path) -> None:
    opened = [release.open(months, number, "cases") for number in (1, 2, 3)]
    first, second = by_case.of(*opened[:2]), by_case.of(*opened[1:])
    assert [(len(each.came), len(each.vanished)) for each in (first, second)] == [(3, 1), (11, 0)]
    reopened = [each for each in first.changes if each.column == "status" and each.now == "REOPENED"]
    assert [each.then for each in reopened] == ["CLOSED"]
    (corrected,) = [each for each in second.changes if each.column == "received_on" and each.table == "cases"]
    assert (corrected.now or "") < (corrected.then or "")
    gone = {case for _, case in first.vanished}
    assert not gone.intersection(each.case for each in first.changes)
    assert by_case.of(opened[1], opened[1]) == by_case.Difference((), (), ())


def test_rows_are_refused_to_an_audience_without_them(months: Path) -> None:
    with pytest.raises(Refused):
        release.open(months).rows("cases")


def test_the_command_line_tells_the_difference_and_rows_only_when_asked(
    months: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SAFEGUARDING_STORE", str(months))
    assert command.main(["difference", "--from", "1", "--to", "2", "--json"]) == 0
    plain = json.loads(capsys.readouterr().out)
    assert "cases" not in plain and plain["areas"][0]["restated"]
    assert command.main(["difference", "--from", "1", "--to", "2", "--json", "--cases"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert {key: len(of) for key, of in told["cases"].items()}["came"] == 3
    assert command.main(["difference", "--from", "2", "--to", "2", "--json"]) == 1
    assert command.main(["difference", "--from", "1", "--to", "9", "--json"]) == 1
    assert [each["area"] for each in told["areas"]] == ["X06000001"]
    assert len(difference.lines(told, "cy")) == 2


# Who is withdrawn


def without(path: Path, is_taken: Callable[[dict[str, str]], bool]) -> str:
    """Takes the first row of which that is so out of a file, and returns its first cell."""
    header, *rows = path.read_text().splitlines()
    taken = next(row for row in rows if is_taken(dict(zip(header.split(","), row.split(","), strict=True))))
    path.write_text("\n".join([header, *(row for row in rows if row is not taken)]) + "\n")
    return taken.split(",")[0]


def orphaned(folder: Path, case: str) -> None:
    """Takes every row of a case out of the other tables."""
    for path in folder.glob("*.csv"):
        lines = path.read_text().splitlines()
        path.write_text("\n".join(line for line in lines if case not in line.split(",")) + "\n")


def test_a_case_closed_too_long_ago_or_in_quarantine_has_not_been_withdrawn_nor_does_a_replaced_load_say_so(
    own_store: Store, judge: Judge, extract: Callable[..., Path]
) -> None:
    day = {"extract": [(0, "snapshot_date", "2014-09-30")]}
    whole, wrong = extract("whole", **day), extract("wrong", **day, cases=[(0, "received_date", "soon")])
    closed = without(wrong / "cases.csv", lambda row: row["status"] == "CLOSED" and row["received_date"] != "soon")
    missing = without(wrong / "cases.csv", lambda row: row["status"] == "OPEN")
    for case in (closed, missing):
        orphaned(wrong, case)
    assert load.load(own_store, [wrong], judge).accepted
    gone = history.withdrawn(own_store, history.loads(own_store))
    assert gone["case_id"].to_list() == [missing]
    assert load.load(own_store, [whole], judge).accepted  # it replaces the other of its day
    told = history.loads(own_store)
    assert len(own_store.received.lines()) == 3 and len(told) == 2
    assert history.withdrawn(own_store, told).height == 0
    assert history.earlier(own_store) == [each.name for each in told if not each.is_in_force]


def test_what_was_sent_earlier_is_part_of_a_releases_name(months: Path) -> None:
    store = Store(months)
    published = [release.manifest(store.release(line["release"])) for line in store.publications.lines()]
    loads = [line["load"] for line in store.received.lines()]
    assert [each["loads"] for each in published] == [[each] for each in loads]
    assert [each["earlier"] for each in published] == [[], loads[:1], sorted(loads[:2])]


def test_a_release_made_before_any_of_it_was_kept_opens_and_says_so(months: Path, tmp_path: Path) -> None:
    opened = release.open(Path(shutil.copytree(months, tmp_path / "store")))
    bare: Any = opened
    bare._evidence = set()
    for name in ("_services", "_arrivals", "_facts_of"):
        vars(bare).pop(name, None)
    found = trust.of(opened, opened.areas[0], "all")
    assert not found.is_told
    assert trust.lines(opened, opened.areas[0]) == {}
    assert trust.doubted(opened, opened.areas[0], "all") == []
