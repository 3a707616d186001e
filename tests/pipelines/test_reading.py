"""Extracts as people's spreadsheets hold them are read for what they mean; what has two meanings is asked."""

from __future__ import annotations

import csv
import io
import json
import runpy
import tomllib
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import python_calamine
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from assurance.errors import Refused
from pipelines import aliases, answers, cells, extract_format, load, read, tidy
from pipelines.__main__ import main
from pipelines.cells import How
from pipelines.judge import Judge
from pipelines.store import Store
from tests.conftest import ROOT, SAMPLE

MESSY = ROOT / "data" / "sample" / "messy"
CLEAN = ROOT / "data" / "sample" / "northmoor" / "2026-09"
Extract = Callable[..., Path]


def meant(table: str, column: str, cell: str, **given: str) -> tuple[str | None, How | None]:
    """What one cell of a column means, standing alone in it."""
    found, _ = cells.read(table, extract_format.tables()[table].columns[column], {cell: 1}, given)
    return found[cell]


# Dates


@pytest.mark.parametrize(
    ("cell", "how"),
    [
        ("2011-04-03", None),
        ("03/04/2011", "day_first"),
        ("3/4/11", "day_first"),
        ("03.04.11", "date_form"),
        ("3.4.2011", "date_form"),
        ("3-Apr-11", "month_name"),
        ("3 April 2011", "month_name"),
        ("3rd April 2011", "month_name"),
        ("Sunday 3 April 2011", "month_name"),
        ("April 3, 2011", "month_name"),
        ("3 Ebr 2011", "month_name"),
        ("3 Ebrill 2011", "month_name"),
        ("3ydd Ebrill 2011", "month_name"),
        ("Sul 3 Ebrill 2011", "month_name"),
        ("2011-04-03 00:00:00", "timestamp"),
        ("2011-04-03T14:20", "timestamp"),
        ("03/04/2011 00:00", "timestamp"),
        ("2011/04/03", "date_form"),
        ("20110403", "date_form"),
        ("40636", "serial"),
        ("40636.0", "serial"),
        ("2011-04-02T23:00:00Z", "timestamp"),
        ("2011-04-03T00:00:00+01:00", "timestamp"),
    ],
)
def test_every_form_of_a_date_is_the_third_of_april(cell: str, how: How | None) -> None:
    assert meant("cases", "received_date", cell)[0] == "2011-04-03"
    if how != "timestamp" or "/" not in cell:
        assert meant("cases", "received_date", cell)[1] == how


@pytest.mark.parametrize("number", range(1, 13))
def test_months_are_known_in_both_languages(number: int) -> None:
    welsh = ("Ion", "Chwef", "Maw", "Ebr", "Mai", "Meh", "Gorff", "Awst", "Medi", "Hyd", "Tach", "Rhag")
    english = f"{date(2011, number, 1):%b}"
    for name in (welsh[number - 1], english, f"{welsh[number - 1]}."):
        assert meant("cases", "received_date", f"9 {name} 2011")[0] == date(2011, number, 9).isoformat()


@pytest.mark.parametrize(
    "cell", ["Ebr 2011", "April 2011", "31/02/2011", "32.01.2011", "soon", "2011", "13/13/2011", "1/2"]
)
def test_what_is_no_day_is_left_for_the_rules(cell: str) -> None:
    assert meant("cases", "received_date", cell) == (cell, None)


@pytest.mark.parametrize("cell", ["01/01/1900", "31/12/9999", "01/01/2000", "9999-12-31", "1900-01-01 00:00:00"])
def test_a_default_date_is_no_date(cell: str) -> None:
    assert meant("cases", "closed_date", cell) == (None, "default_date")


def test_a_month_alone_is_the_end_of_a_period_and_of_nothing_else() -> None:
    assert meant("control_totals", "period_start", "Chwef 2012") == ("2012-02-01", "whole_month")
    assert meant("control_totals", "period_end", "Feb 2012") == ("2012-02-29", "whole_month")


