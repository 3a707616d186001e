"""No cell value reaches a screen, a log or an error: only its place does.

Extracts with a marker where somebody's name might stand (cells, a header, a ragged row, a broken quotation, the name of
a sheet) go through the command line and through the warm worker, and everything they say is searched for it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
import xlsxwriter

from assurance.words import LANGUAGES
from tests.conftest import ROOT, SAMPLE, change

MARKER = "ZZQMARKER7"
TABLES = ("extract", "cases", "training", "helpline")
"""What these extracts hold: enough to meet every kind of rule, few enough to be quick."""

REFUSED = ("cells", "header", "quotation", "sheet.xlsx")
QUICK = ("header", "quotation", "sheet.xlsx")
"""Refused before a row is judged, so every way of asking can be tried."""

WAYS = [(*shape, "--lang", lang) for shape, lang in product([(), ("--json",)], LANGUAGES)]


@dataclass(frozen=True)
class Said:
    """What one command said, to whom it said it, and how it ended."""

    arguments: Sequence[str]
    code: int
    out: str
    aside: str


@pytest.fixture(scope="module")
def extracts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The marked extracts by name; "few" can be accepted, the others cannot."""
    folder = tmp_path_factory.mktemp("marked")
    for name in ("few", "cells", "header", "quotation"):
        (folder / name).mkdir()
        for table in TABLES:
            shutil.copyfile(SAMPLE / f"{table}.csv", folder / name / f"{table}.csv")
    few = [(0, "case_id", MARKER), (1, "received_date", MARKER), (1, "role_group", MARKER), (2, "adult_id", MARKER)]
    change(folder / "few" / "cases.csv", [*few, (3, "named_contact_given", f"N,{MARKER}")])  # a cell too many
    change(folder / "few" / "training.csv", [(0, "in_scope", MARKER)])
    for table in TABLES:
        _mark_every_cell(folder / "cells" / f"{table}.csv")
    _replace(folder / "header" / "cases.csv", "adult_id,", f"{MARKER},")
    _replace(folder / "quotation" / "cases.csv", "CURRENT,", f'"CURRENT"{MARKER},')
    _workbook(folder / "sheet.xlsx")
    return {name: str(folder / name) for name in ("few", *REFUSED)}


def _mark_every_cell(path: Path) -> None:
    header = path.read_text().splitlines()[0]
    row = ",".join([MARKER] * len(header.split(",")))
    path.write_text("\n".join([header, row, f"{row},{MARKER}", row]) + "\n")


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def _workbook(path: Path) -> None:
    with xlsxwriter.Workbook(path) as book:
        for table in ("extract", "cases"):
            sheet = book.add_worksheet(table)
            for number, line in enumerate((SAMPLE / f"{table}.csv").read_text().splitlines()):
                sheet.write_row(number, 0, [MARKER if number == 1 else cell for cell in line.split(",")])
        book.add_worksheet(MARKER).write(0, 0, MARKER)


def _environment(store: Path) -> dict[str, str]:
    return {**os.environ, "SAFEGUARDING_STORE": str(store), "PYTHONWARNINGS": "always"}


def _start(store: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "pipelines", *arguments],
        cwd=ROOT,
        env=_environment(store),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@dataclass(frozen=True)
class Ran:
    """Everything said, and the stores it was said of."""

    said: list[Said]
    worker_log: str
    refusing_store: Path
    keeping_store: Path


@pytest.fixture(scope="module")
def ran(extracts: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory) -> Ran:
    folder = tmp_path_factory.mktemp("stores")
    refusing, keeping = folder / "refusing", folder / "keeping"
    cold = [
        ["check", "--lang", "en", extracts["few"], extracts["header"]],
        ["load", "--lang", "cy", "--json", *(extracts[name] for name in REFUSED)],
    ]
    warm = [
        ["check", "--lang", "en", "--json", extracts["cells"]],
        ["load", "--lang", "cy", extracts["few"]],
        ["publish", "--lang", "cy", "--why", "Marked"],
        *([verb, *way, *(extracts[name] for name in QUICK)] for verb, way in product(("check", "load"), WAYS)),
    ]
    worker, *processes = _start(keeping, "serve"), *(_start(refusing, *arguments) for arguments in cold)
    answers, log = worker.communicate("".join(json.dumps(arguments) + "\n" for arguments in warm))
    said = []
    for arguments, process in zip(cold, processes, strict=True):
        out, aside = process.communicate()
        said.append(Said(arguments, process.returncode, out, aside))
    return Ran([*said, *_answered(warm, answers)], log, refusing, keeping)


def _answered(asked: Sequence[Sequence[str]], answers: str) -> list[Said]:
    """What the worker said to each command: lines of progress, then how it ended."""
    said: list[Said] = []
    aside = ""
    for line in answers.splitlines():
        answer: dict[str, Any] = json.loads(line)
        if "code" in answer:
            said.append(Said(asked[len(said)], answer["code"], answer["out"], aside))
            aside = ""
        else:
            aside += json.dumps(answer, ensure_ascii=False)
    assert len(said) == len(asked)
    return said


def _store_texts(store: Path) -> dict[str, str]:
    """Every file of a store with what it says."""
    return {
        str(path.relative_to(store)): str(pq.read_table(path).to_pylist())
        if path.suffix == ".parquet"
        else path.read_text("utf-8")
        for path in sorted(store.rglob("*"))
        if path.is_file()
    }


def test_the_extracts_hold_the_marker(extracts: Mapping[str, str]) -> None:
    for name in ("few", "cells", "header", "quotation"):
        assert MARKER in "".join(path.read_text() for path in Path(extracts[name]).iterdir())


def test_every_command_came_to_its_end(ran: Ran) -> None:
    for each in ran.said:
        can_end_well = each.arguments[0] == "publish" or each.arguments[-1].endswith("few")
        assert each.code == (0 if can_end_well else 1), each.arguments
        assert len(each.out) > 20 and each.aside


def test_what_is_said_names_rules_and_rows(ran: Ran) -> None:
    (cells,) = [
        json.loads(each.out) for each in ran.said if each.arguments[0] == "check" and each.arguments[-1][-5:] == "cells"
    ]
    assert len({rule["rule"] for rule in cells["rules"]}) > 60
    assert {rule["table"] for rule in cells["rules"]} >= set(TABLES)


def test_no_cell_value_is_said(ran: Ran) -> None:
    assert [each.arguments for each in ran.said if MARKER in each.out] == []


def test_no_cell_value_is_said_aside_or_logged(ran: Ran) -> None:
    assert [each.arguments for each in ran.said if MARKER in each.aside] == []
    assert MARKER not in ran.worker_log


def test_nothing_of_a_refused_extract_is_kept(ran: Ran) -> None:
    assert _store_texts(ran.refusing_store) == {}


def test_of_a_row_in_quarantine_only_what_arrived_keeps_its_values(ran: Ran) -> None:
    kept = _store_texts(ran.keeping_store)
    assert any(name.startswith("releases/") for name in kept)
    marked = {name.split("/")[2] for name, text in kept.items() if MARKER in text}
    assert marked == {"raw"}
