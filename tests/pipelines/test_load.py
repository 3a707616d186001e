"""An extract is accepted whole, accepted with quarantine, or refused; nothing is lost on the way."""

from __future__ import annotations

import csv
import random
import re
import shutil
import zipfile
from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines import extract_format, load
from pipelines.judge import Judge
from pipelines.store import Store
from tests.conftest import SAMPLE, change

Extract = Callable[..., Path]


def failed(verdict: load.Verdict) -> dict[str, tuple[int, ...]]:
    return {finding.rule.id: finding.rows for finding in verdict.findings}


def test_the_sample_is_accepted_whole(judge: Judge) -> None:
    verdict = load.check([SAMPLE], judge)
    assert verdict.accepted
    assert (verdict.count("quarantined"), list(verdict.findings)) == (0, [])
    assert verdict.tables["cases"] == {"read": 25, "accepted": 25, "quarantined": 0}


def test_a_bad_code_puts_its_row_in_quarantine_with_the_row_of_the_source_file(judge: Judge, extract: Extract) -> None:
    verdict = load.check([extract(advice=[(3, "advice_value", "MAYBE")])], judge)
    assert verdict.accepted
    assert failed(verdict) == {"advice.advice_value.listed": (5,)}  # the header is row 1
    assert verdict.tables["advice"]["quarantined"] == 1


def test_a_case_in_quarantine_takes_its_children_along(judge: Judge, extract: Extract) -> None:
    folder = extract(cases=[(0, "received_date", "soon")])
    case = next(csv.DictReader((folder / "cases.csv").open()))["case_id"]
    verdict = load.check([folder], judge)
    assert failed(verdict)["cases.received_date.readable"] == (2,)
    for table in ("children", "advice", "decisions", "meetings", "actions", "information_sharing", "file_audits"):
        own = [at for at, row in enumerate(rows(folder / f"{table}.csv"), start=2) if row["case_id"] == case]
        assert failed(verdict).get(f"{table}.case_id.known", ()) == tuple(own)
        assert verdict.tables[table]["quarantined"] == len(own)


def test_an_action_of_a_lost_meeting_follows_it(judge: Judge, extract: Extract) -> None:
    with_meeting = next(row["meeting_id"] for row in rows(SAMPLE / "actions.csv") if row["meeting_id"])
    at = [row["meeting_id"] for row in rows(SAMPLE / "meetings.csv")].index(with_meeting)
    folder = extract(meetings=[(at, "meeting_type", "CHAT")])
    own = [n for n, row in enumerate(rows(folder / "actions.csv"), start=2) if row["meeting_id"] == with_meeting]
    assert own
    assert failed(load.check([folder], judge))["actions.meeting_id.known"] == tuple(own)


def test_all_of_the_duplicates_go_to_quarantine(judge: Judge, extract: Extract) -> None:
    first = rows(SAMPLE / "file_audits.csv")[0]["audit_id"]
    verdict = load.check([extract(file_audits=[(4, "audit_id", first)])], judge)
    assert failed(verdict)["file_audits.audit_id.unique"] == (2, 6)
    assert verdict.tables["file_audits"]["quarantined"] == 2


def test_an_impossible_date_is_accepted_with_a_warning(judge: Judge, extract: Extract) -> None:
    verdict = load.check([extract(meetings=[(0, "meeting_date", "1999-02-01")])], judge)
    assert verdict.accepted
    assert failed(verdict) == {"meetings.not_before_receipt": (2,)}
    assert verdict.count("quarantined") == 0


