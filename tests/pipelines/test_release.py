"""A release is a pure function of its loads; publishing and going back change which one is current, no more."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from assurance import figures, release, sentence
from assurance.errors import Refused
from pipelines import build, load, publish, restore
from pipelines.judge import Judge
from pipelines.store import Store, faults_of
from tests.conftest import ROOT, SAMPLE, overridden
from tests.pipelines.test_load import shuffled


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def figure(store: Path, slug: str, code: str = "all") -> tuple[int | None, int | None]:
    opened = release.open(store)
    found = figures.figure(opened, opened.definitions[slug], opened.areas[0], code)
    return found.n, found.N


@pytest.fixture
def restated(corrected_later: Path, tmp_path: Path) -> Store:
    """A copy of that store, to write to."""
    return Store(Path(shutil.copytree(corrected_later, tmp_path / "restated")))


def test_a_reason_that_could_find_a_person_publishes_nothing(own_store: Store) -> None:
    before = own_store.publications.lines()
    with pytest.raises(Refused) as refusal:
        publish.publish(own_store, "As Mrs Jones asked")
    assert [reason.key for reason in refusal.value.reasons] == ["register.identifier_titled_name"]
    assert own_store.publications.lines() == before


def test_the_sample_gives_the_published_figures(store: Path) -> None:
    assert figure(store, "joint_advice_not_followed") == (3, None)
    assert figure(store, "strategy_discussion_in_time") == (11, 25)
    opened = release.open(store)
    assert opened.facts(opened.areas[0]).cases == 25


def test_a_release_that_was_deleted_is_built_again_to_the_same_bytes(own_store: Store) -> None:
    name = build.build(own_store)
    before = contents(own_store.release(name))
    shutil.rmtree(own_store.release(name))
    assert build.build(own_store) == name
    assert contents(own_store.release(name)) == before


def test_the_order_of_rows_threads_and_hash_seed_change_nothing(store: Path, tmp_path: Path) -> None:
    folder = shuffled(tmp_path / "shuffled")
    environment = {
        **os.environ,
        "SAFEGUARDING_STORE": str(tmp_path / "other"),
        "PYTHONHASHSEED": "77",
        "POLARS_MAX_THREADS": "1",
    }
    for command in (["load", str(folder)], ["build"]):
        subprocess.run(
            [sys.executable, "-m", "pipelines", *command], cwd=ROOT, env=environment, check=True, capture_output=True
        )
    (mine,) = Store(store).release_names()
    (other,) = Store(tmp_path / "other").release_names()
    assert mine == other
    assert contents(store / "releases" / mine) == contents(tmp_path / "other" / "releases" / other)


def test_the_newest_snapshot_wins_whatever_the_order_of_loading(
    judge: Judge, extract: Callable[..., Path], tmp_path: Path
) -> None:
    later = extract("later", extract=[(0, "snapshot_date", "2011-08-31")])
    names = []
    for order in ([SAMPLE, later], [later, SAMPLE]):
        store = Store(tmp_path / f"store{len(names)}")
        for folder in order:
            assert load.load(store, [folder], judge).accepted
        names.append(build.build(store))
    assert names[0] == names[1]


def test_a_corrected_extract_restates_and_rollback_shows_the_older_figures(restated: Store) -> None:
    assert figure(restated.path, "joint_advice_not_followed") == (2, None)
    publish.rollback(restated, "It was wrong")
    assert figure(restated.path, "joint_advice_not_followed") == (3, None)
    assert [line["why"] for line in restated.publications.lines()] == ["For the tests", "September", "It was wrong"]
    publish.rollback(restated, "It was right")
    assert figure(restated.path, "joint_advice_not_followed") == (2, None)


def test_as_known_at_reads_an_older_line(restated: Store) -> None:
    opened = release.open(restated.path, 1)
    overrides = figures.figure(opened, opened.definitions["joint_advice_not_followed"], opened.areas[0], "all")
    assert overrides.n == 3
    with pytest.raises(Refused, match=r"load\.no_such_publication"):
        release.open(restated.path, 3)


def test_publishing_what_is_current_changes_nothing_and_says_so(own_store: Store) -> None:
    with pytest.raises(Refused, match=r"load\.already_published"):
        publish.publish(own_store, "Again")
    assert len(own_store.publications.lines()) == 1


def test_two_publications_at_once_leave_one_and_tell_the_other(
    own_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = own_store.publications.lines()
    own_store.publications.append({"release": "other"})
    monkeypatch.setattr(own_store.publications, "lines", lambda: seen)
    with pytest.raises(Refused, match=r"load\.overtaken"):
        own_store.publications.append({"release": "late"})


@pytest.mark.parametrize("part", ["accepted/cases.parquet", "raw/advice.parquet", "report.json", "manifest.json"])
def test_a_load_that_was_altered_is_found_and_not_built_from(own_store: Store, part: str) -> None:
    (name,) = own_store.load_names()
    path = own_store.load(name) / part
    path.write_bytes(path.read_bytes()[:-1])
    assert faults_of(own_store.load(name))
    faults, _ = restore.verify(own_store)
    assert faults
    shutil.rmtree(own_store.release(own_store.release_names()[0]))
    with pytest.raises(Refused):
        build.build(own_store)


def test_a_release_that_was_altered_is_not_opened(own_store: Store) -> None:
    path = own_store.release(own_store.release_names()[0]) / "restricted" / "counts.parquet"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(Refused, match=r"load\.damaged"):
        release.open(own_store.path)


def test_a_ledger_that_was_edited_is_found(restated: Store) -> None:
    line = restated.publications.folder / "000001.json"
    line.write_text(line.read_text().replace("For the tests", "For other ends"))
    with pytest.raises(Refused, match=r"load\.chain_broken"):
        release.open(restated.path)
    assert restore.verify(restated)[0]


def test_a_store_comes_back_whole_from_a_copy(restated: Store, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(restated.path, tmp_path / "copy"))
    new = Store(tmp_path / "new")
    restore.copy(Store(copy, is_copy=True), new.path)
    assert contents(new.path) == contents(restated.path)
    assert restore.verify(new)[0] == []
    with pytest.raises(Refused, match=r"load\.not_empty"):
        restore.copy(Store(copy, is_copy=True), new.path)


def test_figures_on_the_command_line_are_those_of_the_pages(store: Path) -> None:
    environment = {**os.environ, "SAFEGUARDING_STORE": str(store)}
    command = [sys.executable, "-m", "pipelines", "figures", "--json"]
    printed = json.loads(subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True).stdout)
    opened = release.open(store)
    assert printed == [each.as_json() for each in figures.every(opened)]
    whole = [each for each in printed if each["period"] == "all" and each["breakdown"] == "all"]
    known = {each["indicator"]: (each["n"], each["N"]) for each in whole}
    assert list(known) == [each.id for each in opened.definitions.values()]
    assert (known["K20"], known["K21"], known["K3"]) == ((3, None), (12, 25), (11, 25))


def test_the_2011_findings_are_among_the_figures(store: Path) -> None:
    opened = release.open(store)
    found = {
        (each.definition.id, each.breakdown, each.category): (each.n, each.N)
        for each in figures.every(opened)
        if each.period == "all"
    }
    assert found["K50", "has_aln", "Y"] == (7, 20)
    ages = {category for id, breakdown, category in found if (id, breakdown) == ("K50", "age_band")} - {"all"}
    assert ages == {"3-4", "5-7", "8-10", "11-13", "14-16"}  # 3 to 16
    roles = {category for id, breakdown, category in found if (id, breakdown) == ("K50c", "role_group")} - {"all"}
    assert roles == {"HEAD", "TEACHER", "SUPPORT", "ADMIN_SITE", "YOUTH"}


def test_a_figure_whose_table_did_not_arrive_is_withheld_not_zero(
    judge: Judge, extract: Callable[..., Path], tmp_path: Path
) -> None:
    folder = extract()
    (folder / "advice.csv").unlink()
    store = Store(tmp_path / "store")
    assert load.load(store, [folder], judge).accepted
    publish.publish(store, "Without advice")
    opened = release.open(store.path)
    overrides = figures.figure(opened, opened.definitions["joint_advice_not_followed"], opened.areas[0], "all")
    assert (overrides.n, overrides.value, overrides.withheld) == (None, None, "not_supplied")
    assert figure(store.path, "strategy_discussion_in_time") == (11, 25)


def test_rows_in_quarantine_are_said_with_every_figure_that_uses_their_table(
    judge: Judge, extract: Callable[..., Path], tmp_path: Path
) -> None:
    store = Store(tmp_path / "store")
    assert load.load(store, [extract(advice=[(0, "advice_value", "PERHAPS")])], judge).accepted
    publish.publish(store, "With one bad row")
    opened = release.open(store.path)
    told = {
        slug: sentence.basis(figures.figure(opened, definition, opened.areas[0], "all"), opened, opened.areas[0], "en")
        for slug, definition in opened.definitions.items()
    }
    assert "Rows in quarantine in the tables used here: 1." in told["joint_advice_not_followed"]
    assert "Rows in quarantine in the tables used here: 0." in told["strategy_discussion_in_time"]


def test_a_correction_is_undone_by_sending_the_earlier_file_again(
    own_store: Store, judge: Judge, extract: Callable[..., Path]
) -> None:
    wrong = extract(decisions=[(overridden(), "decision_value", "SUSPENDED")])
    assert load.load(own_store, [wrong], judge).accepted
    publish.publish(own_store, "A mistake")
    assert figure(own_store.path, "joint_advice_not_followed") == (2, None)
    again = load.load(own_store, [SAMPLE], judge)
    assert (again.accepted, again.already_held) == (True, False)
    publish.publish(own_store, "Undone")
    assert figure(own_store.path, "joint_advice_not_followed") == (3, None)


def test_an_older_snapshot_is_kept_and_said_not_to_be_in_force(
    own_store: Store, judge: Judge, extract: Callable[..., Path]
) -> None:
    older = load.load(own_store, [extract(extract=[(0, "snapshot_date", "2011-07-30")])], judge)
    assert (older.accepted, older.is_superseded) == (True, True)


def test_another_services_later_snapshot_does_not_move_the_clock_of_the_cases(
    own_store: Store, judge: Judge, extract: Callable[..., Path]
) -> None:
    folder = extract(extract=[(0, "snapshot_date", "2011-12-31"), (0, "source_service", "POLICE")])
    for table in folder.glob("*.csv"):
        if table.stem not in ("extract", "service_lists"):
            table.write_text(table.read_text().splitlines()[0] + "\n")
    assert load.load(own_store, [folder], judge).accepted
    publish.publish(own_store, "The police's list")
    opened = release.open(own_store.path)
    assert opened.facts(opened.areas[0]).snapshot_on.isoformat() == "2011-07-31"


def test_a_release_that_was_damaged_before_it_was_published_is_built_again(judge: Judge, tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    assert load.load(store, [SAMPLE], judge).accepted
    counts = store.release(build.build(store)) / "restricted" / "counts.parquet"
    counts.write_bytes(b"x")
    publish.publish(store, "Mended")
    assert figure(store.path, "joint_advice_not_followed") == (3, None)


def test_a_forged_manifest_and_a_stranger_among_the_loads_are_found(own_store: Store) -> None:
    manifest = own_store.release(own_store.release_names()[0]) / "manifest.json"
    manifest.write_bytes(manifest.read_bytes().replace(b'"kind":"release"', b'"kind":"forgery"'))
    (own_store.path / "loads" / "stranger").mkdir()
    faults, _ = restore.verify(own_store)
    assert {fault.key for fault in faults} == {"load.file_altered", "load.damaged"}
    assert {fault.values.get("file", fault.values.get("name")) for fault in faults} == {"manifest.json", "stranger"}
    with pytest.raises(Refused, match=r"load\.damaged"):
        release.open(own_store.path)


def test_a_load_that_was_lost_is_made_again_from_its_file(own_store: Store, judge: Judge) -> None:
    (name,) = own_store.load_names()
    shutil.rmtree(own_store.load(name))
    assert load.load(own_store, [SAMPLE], judge).load == name
    assert restore.verify(own_store)[0] == []


def test_a_store_that_is_not_there_is_not_called_whole(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"load\.no_store"):
        restore.verify(Store(tmp_path / "mistyped"))
