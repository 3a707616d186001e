"""What many tests need: a warm judge, and a store with the 2011 sample published."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import settings

from pipelines import load, publish
from pipelines.build import definitions
from pipelines.judge import Judge
from pipelines.store import Store
from registers import write
from registers.write import Known, Proposal
from tests.once import Remembering, made

settings.register_profile("any machine", deadline=None)  # a busy one is slow, and a claim is not about speed
settings.load_profile("any machine")

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "data" / "sample" / "2011"
REGION = ROOT / "data" / "sample" / "region"
NORTHMOOR = ROOT / "data" / "sample" / "northmoor" / "2026-09"


@pytest.fixture(scope="session")
def judge() -> Judge:
    """Great Expectations takes seconds to import, and to answer."""
    return Remembering()


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory, judge: Judge) -> Path:
    """A store with the 2011 sample published. Tests that write take :func:`own_store`."""
    return made(tmp_path_factory, "sample", lambda path: _published([SAMPLE], path, judge))


@pytest.fixture(scope="session")
def northmoor(tmp_path_factory: pytest.TempPathFactory, judge: Judge) -> Path:
    """A store with three years of an authority whose quarters bear limits."""
    return made(tmp_path_factory, "northmoor", lambda path: _published([NORTHMOOR], path, judge))


@pytest.fixture(scope="session")
def months(tmp_path_factory: pytest.TempPathFactory, judge: Judge) -> Path:
    """A store with the same authority's three months, each published; in the last, human resources sent nothing."""

    def publish_each(path: Path) -> None:
        for month in ("2026-07", "2026-08", "2026-09"):
            _published([NORTHMOOR.with_name(month)], path, judge)

    return made(tmp_path_factory, "months", publish_each)


@pytest.fixture(scope="session")
def met(tmp_path_factory: pytest.TempPathFactory, judge: Judge) -> Path:
    """A store in which the Board has met between two publications (:func:`publish_around_a_meeting`)."""
    return made(tmp_path_factory, "met", lambda path: publish_around_a_meeting(path, judge))


@pytest.fixture(scope="session")
def region(tmp_path_factory: pytest.TempPathFactory, judge: Judge) -> Path:
    """A store with five authorities of the sample region, one of them (Ivelstrand) made to differ from the others."""
    extracts = [REGION / f"X06000{number}.zip" for number in (102, 107, 109, 111, 113)]
    return made(tmp_path_factory, "region", lambda path: _published(extracts, path, judge))


@pytest.fixture(scope="session")
def corrected_later(tmp_path_factory: pytest.TempPathFactory, store: Path, judge: Judge) -> Path:
    """The sample's store with a later snapshot published, in which one override was put right."""

    def publish_later(path: Path) -> None:
        later = Path(shutil.copytree(SAMPLE, path.with_name("later"), ignore=shutil.ignore_patterns("*.md")))
        change(later / "extract.csv", [(0, "snapshot_date", "2011-09-30")])
        change(later / "decisions.csv", [(overridden(), "decision_value", "SUSPENDED")])
        _published([later], Path(shutil.copytree(store, path)), judge, "September")

    return made(tmp_path_factory, "corrected", publish_later)


def publish_around_a_meeting(path: Path, judge: Judge) -> Path:
    """Northmoor as it was in July, a meeting of the Board, and what came after: a rebase, a note, September."""
    _published([NORTHMOOR.with_name("2026-07")], path, judge)
    store, known = Store(path), Known(definitions(), frozenset({"X06000001"}))
    today = datetime.now(UTC).date()
    entered: tuple[tuple[str, date, str, str, str, str], ...] = (
        ("meetings", today, "all", "", "The autumn meeting.", "Cyfarfod yr hydref."),
        ("rebases", date(2025, 1, 1), "X06000001", "K49-N", "One front door began.", "Dechreuodd un drws blaen."),
        ("notes", date(2026, 2, 10), "X06000001", "", "A duty rota began.", "Dechreuodd rota ddyletswydd."),
    )
    for register, on, area, measure, en, cy in entered:
        evidence = {"en": f"Minutes of {on.year}.", "cy": f"Cofnodion {on.year}."}
        proposal = Proposal(register, on, area, measure, {"en": en, "cy": cy}, evidence, "Data analyst")
        entry = write.add(store, proposal, known)
        if entry.state == "proposed":
            write.agree(store, entry.number, "Chair of the Board")
    return _published([NORTHMOOR], path, judge)


def _published(extracts: list[Path], path: Path, judge: Judge, why: str = "For the tests") -> Path:
    for extract in extracts:
        verdict = load.load(Store(path), [extract], judge)
        assert verdict.accepted, verdict.as_json("en")
    publish.publish(Store(path), why)
    return path


@pytest.fixture
def own_store(store: Path, tmp_path: Path) -> Store:
    """A copy of the sample's store, to write to."""
    return Store(Path(shutil.copytree(store, tmp_path / "store")))


@pytest.fixture
def extract(tmp_path: Path) -> Callable[..., Path]:
    """A copy of the 2011 extract with some cells changed: ``extract(cases=[(0, "received_date", "soon")])``."""

    def changed(name: str = "extract", **tables: list[tuple[int, str, str]]) -> Path:
        folder = Path(shutil.copytree(SAMPLE, tmp_path / name, ignore=shutil.ignore_patterns("*.md")))
        for table, changes in tables.items():
            change(folder / f"{table}.csv", changes)
        return folder

    return changed


def change(path: Path, changes: list[tuple[int, str, str]]) -> None:
    """Changes cells of a CSV: (row from 0, column, text)."""
    header, *rows = (line.split(",") for line in path.read_text().splitlines())
    for row, column, text in changes:
        rows[row][header.index(column)] = text
    path.write_text("\n".join(",".join(row) for row in [header, *rows]) + "\n")


def overridden() -> int:
    """The row of the sample's decisions that went against both agencies' advice."""
    decisions, advice = ([*csv.DictReader((SAMPLE / f"{name}.csv").open())] for name in ("decisions", "advice"))
    for at, row in enumerate(decisions):
        own = [each for each in advice if each["case_id"] == row["case_id"] and each["agency"] in ("POLICE", "SS")]
        is_protection = row["decision_type"] == "SAFEGUARD" and row["decision_value"] in ("NONE", "ALTERNATIVE")
        if is_protection and [each["advice_value"] for each in own] == ["SUSPEND"] * 2:
            return at
    raise AssertionError("the sample has no override")