@given(st.dates(date(1950, 1, 1), date(2035, 12, 30)))
def test_a_day_written_in_any_form_is_read_as_that_day(day: date) -> None:
    if day in cells.DEFAULT_DATES:
        return
    welsh = ("Ion", "Chwef", "Maw", "Ebr", "Mai", "Meh", "Gorff", "Awst", "Medi", "Hyd", "Tach", "Rhag")
    forms = [
        f"{day:%d/%m/%Y}",
        f"{day:%d.%m.%Y}",
        f"{day.day}/{day.month}/{day:%y}",
        f"{day.day} {welsh[day.month - 1]} {day.year}",
        f"{day:%d-%b-%Y}",
        f"{day:%Y-%m-%d} 00:00:00",
        str((day - date(1899, 12, 30)).days),
    ]
    assert {meant("cases", "received_date", form)[0] for form in forms} == {day.isoformat()}


def dates(written: Mapping[str, int], **given: str) -> tuple[dict[str, str | None], list[cells.Question]]:
    column = extract_format.tables()["cases"].columns["received_date"]
    found, asked = cells.read("cases", column, written, given)
    return {cell: text for cell, (text, _) in found.items()}, asked


def test_a_column_in_american_order_is_asked_about_and_read_as_answered() -> None:
    written = {"03/25/2026": 2, "03/04/2026": 5, "2026-03-09": 1}
    found, (question,) = dates(written)
    assert (question.id, question.kind, question.rows) == ("cases.received_date", "date_order", 7)
    assert question.proposal is None and question.answer is None
    assert found == {"03/25/2026": "03/25/2026", "03/04/2026": "03/04/2026", "2026-03-09": "2026-03-09"}
    found, _ = dates(written, **{"cases.received_date": "month_first"})
    assert found == {"03/25/2026": "2026-03-25", "03/04/2026": "2026-03-04", "2026-03-09": "2026-03-09"}
    found, _ = dates(written, **{"cases.received_date": "day_first"})
    assert found == {"03/25/2026": "03/25/2026", "03/04/2026": "2026-04-03", "2026-03-09": "2026-03-09"}


def test_a_column_in_both_orders_is_asked_about() -> None:
    _, (question,) = dates({"25/03/2026": 2, "03/25/2026": 1, "03/04/2026": 5})
    assert question.kind == "date_order"


def test_a_column_that_proves_its_order_says_so() -> None:
    column = extract_format.tables()["cases"].columns["received_date"]
    found, asked = cells.read("cases", column, {"25/03/2026": 1, "03/04/2026": 1}, {})
    assert found["03/04/2026"] == ("2026-04-03", "date_form")
    assert not asked


def test_local_midnights_written_in_utc_are_the_day_after() -> None:
    found, _ = dates({"2026-06-09 23:00:00": 1, "2026-01-10 00:00:00": 1})
    assert set(found.values()) == {"2026-06-10", "2026-01-10"}
    found, _ = dates({"2026-06-09 23:00:00": 1, "2026-01-10 09:15:00": 1})  # real times of day
    assert set(found.values()) == {"2026-06-09", "2026-01-10"}


# Words


@pytest.mark.parametrize(
    ("table", "column", "cell", "code"),
    [
        *[("cases", "threshold_met", word, "Y") for word in ("Y", "yes", "TRUE", "1", "-1", "Oes", "Ydy", "Ie", "ie")],
        *[("cases", "threshold_met", word, "N") for word in ("N", "No", "false", "0", "Na", "Nac oes", "Nage")],
        *[("cases", "threshold_met", word, "U") for word in ("Unknown", "not known", "Anhysbys", "N/K")],
        ("children", "views_recorded", "NA", "NA"),
        ("children", "views_recorded", "n/a", "NA"),
        ("children", "views_recorded", "Na", "N"),
        ("children", "views_recorded", "Amherthnasol", "NA"),
        ("cases", "outcome_code", "Subst.", "SUB"),
        ("cases", "outcome_code", "Substantiated", "SUB"),
        ("cases", "outcome_code", "Wedi’i gadarnhau", "SUB"),
        ("cases", "outcome_code", "sub", "SUB"),
        ("cases", "outcome_code", "SUB - Substantiated", "SUB"),
        ("cases", "outcome_code", "SUB (Substantiated)", "SUB"),
        ("cases", "role_group", "LSA", "SUPPORT"),
        ("cases", "role_group", "HLTA", "SUPPORT"),
        ("cases", "role_group", "CC/LSA", "SUPPORT"),
        ("cases", "role_group", "Cynorthwyydd", "SUPPORT"),
        ("cases", "role_group", "Pennaeth", "HEAD"),
        ("cases", "role_group", "head teacher", "HEAD"),
        ("cases", "setting_type", "2A Secondary school", "SECONDARY"),
        ("cases", "exit_type", "None", "NONE"),
        ("cases", "exit_type", "dim", "NONE"),
        ("children", "aln_status", "SA+", "SAP"),
        ("children", "age_band", "8 to 10", "8-10"),
        ("children", "age_band", "08-Oct", "8-10"),
        ("children", "age_band", "2026-10-08", "8-10"),
        ("children", "age_band", "2026-08-10", "8-10"),
        ("children", "age_band", "3-Ebr", "3-4"),
        ("children", "age_band", "17.0", "17"),
        ("cases", "threshold_criteria", "T1, T3", "T1;T3"),
        ("cases", "threshold_criteria", "T1;t1; T4", "T1;T4"),
        ("meetings", "attended", "Police / Social services / HR", "POLICE;SS;HR"),
        ("extract", "area_code", "Pembrokeshire County Council", "W06000009"),
        ("extract", "area_code", "Sir Benfro", "W06000009"),
        ("extract", "area_code", "w06000009", "W06000009"),
        ("cases", "received_time", "9.05", "09:05"),
        ("cases", "received_time", "2:30 pm", "14:30"),
        ("cases", "received_time", "0.375", "09:00"),
        ("cases", "prior_reports_count", "3.0", "3"),
        ("control_totals", "value", "1,445", "1445"),
    ],
)
def test_a_word_is_read_as_the_code_it_means(table: str, column: str, cell: str, code: str) -> None:
    assert meant(table, column, cell)[0] == code


