"""The same again, a correction, many at once, a clock that is wrong, and everything lost but a copy."""

from __future__ import annotations

import os
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest

from assurance import period, release, since
from assurance.errors import Refused
from assurance.words import LANGUAGES
from pipelines import build, load, publish, restore
from pipelines.store import Store
from tests.conftest import SAMPLE, change, overridden
from tests.faults.conftest import Before
from tests.faults.processes import AcceptsAll, Ended, Job, Processes
from tests.faults.tally import FULL, Row, outcome
from tests.faults.watched import watched
from tests.pipelines.test_load import shuffled
from tests.pipelines.test_release import contents

AT_ONCE: Final = 20 if FULL else 6
EVERY: Final = 1 if FULL else 60
"""A copy is begun after every so-many-th call of those who write meanwhile."""

Table = Callable[[str], Row]


def take(store: Store, extract: Path) -> load.Verdict:
    verdict = load.load(store, [extract], AcceptsAll())  # type: ignore[arg-type]
    assert verdict.accepted
    return verdict


@pytest.fixture
def store(before: Before, tmp_path: Path) -> Store:
    return Store(before.copy(tmp_path / "store"))


@pytest.fixture(scope="module")
def processes() -> Iterator[Processes]:
    with Processes() as running:
        yield running


# The same again, and a correction


def test_the_same_rows_in_whatever_order_are_identical_data(store: Store, tmp_path: Path) -> None:
    for again in (SAMPLE, shuffled(tmp_path / "shuffled")):
        assert take(store, again).already_held
    assert len(store.received.lines()) == 1


def test_a_corrected_month_is_a_new_load_and_what_it_changes_is_listed(store: Store, tmp_path: Path) -> None:
    old = store.load_names()
    right = Path(shutil.copytree(SAMPLE, tmp_path / "right", ignore=shutil.ignore_patterns("*.md")))
    change(right / "decisions.csv", [(overridden(), "decision_value", "SUSPENDED")])
    new = take(store, right)
    publish.publish(store, "Corrected")
    assert store.load_names() == [*old, new.load]
    assert restore.verify(store)[0] == []
    then, now = release.open(store.path, 1), release.open(store.path)
    restated = since.of(now, then, now.areas[0]).restated
    assert {each.now.definition.slug for each in restated} >= {"joint_advice_not_followed"}


# Many at once


def extracts(folder: Path) -> list[str]:
    """One month's extract as each of many days has it."""
    made = []
    for number in range(AT_ONCE):
        path = Path(shutil.copytree(SAMPLE, folder / str(number), ignore=shutil.ignore_patterns("*.md")))
        change(path / "extract.csv", [(0, "snapshot_date", f"2011-08-{number + 1:02}")])
        made.append(str(path))
    return made


def test_of_many_who_load_at_once_each_is_acknowledged(
    store: Store, processes: Processes, table: Table, before: Before, tmp_path: Path
) -> None:
    different = processes.run(*[Job("load", str(store.path), [each]) for each in extracts(tmp_path / "extracts")])
    assert [ended.told for ended in different] == [[]] * AT_ONCE
    named = {str(ended.name) for ended in different}
    assert len(named) == AT_ONCE
    assert set(store.load_names()) == named | {store.load_names()[0]}
    row = table("loads at once")
    for name in named:
        row.add(outcome(store.path, {name}, 1, {before.old}))
    assert row.bad == {}


def test_of_many_who_load_the_same_at_once_nobody_spoils_what_another_was_told_is_kept(
    store: Store, before: Before, processes: Processes, table: Table
) -> None:
    same = processes.run(*[Job("load", str(store.path), [str(before.later)]) for _ in range(AT_ONCE if FULL else 3)])
    assert len({ended.name for ended in same}) == 1
    row = table("loads of the same at once")
    for ended in same:
        row.add(outcome(store.path, {str(ended.name)}, 1, {before.old}))
    assert row.bad == {}


def test_of_many_who_publish_at_once_one_does_and_the_others_are_told(
    before: Before, processes: Processes, table: Table, tmp_path: Path
) -> None:
    store = Store(before.loaded(tmp_path / "store"))
    ended = processes.run(*[Job("publish", str(store.path)) for _ in range(AT_ONCE if FULL else 3)])
    told = Counter("published" if each.name else _only(each) for each in ended)
    assert told.pop("published") == 1
    assert set(told) <= {"load.already_published", "load.overtaken"}
    assert len(store.publications.lines()) == 2
    row = table("publications at once")
    for _ in ended:
        row.add(outcome(store.path, set(), 2, {before.new}))
    assert row.bad == {}


def _only(ended: Ended) -> str:
    (told,) = ended.told
    return told