@pytest.mark.parametrize(
    ("spoil", "rule"),
    [
        (lambda folder: header(folder, "cases", "exit_type", "leaving"), "file_columns.known"),
        (lambda folder: header(folder, "cases", "exit_type", "exit_date"), "file_columns.single"),
        (lambda folder: header(folder, "decisions", "forum", ""), "file_columns.present"),
        (lambda folder: (folder / "visits.csv").write_text("when,where\n1,2\n"), "file_tables.known"),
        (lambda folder: (folder / "cases.csv").unlink(), "file_tables.needed"),
        (lambda folder: change(folder / "extract.csv", [(0, "area_code", "W06000007")]), "extract.area_code.listed"),
        (
            lambda folder: (folder / "extract.csv").write_text((SAMPLE / "extract.csv").read_text() * 2),
            "extract.one_row",
        ),
        (
            lambda folder: change(folder / "cases.csv", [(n, "role_group", "X") for n in range(8)]),
            "file_rows.bad_share",
        ),
    ],
)
def test_a_file_that_is_wrong_as_a_whole_is_refused(
    spoil: Callable[[Path], object], rule: str, judge: Judge, extract: Extract, tmp_path: Path
) -> None:
    folder = extract()
    spoil(folder)
    store = Store(tmp_path / "store")
    verdict = load.load(store, [folder], judge)
    assert not verdict.accepted
    assert rule in failed(verdict)
    assert (verdict.count("accepted"), verdict.count("quarantined"), verdict.load) == (0, 0, None)
    assert not store.path.exists(), "something of a refused file was kept"
    assert verdict.as_json("cy")["refused_because"]