@pytest.mark.parametrize("word", ["nan", "None", "NULL", "-", "N/A", "n/a", "—", "#N/A"])
def test_a_word_for_nothing_is_a_blank_where_it_means_nothing_else(word: str) -> None:
    assert meant("cases", "closed_date", word)[0] is None
    assert meant("cases", "setting_id", word)[0] is None


@pytest.mark.parametrize("cell", ["<5", "*", "[c]", "< 5"])
def test_a_suppressed_count_is_not_known_in_a_table_of_counts_and_nowhere_else(cell: str) -> None:
    assert meant("helpline", "contacts", cell) == (None, "suppressed")
    assert meant("cases", "prior_reports_count", cell)[0] == cell


@pytest.mark.parametrize(
    ("word", "code"), [("NFA", "NMT"), ("Not upheld", "UNS"), ("proven", "SUB"), ("Inconclusive", "UNS")]
)
def test_an_outcome_with_two_meanings_is_asked_about(word: str, code: str) -> None:
    column = extract_format.tables()["cases"].columns["outcome_code"]
    found, (question,) = cells.read("cases", column, {word: 3}, {})
    assert found[word] == (word, None)
    assert (question.kind, question.proposal, question.rows) == ("meaning", code, 3)
    assert meant("cases", "outcome_code", word, **{question.id: "UNF"}) == ("UNF", "answered")


def test_no_alias_has_two_meanings() -> None:
    """Within a table no header, and within a list no word, is declared for two columns or codes."""
    sources = [path for path in aliases.SOURCES.glob("*.toml") if path.stem != "values"]
    for table in extract_format.tables():
        said: dict[str, str] = {}
        for path in sources:
            declared = tomllib.loads(path.read_text())["headers"]
            for column, words in [*declared.get("any", {}).items(), *declared.get(table, {}).items()]:
                if column not in extract_format.tables()[table].columns:
                    assert column in {c for t in extract_format.tables().values() for c in t.columns}, column
                    continue
                for word in words:
                    assert said.setdefault(aliases.plain(word), column) == column, (table, word)
        for column in extract_format.tables()[table].columns.values():
            for label in column.labels.values():
                assert said.get(aliases.plain(str(label)), column.name) == column.name, (table, label)
    values = tomllib.loads((aliases.SOURCES / "values.toml").read_text())
    for name, codes in values["codes"].items():
        meanings: dict[str, str] = {}
        for code, words in codes.items():
            assert code in extract_format.codes()[name]
            for word in words:
                assert meanings.setdefault(aliases.lean(word), code) == code, (name, word)
                assert aliases.lean(word) not in aliases.to_ask(name), (name, word)


@pytest.mark.parametrize("table", list(extract_format.tables()))
def test_headers_and_labels_in_both_languages_are_known(table: str) -> None:
    for column in extract_format.tables()[table].columns.values():
        for header in (column.name, *map(str, column.labels.values()), column.name.upper().replace("_", "\n")):
            assert aliases.headers(table)[aliases.plain(header)] == column.name