def test_who_publishes_after_somebody_else_has_is_told(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = len(store.publications.lines())
    line = store.publications.lines()[-1]
    store.publications.append({key: line[key] for key in line if key not in ("number", "before", release.LINE_HASH)})
    with pytest.raises(Refused, match=r"load\.overtaken"):
        store.publications.append({"release": "late"}, after=seen)
    assert len(store.publications.lines()) == seen + 1


# A clock that is wrong


def set_clock(monkeypatch: pytest.MonkeyPatch, tells: Callable[[Any], datetime]) -> None:
    """Those who write go by a clock that tells something else, in the time zone they ask for."""

    class Wrong(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return tells(tz)

    for module in (load, publish):
        monkeypatch.setattr(module, "datetime", Wrong)


@pytest.mark.parametrize(
    ("by", "warning"),
    [
        (timedelta(days=-1), "store.clock_went_back"),
        (timedelta(days=731), "store.clock_behind"),
        (timedelta(hours=-1), "store.clock_went_back"),
    ],
)
def test_the_order_of_lines_decides_whatever_the_clock_says_and_the_clock_is_named(
    by: timedelta, warning: str, before: Before, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_clock(monkeypatch, lambda tz: datetime.now(tz) + by)
    take(store, before.later)
    assert publish.publish(store, "By a wrong clock")["release"] == before.new
    shown = release.open(store.path)
    assert shown.id == before.new
    assert all(period.parse(code)[0] <= shown.snapshot_on for code in shown.periods), "a period to come"
    found = restore.clock(store)
    assert {each.key for each in found} == {warning}
    assert all(each.says(lang) for each in found for lang in LANGUAGES)
    assert restore.verify(store)[0] == []


def test_once_the_clock_is_right_again_that_it_was_wrong_stays_known(
    before: Before, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        set_clock(patch, lambda tz: datetime.now(tz) + timedelta(days=731))
        take(store, before.later)
        publish.publish(store, "Ahead")
    publish.rollback(store, "Right again")
    assert release.open(store.path).id == before.old
    assert [each.key for each in restore.clock(store) if each.values["ledger"] == "publications"] == [
        "store.clock_went_back"
    ]


def test_the_hour_that_comes_twice_in_autumn_is_no_wrong_clock(
    before: Before, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path / "store")
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "Europe/London")
        time.tzset()
        for extract, moment in ((SAMPLE, "2026-10-25T00:50+00:00"), (before.later, "2026-10-25T01:10+00:00")):
            tells = datetime.fromisoformat(moment).timestamp()
            set_clock(patch, lambda tz, tells=tells: datetime.fromtimestamp(tells, tz))
            take(store, extract)
    time.tzset()
    assert [line["received_at"][11:16] for line in store.received.lines()] == ["00:50", "01:10"]
    assert restore.clock(store) == []


# Everything lost but a copy


def test_a_copy_made_while_others_write_is_whole(before: Before, table: Table, tmp_path: Path) -> None:
    path, row, calls = before.copy(tmp_path / "store"), table("copied while others load and publish"), 0

    def copied(*_: object) -> None:
        nonlocal calls
        calls += 1
        if calls % EVERY == 0:
            copy = tmp_path / "copy"
            restore.copy(Store(path), copy)
            row.add(outcome(copy, set(), 1, {before.old, before.new}))
            assert not (copy / "making").exists()
            shutil.rmtree(copy)

    with watched(path, lambda *_: None, copied):
        take(Store(path), before.later)
        publish.publish(Store(path), "August")
    assert row.tried > 5
    assert row.bad == {}


def test_a_store_wiped_and_restored_has_the_same_releases_and_so_has_one_that_builds_them_again(
    before: Before, tmp_path: Path
) -> None:
    path = before.loaded(tmp_path / "store")
    publish.publish(Store(path), "August")
    was = contents(path)
    restore.copy(Store(path), tmp_path / "backup")
    shutil.rmtree(path)
    restore.copy(Store(tmp_path / "backup", is_copy=True), path)
    assert contents(path) == was
    shutil.rmtree(path / "releases" / before.new)
    assert build.build(Store(path)) == before.new
    assert contents(path) == was
    assert (restore.verify(Store(path))[0], restore.notes(Store(path))) == ([], [])


def test_a_copy_that_stops_half_way_is_not_taken_for_one_and_does_not_stand_in_the_way(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "rename", full)
        with pytest.raises(Refused, match=r"store\.full"):
            restore.copy(store, tmp_path / "backup")
    assert not (tmp_path / "backup").exists()
    restore.copy(store, tmp_path / "backup")
    assert restore.verify(Store(tmp_path / "backup", is_copy=True))[0] == []


# What is no fault but has to be known


def test_what_stopped_commands_left_is_named_and_the_next_one_clears_it(before: Before, store: Store) -> None:
    (store.path / "making" / "half").mkdir(parents=True)
    (store.received.folder / ".half").write_bytes(b"{")
    take(store, before.later)
    whole = store.load(store.load_names()[-1])
    whole.rename(whole.with_name("f" * 64))
    (store.path / "making" / "half").mkdir()
    keys = [note.key for note in restore.notes(store)]
    assert keys == ["store.half_made", "store.never_received"]
    assert not (store.received.folder / ".half").exists()


def test_what_another_is_making_now_is_left_alone(store: Store) -> None:
    with store.making(store.load("mine"), {}) as mine:
        assert restore.notes(store) == []
        with store.making(store.load("other"), {}):
            pass
        assert mine.exists()


def test_what_another_made_meanwhile_stays_where_it_is(store: Store) -> None:
    with store.making(store.load("same"), {}):
        with store.making(store.load("same"), {}):
            pass
        first = store.load("same").stat().st_ino
    assert store.load("same").stat().st_ino == first


def test_a_store_is_for_its_owner_alone_and_says_where_it_is_not(tmp_path: Path) -> None:
    store = Store(tmp_path / "new")
    take(store, SAMPLE)
    assert [each.key for each in restore.notes(store)] == []
    store.path.chmod(0o755)
    assert [each.key for each in restore.notes(store)] == ["store.open_to_others"]