def test_a_table_that_is_not_sent_is_a_warning(judge: Judge, extract: Extract) -> None:
    folder = extract()
    (folder / "advice.csv").unlink()
    verdict = load.check([folder], judge)
    assert verdict.accepted
    assert [finding.places for finding in verdict.findings] == [("advice",)]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("extract.pdf", b"%PDF", "load.unknown_kind"),
        ("extract.xlsx", b"not a workbook", "load.not_readable"),
        ("extract.zip", b"PK nonsense", "load.not_readable"),
        ("cases.csv", b'case_id\n"c_1\n', "load.not_readable"),
        ("notes.csv", b"a,b\n1,2\n", "load.no_tables"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(
    name: str, content: bytes, reason: str, judge: Judge, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    verdict = load.check([tmp_path / name], judge)
    assert [fault.key for fault in verdict.because] == [reason]
    assert verdict.as_json("en")["refused_because"]


def test_a_workbook_and_a_zip_hold_the_same_load_as_the_folder(judge: Judge, tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    first = load.load(store, [SAMPLE], judge)
    for again in (workbook(tmp_path / "a.xlsx"), packed(tmp_path / "a.zip"), *[shuffled(tmp_path / "shuffled")]):
        verdict = load.load(store, [again], judge)
        assert verdict.already_held
        assert verdict.load == first.load
    assert len(store.received.lines()) == 1


def test_a_snapshot_in_the_future_is_refused(judge: Judge, extract: Extract) -> None:
    verdict = load.check([extract(extract=[(0, "snapshot_date", "2035-12-31")])], judge)
    assert [fault.key for fault in verdict.because] == ["load.future_snapshot"]


def test_a_cell_with_a_spreadsheet_error_is_not_read_as_a_blank(judge: Judge, tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "errors.xlsx") as book:
        book.add_worksheet("cases").write_formula("F2", "=NA()", None, "#N/A")
    (fault,) = load.check([tmp_path / "errors.xlsx"], judge).because
    assert (fault.key, fault.values["cells"]) == ("load.error_cells", "F2")


def test_what_a_mac_adds_to_a_zip_is_passed_over(judge: Judge, tmp_path: Path) -> None:
    path = packed(tmp_path / "mac.zip")
    with zipfile.ZipFile(path, "a") as zipped:
        zipped.writestr("__MACOSX/extract/._cases.csv", b"\x00\x05\x16\x07")
    assert load.check([path], judge).accepted


def test_an_unknown_sheet_is_named_by_its_place_in_the_workbook(judge: Judge, tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "extra.xlsx") as book:
        for name in ("read_me", "codes", "columns", "extract", "Notes", "cases"):
            book.add_worksheet(name).write(0, 0, "case_id")
        book.add_worksheet("Sheet7")  # as spreadsheets add of themselves; it holds nothing
    known = [
        each for each in load.check([tmp_path / "extra.xlsx"], judge).findings if each.rule.id == "file_tables.known"
    ]
    assert [each.places for each in known] == [("5",)]


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_every_row_read_is_accepted_or_in_quarantine(
    data: st.DataObject, judge: Judge, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = Path(
        shutil.copytree(SAMPLE, tmp_path_factory.mktemp("any") / "extract", ignore=shutil.ignore_patterns("*.md"))
    )
    table = data.draw(
        st.sampled_from([name for name in extract_format.tables() if name not in ("extract", "helpline")])
    )
    columns = list(extract_format.tables()[table].columns)
    size = len(rows(folder / f"{table}.csv"))
    cells = st.tuples(
        st.integers(0, size - 1),
        st.sampled_from(columns),
        st.sampled_from(["", "?", "2031-01-01", "1999-13-01", "Y", "c_0123456789abcdef", "NaN", "-1", "=1+1"]),
    )
    change(folder / f"{table}.csv", data.draw(st.lists(cells, max_size=12)))
    store = Store(folder.parent / "store")
    verdict = load.load(store, [folder], judge)
    if not verdict.accepted:
        assert not store.path.exists()
        return
    for name, counts in verdict.tables.items():
        assert counts["read"] == counts["accepted"] + counts["quarantined"]
        kept = pl.read_parquet(store.load(str(verdict.load)) / "accepted" / f"{name}.parquet")
        raw = pl.read_parquet(store.load(str(verdict.load)) / "raw" / f"{name}.parquet")
        assert (kept.height, raw.height) == (counts["accepted"], counts["read"])
        findings = pl.read_parquet(store.load(str(verdict.load)) / "findings.parquet")
        held = findings.filter(table=name, on_failure="quarantine")["source_row"].unique()
        assert set(held).isdisjoint(kept["source_row"])
        assert set(held) | set(kept["source_row"]) == set(raw["source_row"])


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as source:
        return list(csv.DictReader(source))


def header(folder: Path, table: str, old: str, new: str) -> None:
    first, *rest = (folder / f"{table}.csv").read_text().splitlines()
    (folder / f"{table}.csv").write_text("\n".join([",".join(new if c == old else c for c in first.split(",")), *rest]))


def workbook(path: Path) -> Path:
    """The sample as people's workbooks are: dates as dates, numbers as numbers, times as times."""
    with xlsxwriter.Workbook(path) as book:
        day, minute = (book.add_format({"num_format": form}) for form in ("yyyy-mm-dd", "hh:mm"))
        for source in sorted(SAMPLE.glob("*.csv")):
            sheet = book.add_worksheet(source.stem)
            with source.open(newline="") as lines:
                for at, row in enumerate(csv.reader(lines)):
                    for column, text in enumerate(row):
                        if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
                            sheet.write_datetime(at, column, datetime.fromisoformat(text), day)
                        elif re.fullmatch(r"\d\d:\d\d", text):
                            sheet.write_datetime(at, column, time.fromisoformat(text), minute)
                        elif re.fullmatch(r"\d+", text):
                            sheet.write_number(at, column, int(text))
                        else:
                            sheet.write_string(at, column, text)
        book.add_worksheet("codes").write_string(0, 0, "the sheets of the empty workbook that are no tables stay")
    return path


def packed(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as zipped:
        for source in SAMPLE.glob("*.csv"):
            zipped.write(source, f"extract/{source.name}")
    return path


def shuffled(folder: Path) -> Path:
    """The sample with the rows of every table in another order."""
    folder.mkdir()
    order = random.Random(7)
    for source in SAMPLE.glob("*.csv"):
        first, *rest = source.read_text().splitlines()
        order.shuffle(rest)
        (folder / source.name).write_text("\n".join([first, *rest]) + "\n")
    return folder