# Sheets


def sheet(lines: list[list[str | None]], name: str = "advice") -> tidy.Sheet:
    width = max(map(len, lines))
    rows = [[*line, *[None] * (width - len(line))] for line in lines]
    columns = {str(at): pl.Series([row[at] for row in rows], dtype=pl.String) for at in range(width)}
    return tidy.Sheet(name, pl.DataFrame(columns), "xlsx")


def test_titles_totals_notes_and_repeated_headers_are_set_aside_with_their_rows() -> None:
    header: list[str | None] = ["Advice ID", "Case Ref", "Agency", "Advice date"]
    ids = [f"v_{n:016x}" for n in range(3)]
    (found,) = tidy.find(
        sheet(
            [
                ["Northmoor", None],
                [],
                header,
                [ids[0], "c_0", "POLICE", "1/2/2026"],
                header,
                [ids[1], "c_1", "SS", "2/2/2026"],
                [ids[2], "c_2", "SS", "3/2/2026"],
                [],
                ["Total", None, None, "3"],
                ["As at 30 September; draft."],
            ]
        ),
        "advice",
        {},
    )
    assert found.received["source_row"].to_list() == [4, 6, 7]
    assert {(aside.why, aside.rows) for aside in found.set_aside} == {
        ("title", (1,)),
        ("header_again", (5,)),
        ("total", (9,)),
        ("note", (10,)),
    }
    assert [aside.claims for aside in found.set_aside if aside.why == "total"] == [3]


def test_a_header_of_two_rows_is_read_as_one() -> None:
    (found,) = tidy.find(
        sheet(
            [
                ["Meeting", None, "Case", "Minutes", None, "Chair"],
                ["ID", "Date", "Ref", "on SS file", "on HR file", None],
                ["m_0", "2026-01-02", "c_0", "Y", "N", "LADO"],
            ],
            "meetings",
        ),
        "meetings",
        {},
    )
    assert {heading.column for heading in found.headings} == {
        "meeting_id",
        "meeting_date",
        "case_id",
        "minutes_on_ss_file",
        "minutes_on_hr_file",
        "chair_role",
    }


def test_a_row_that_only_looks_odd_is_still_a_row() -> None:
    """A key alone, a blank key, or a row in the middle with one cell is judged, not set aside."""
    lines: list[list[str | None]] = [
        ["Advice ID", "Case Ref", "Agency"],
        ["v_0", None, None],
        [None, None, "SS"],
        [None, "c_1", "SS"],
        ["v_1", None, None],
        [None, None, "EDU"],
    ]
    (found,) = tidy.find(sheet(lines), "advice", {})
    assert found.received["source_row"].to_list() == [2, 3, 4, 5, 6]
    assert not found.set_aside


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("cases", "cases"),
        ("Achosion Medi 2026", "cases"),
        ("northmoor_file_audits_2026-09", "file_audits"),
        ("Strategy meetings (Sept)", "meetings"),
        ("Rhannu gwybodaeth", "information_sharing"),
        ("Control totals", "control_totals"),
    ],
)
def test_a_sheet_is_known_by_its_name(name: str, table: str) -> None:
    assert tidy.table_of(sheet([["x"]], name)) == table


def test_a_sheet_whose_name_says_nothing_is_known_by_its_headers() -> None:
    named: list[str | None] = [
        str(column.labels["cy"]) for column in extract_format.tables()["actions"].columns.values()
    ]
    assert tidy.table_of(sheet([["title"], [], named], "Sheet1")) == "actions"
    assert tidy.table_of(sheet([["when", "where"], ["1", "2"]], "Sheet2")) is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_csv_file_is_read_in_every_encoding_that_spreadsheets_write(encoding: str, mark: str, tmp_path: Path) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=mark).writerows(
        [["Rôl", "Cyfeirnod yr achos", "Canlyniad"], ["Athro neu athrawes", "c_0", "Di-sail"]]
    )
    (tmp_path / "cases.csv").write_bytes(text.getvalue().encode(encoding))
    found = read.read([tmp_path / "cases.csv"]).tables["cases"]
    assert found.select("role_group", "case_id", "outcome_code").row(0) == ("TEACHER", "c_0", "UNF")


