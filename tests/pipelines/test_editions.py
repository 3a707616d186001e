"""Each extract chooses its edition of the procedures: its outcomes, its targets, and the day on which it changed."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pytest

from assurance import release, sentence
from assurance.release import Release
from pages.parts import noted
from pipelines import load
from pipelines.build import REFERENCE
from pipelines.judge import Judge
from pipelines.publish import publish
from pipelines.stage import STAGING
from pipelines.store import Store

EDITIONS = tomllib.loads((REFERENCE / "editions.toml").read_text())
CODES = tomllib.loads((REFERENCE / "codes.toml").read_text())
OUTCOMES = ("SUB", "UNS", "UNF", "FAL", "MAL")


@pytest.fixture(scope="module")
def plain(store: Path) -> Release:
    return release.open(store)


@pytest.fixture
def changed(own_store: Store, extract: Callable[..., Path], judge: Judge) -> Release:
    """The sample, and a month later the same cases under the edition of 2019."""
    path = extract(extract=[(0, "procedure_edition", "WSP_2019"), (0, "snapshot_date", "2011-08-31")])
    assert load.load(own_store, [path], judge).accepted
    publish(own_store, "Another edition")
    return release.open(own_store.path)


def test_every_edition_has_outcomes_that_there_are() -> None:
    assert set(EDITIONS) == set(CODES["procedure_edition"])
    assert all(set(each["outcomes"]) <= set(OUTCOMES) for each in EDITIONS.values())
    assert all(set(each.get("calls", {})) <= set(each["outcomes"]) for each in EDITIONS.values())


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_rule_on_outcomes_lets_pass_what_the_edition_knows(edition: str) -> None:
    with duckdb.connect() as connection:
        connection.execute("create schema raw; create schema reference")
        connection.execute("create table reference.codes (list text, code text)")
        connection.execute("create table raw.extract as select ? as procedure_edition", [edition])
        connection.execute((STAGING / "functions.sql").read_text())
        passed = [each for each in OUTCOMES if connection.execute("select outcome_of_edition(?)", [each]).fetchone()[0]]  # type: ignore[index]
    assert passed == [each for each in OUTCOMES if each in EDITIONS[edition]["outcomes"]]


def test_a_page_names_the_edition_and_its_outcomes_as_it_calls_them(plain: Release) -> None:
    area = plain.areas[0]
    assert [each.code for each in plain.editions(area)] == ["AWCPP_2008"]
    (told,) = sentence.editions(plain, area, "en")
    assert "Deliberately invented or malicious" in told and "False" not in told
    assert plain.edition_changes(area) == []


def test_targets_are_those_of_the_edition_followed(plain: Release, changed: Release) -> None:
    day = date(2020, 1, 1)
    found = {}
    for opened in (plain, changed):
        area = opened.areas[0]
        aim = opened.under(opened.definitions["report_made_in_time"], area).target_on(day)
        found[opened.edition(area)] = aim and aim.basis
    assert found == {"AWCPP_2008": "local", "WSP_2019": "guidance"}


def test_the_day_on_which_the_edition_changed_is_a_note_beside_every_measure(changed: Release) -> None:
    area, definition = changed.areas[0], changed.definitions["joint_advice_not_followed"]
    assert [each.code for each in changed.editions(area)] == ["WSP_2019"]
    (note,) = noted.of(changed, definition, area, date(2011, 8, 31))
    assert (note.on, note.says["en"]) == (date(2011, 8, 1), "Wales Safeguarding Procedures 2019")
    assert "do not compare across this day" in noted.line(note, "en")
    assert noted.of(changed, definition, area, date(2011, 7, 31)) == []