def test_garbled_letters_are_put_right_and_said(tmp_path: Path) -> None:
    text = "area_code,extract_id\nYnys Môn,e_0\n".encode().decode("cp1252")
    assert "Ã´" in text
    (tmp_path / "extract.csv").write_text(text, encoding="utf-8")
    extract = read.read([tmp_path / "extract.csv"])
    assert extract.tables["extract"]["area_code"].to_list() == ["W06000001"]
    assert extract.repaired == ("extract",)


def test_cells_merged_down_beside_several_meetings_are_each_ones(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "merged.xlsx") as book:
        own = book.add_worksheet("meetings")
        own.write_row(0, 0, ["Case Ref", "Meeting ID", "Meeting Date", "Chair"])
        own.merge_range(1, 0, 2, 0, "c_0")
        for row, meeting in enumerate(("m_0", "m_1"), start=1):
            own.write_row(row, 1, [meeting, "2026-01-02", "LADO"])
    found = read.read([tmp_path / "merged.xlsx"]).tables["meetings"]
    assert found["case_id"].to_list() == ["c_0", "c_0"]


@pytest.mark.parametrize("is_bare", [True, False])
def test_a_workbook_that_counts_from_1904_is_read_only_where_its_dates_say_that_they_are(
    is_bare: bool, tmp_path: Path
) -> None:
    with xlsxwriter.Workbook(tmp_path / "mac.xlsx", {"date_1904": True}) as book:
        own = book.add_worksheet("advice")
        own.write_row(0, 0, ["Case Ref", "Advice date"])
        own.write(1, 0, "c_0")
        if is_bare:
            own.write_number(1, 1, 40636 - 1462)
        else:
            own.write_datetime(1, 1, date(2011, 4, 3), book.add_format({"num_format": "dd/mm/yyyy"}))
    if is_bare:
        with pytest.raises(Refused) as refusal:
            read.read([tmp_path / "mac.xlsx"])
        assert refusal.value.reasons[0].key == "load.serials_1904"
    else:
        assert read.read([tmp_path / "mac.xlsx"]).tables["advice"]["advice_date"].to_list() == ["2011-04-03"]


def test_times_that_stand_with_dates_fill_a_blank_column_of_times(tmp_path: Path) -> None:
    (tmp_path / "cases.csv").write_text(
        "case_id,received_date\nc_0,2026-01-02 09:15\nc_1,2026-01-03 10:00\nc_2,2026-01-03\n"
    )
    found = read.read([tmp_path / "cases.csv"]).tables["cases"]
    assert found["received_time"].to_list() == ["09:15", "10:00", None]


# The twin


@pytest.fixture(scope="module")
def clean() -> dict[str, pl.DataFrame]:
    return read.read([CLEAN]).tables


@pytest.mark.parametrize("kind", ["xlsx", "zip"])
def test_the_messy_twin_holds_exactly_the_rows_of_the_tidy_month(kind: str, clean: dict[str, pl.DataFrame]) -> None:
    messy = read.read([MESSY / f"northmoor-2026-09.{kind}"])
    assert not messy.questions
    assert not messy.unknown_sheets
    assert {reading.how for reading in messy.readings} >= {"month_name", "serial", "yes_no", "word", "blank_word"}
    assert {aside.why for aside in messy.set_aside} >= {"title", "total", "note", "header_again"}
    for aside in messy.set_aside:
        if aside.why == "total":
            assert aside.claims == clean[aside.table].height
    for table, rows in clean.items():
        key = list(extract_format.tables()[table].key)
        own, twin = (each.drop("source_row", "is_ragged").sort(key) for each in (rows, messy.tables[table]))
        assert own.equals(twin, null_equal=True), table


def test_the_generator_makes_the_committed_twin(tmp_path: Path) -> None:
    make = runpy.run_path(str(ROOT / "data" / "sample" / "make_messy.py"))
    for kind, write in (("xlsx", "write_workbook"), ("zip", "write_zip")):
        made, committed = tmp_path / f"made.{kind}", MESSY / f"northmoor-2026-09.{kind}"
        make[write](made)
        assert parts(made) == parts(committed), "run data/sample/make_messy.py"


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


@pytest.mark.parametrize("kind", ["xlsx", "zip"])
def test_the_messy_twin_is_identical_data(kind: str, judge: Judge, tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    first = load.load(store, [MESSY / f"northmoor-2026-09.{kind}"], judge)
    assert (first.accepted, first.count("quarantined"), first.already_held) == (True, 0, False)
    assert load.load(store, [CLEAN], judge).already_held


# Questions


def renamed(folder: Path, table: str, old: str, new: str) -> Path:
    path = folder / f"{table}.csv"
    header, rest = path.read_text().split("\n", 1)
    path.write_text(",".join(new if each == old else each for each in header.split(",")) + "\n" + rest)
    return folder


def test_an_unknown_header_is_asked_about_with_a_proposal_and_its_answer_is_kept(
    judge: Judge, extract: Extract, tmp_path: Path
) -> None:
    folder = renamed(extract(), "cases", "exit_type", "Exxit tipe of leaver")
    renamed(folder, "cases", "exit_date", "leaving dates")
    store = Store(tmp_path / "store")
    verdict = load.load(store, [folder], judge)
    assert (verdict.accepted, verdict.load) == (False, None)
    assert not store.path.exists(), "something of a refused file was kept"
    asked = verdict.as_json("en")["questions"]
    assert [each["kind"] for each in asked] == ["header", "header"]
    assert asked[0]["proposal"] == "exit_type", "its codes say what it is"
    assert asked[1]["proposal"] == "exit_date"
    assert "Exxit" not in json.dumps(verdict.as_json("en")), "a header may be somebody's name"
    given = {each["id"]: each["proposal"] for each in asked}
    verdict = load.load(store, [folder], judge, load.Options(answers=given))
    assert verdict.accepted
    assert answers.known(store) == given
    assert "Exxit" not in "".join(path.read_text() for path in (store.path / "answers").iterdir())
    assert load.check([folder], judge, store=store).accepted, "the answer was not kept for next month"


def test_an_answer_is_kept_although_the_data_is_held_already(judge: Judge, extract: Extract, tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    load.load(store, [SAMPLE], judge)
    folder = renamed(extract(), "cases", "exit_type", "Exxit tipe of leaver")
    (asked,) = load.check([folder], judge).as_json("en")["questions"]
    given = {asked["id"]: "exit_type"}
    assert load.load(store, [folder], judge, load.Options(answers=given)).already_held
    assert answers.known(store) == given


def test_a_column_can_be_left_out(judge: Judge, extract: Extract, tmp_path: Path) -> None:
    folder = extract()
    lines = (folder / "cases.csv").read_text().rstrip("\n").split("\n")
    wider = [f"{line},{'Phase' if at == 0 else 'x'}" for at, line in enumerate(lines)]
    (folder / "cases.csv").write_text("\n".join(wider) + "\n")
    verdict = load.check([folder], judge)
    (question,) = verdict.as_json("en")["questions"]
    assert not verdict.accepted
    assert "drop" in question["options"]
    assert load.check([folder], judge, load.Options(answers={question["id"]: "drop"})).accepted


def test_the_command_line_asks_and_takes_answers(
    extract: Extract, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SAFEGUARDING_STORE", str(tmp_path / "store"))
    monkeypatch.setattr("pipelines.__main__.limit_this_process", lambda: None)
    folder = extract(cases=[(0, "outcome_code", "NFA")])
    assert main(["check", "--json", str(folder)]) == 1
    (question,) = json.loads(capsys.readouterr().out)["questions"]
    assert question["proposal"] == "NMT"
    assert main(["load", "--json", "--answer", f"{question['id']}=UNS", str(folder)]) == 0
    result = json.loads(capsys.readouterr().out)
    assert (result["verdict"], result["questions"][0]["answer"]) == ("accepted", "UNS")


# Rows to put right


Grid = list[list[Any]]


def edited(path: Path, change: Callable[[dict[str, Grid]], None]) -> dict[str, Grid]:
    """Saves a workbook again after ``change``, as a spreadsheet would; its sheets as they were."""
    book = python_calamine.CalamineWorkbook.from_path(str(path))
    sheets: dict[str, Grid] = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    before = {name: [list(row) for row in grid] for name, grid in sheets.items()}
    change(sheets)
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as again:
        for name, grid in sheets.items():
            own = again.add_worksheet(name)
            for at, row in enumerate(grid):
                own.write_row(at, 0, row)
    return before


def test_the_rows_in_quarantine_come_back_put_right_and_the_counts_add_up(
    judge: Judge, extract: Extract, tmp_path: Path
) -> None:
    folder = extract(cases=[(0, "received_date", "=soon"), (1, "role_group", "WIZARD")])
    store, errors = Store(tmp_path / "store"), tmp_path / "errors.xlsx"
    first = load.load(store, [folder], judge, load.Options(errors_to=errors))
    assert first.accepted
    assert first.count("quarantined") > 2
    right = {at: row for at, row in enumerate(csv.DictReader((SAMPLE / "cases.csv").open()), start=2)}

    def put_right(sheets: dict[str, Grid]) -> None:
        header, *rows = sheets["cases"]
        for row, column in zip(rows, ("received_date", "role_group"), strict=True):
            row[header.index(column)] = right[int(row[0])][column]

    before = edited(errors, put_right)
    assert [row[0] for row in before["cases"][1:]] == [2, 3]
    assert "'=soon" in before["cases"][1], "a cell that a spreadsheet would run"
    again = load.load(store, [errors], judge)
    assert again.accepted
    assert (again.count("read"), again.count("quarantined")) == (first.count("read"), 0)
    assert again.load == load.load(Store(tmp_path / "other"), [SAMPLE], judge).load


def test_a_row_whose_cells_were_cleared_is_left_out_and_one_left_alone_stays_in_quarantine(
    judge: Judge, extract: Extract, tmp_path: Path
) -> None:
    folder = extract(children=[(0, "sex", "many"), (1, "sex", "some")])
    store, errors = Store(tmp_path / "store"), tmp_path / "errors.xlsx"
    first = load.load(store, [folder], judge, load.Options(errors_to=errors))

    def clear(sheets: dict[str, Grid]) -> None:
        sheets["children"][1][2:] = [""] * len(sheets["children"][1][2:])

    edited(errors, clear)
    again = load.load(store, [errors], judge)
    assert again.accepted
    assert again.tables["children"]["read"] == first.tables["children"]["read"] - 1
    assert again.tables["children"]["quarantined"] == 1


def test_rows_of_a_load_that_is_not_held_are_refused(judge: Judge, extract: Extract, tmp_path: Path) -> None:
    errors = tmp_path / "errors.xlsx"
    load.check([extract(training=[(0, "in_scope", "many")])], judge, load.Options(errors_to=errors))
    (fault,) = load.load(Store(tmp_path / "empty"), [errors], judge).because
    assert fault.key == "load.no_such_load"


# Ways to find a person


@pytest.mark.parametrize(
    ("header", "cell", "kind"),
    [
        ("Pupil name", "x", "name"),
        ("D.O.B.", "2011-01-01", "birth_date"),
        ("Dyddiad geni", "2011-01-01", "birth_date"),
        ("Phase", "someone@council.cymru", "email"),
        ("Phase", "SA61 1TP", "postcode"),
        ("Phase", "AB123456C", "national_insurance"),
    ],
)
def test_a_column_that_could_find_a_person_refuses_the_file_and_shows_nothing_of_it(
    header: str, cell: str, kind: str, judge: Judge, extract: Extract, tmp_path: Path
) -> None:
    folder = extract()
    lines = (folder / "cases.csv").read_text().rstrip("\n").split("\n")
    wider = [f"{line},{header if at == 0 else cell}" for at, line in enumerate(lines)]
    (folder / "cases.csv").write_text("\n".join(wider) + "\n")
    store = Store(tmp_path / "store")
    verdict = load.load(store, [folder], judge, load.Options(answers={"cases!AU": "drop"}))
    said = json.dumps([verdict.as_json(lang) for lang in ("en", "cy")])
    assert cell == "x" or cell not in said
    assert not store.path.exists()
    assert not verdict.accepted
    (reason,) = verdict.because
    assert (reason.key, reason.values) == (f"door.holds_{kind}", {"column": "cases!AU", "rows": 25})


def test_a_way_to_find_a_person_in_a_sheet_that_is_no_table_refuses_the_file_too(judge: Judge, tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "two.xlsx") as book:
        book.add_worksheet("cases").write_row(0, 0, ["case_id", "received_date"])
        hidden = book.add_worksheet("Working")
        hidden.write_column(0, 0, ["who to ring", "01437 764551"])
        hidden.hide()
    (reason,) = load.check([tmp_path / "two.xlsx"], judge).because
    assert (reason.key, reason.values["column"]) == ("door.holds_telephone", "2!A")
