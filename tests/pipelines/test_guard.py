"""What is no plain table, zip of tables or workbook is turned away at the door, in words, before anything parses it."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import xlsxwriter

from assurance.errors import Refused
from pipelines import guard
from pipelines.limits import COLUMNS_LIMIT, MB, PARTS_LIMIT, UNPACKED_MB, limits
from tests.conftest import NORTHMOOR, REGION, ROOT, SAMPLE

LIMIT_MB = 10

CELL = '<row r="1"><c r="A1" t="inlineStr"><is><t>case_id</t></is></c></row>'
PARTS = {
    "[Content_Types].xml": "<Types/>",
    "_rels/.rels": "<Relationships/>",
    "docProps/app.xml": "<Properties/>",
    "docProps/core.xml": "<coreProperties/>",
    "xl/workbook.xml": "<workbook/>",
    "xl/_rels/workbook.xml.rels": "<Relationships/>",
    "xl/styles.xml": "<styleSheet/>",
    "xl/theme/theme1.xml": "<theme/>",
    "xl/worksheets/sheet1.xml": f"<worksheet><sheetData>{CELL}</sheetData></worksheet>",
}


def refused(path: Path, limit_mb: int = LIMIT_MB) -> list[str]:
    """Why a file is turned away; empty if it may come in."""
    try:
        guard.guard(path, limit_mb)
    except Refused as fault:
        assert all(fault.says(lang) for lang in ("en", "cy"))
        return [reason.key for reason in fault.reasons]
    return []


def book(path: Path, parts: Mapping[str, str | bytes] | None = None, **sheets: str) -> Path:
    """A workbook of the usual parts, and others; ``sheet1="<row>…"`` are the rows of one."""
    own = {f"xl/worksheets/{name}.xml": f"<worksheet><sheetData>{rows}</sheetData>" for name, rows in sheets.items()}
    with zipfile.ZipFile(path / "book.xlsx", "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in {**PARTS, **own, **(parts or {})}.items():
            packed.writestr(name, content)
    return path / "book.xlsx"


def packed(path: Path, parts: Mapping[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path / "tables.zip", "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in parts.items():
            zipped.writestr(name, content)
    return path / "tables.zip"


def text(path: Path, content: bytes, name: str = "cases.csv") -> Path:
    (path / name).write_bytes(content)
    return path / name


def test_a_worker_cannot_take_the_machine_s_memory() -> None:
    """In a process of its own, since a ceiling stays."""
    greedy = "from pipelines.guard import limit_this_process as limit; limit(); limit(); bytearray(6 << 30)"
    done = subprocess.run([sys.executable, "-c", greedy], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "MemoryError" in done.stderr


# What may come in


def test_every_sample_comes_in() -> None:
    paths = [*SAMPLE.glob("*.csv"), *NORTHMOOR.glob("*.csv"), *REGION.glob("*.zip")]
    assert len(paths) > 30
    assert [path.name for path in paths if refused(path)] == []


def test_an_ordinary_workbook_comes_in(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "made.xlsx") as made:
        sheet = made.add_worksheet("cases")
        sheet.add_table("A1:C20", {"columns": [{"header": name} for name in ("case_id", "status", "link")]})
        sheet.data_validation("B2:B1048576", {"validate": "list", "source": ["OPEN", "CLOSED"]})
        sheet.set_column("A:XFD", 12, made.add_format({"bold": True}))
        sheet.set_row(1_048_575, 20)
        sheet.write_url("C2", "https://www.example.org/")
        sheet.conditional_format("A1:A1048576", {"type": "duplicate"})
        chart = made.add_chart({"type": "line"})
        chart.add_series({"values": "=cases!$A$2:$A$9"})
        made.add_worksheet("charts").insert_chart("A1", chart)
        made.define_name("everything", "=cases!$A$1:$XFD$1048576")
    assert refused(tmp_path / "made.xlsx") == []


@pytest.mark.parametrize(
    "part",
    [
        "xl/sharedStrings.xml",
        "xl/SharedStrings.xml",
        "xl/calcChain.xml",
        "xl/metadata.xml",
        "xl/metadata",
        "xl/printerSettings/printerSettings1.bin",
        "xl/persons/person.xml",
        "xl/tables/table1.xml",
        "xl/drawings/vmlDrawing1.vml",
        "xl/richData/rdrichvalue.xml",
        "xl/featurePropertyBag/featurePropertyBag.xml",
        "docMetadata/LabelInfo.xml",
        "docProps/custom.xml",
        "customXml/item1.xml",
        "customXml/itemProps1.xml",
        "customXml/_rels/item1.xml.rels",
    ],
)
def test_what_excel_google_and_sharepoint_put_beside_the_sheets_comes_in(part: str, tmp_path: Path) -> None:
    assert refused(book(tmp_path, {part: "<x/>"})) == []


@pytest.mark.parametrize(
    "content",
    [
        b"case_id,status\nc_1,OPEN\n",
        b"\xef\xbb\xbfcase_id;status\r\nc_1;OPEN\r\n",
        b"case_id,status\rc_1,OPEN\r",
        "case_id\tstatus\nc_1\tOPEN – â\n".encode("utf-16"),
        "case_id,area\nc_1,Ynys Môn\n".encode("cp1252"),
        b"case_id,status\nc_1,OPEN\n\x1a",
        b"case_id",
    ],
)
def test_text_in_every_encoding_and_form_that_councils_write_comes_in(content: bytes, tmp_path: Path) -> None:
    assert refused(text(tmp_path, content)) == []


def test_cells_that_are_only_formatted_reach_nowhere(tmp_path: Path) -> None:
    assert refused(book(tmp_path, sheet1=f'{CELL}<row r="1048576"><c r="XFD1048576" s="4"/></row>')) == []


def test_what_file_managers_leave_in_a_zip_is_passed_over(tmp_path: Path) -> None:
    left = {"__MACOSX/a/._cases.csv": b"\0", "a/.DS_Store": b"\0", "a/Thumbs.db": b"\0"}
    assert refused(packed(tmp_path, {"a/cases.csv": "case_id\nc_1\n", **left})) == []


def test_the_command_line_may_ask_for_more(tmp_path: Path) -> None:
    far = text(tmp_path, b"c_1,OPEN\n" * 1_000_000)
    assert refused(far) == ["door.too_many_rows"]
    assert refused(far, limit_mb=400) == []
    assert limits(10).unpacked == UNPACKED_MB * MB < limits(400).unpacked


# What a file is


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("cases.csv", b"", "door.empty"),
        ("cases.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "door.other_workbook"),
        ("cases.XLSB", b"PK\x03\x04", "door.other_workbook"),
        ("cases.ods", b"PK\x03\x04", "door.other_workbook"),
        ("cases.xlsm", b"PK\x03\x04", "door.other_workbook"),
        ("cases.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "door.locked_or_old"),
        ("cases.xlsx", b"<html><table><tr><td>", "door.web_page"),
        ("cases.xlsx", b"\xef\xbb\xbf<?xml version='1.0'?><Workbook>", "door.web_page"),
        ("cases.csv", b" <TABLE border=0>", "door.web_page"),
        ("cases.xlsx", b"%PDF-1.7", "load.not_readable"),
        ("cases.csv", b"PK\x03\x04rest", "door.wrong_ending"),
        ("cases.csv", b"%PDF-1.7", "door.wrong_ending"),
        ("cases.csv", b"case_id\n\0\0\0", "door.no_text"),
        ("cases.csv", "case_id,status\n".encode("utf-16-le"), "door.no_text"),
        ("cases.csv", "case_id,status\n".encode("utf-32"), "door.no_text"),
        ("cases.zip", b"PK\x05\x06", "load.not_readable"),
        ("no-such-file.csv", None, "load.no_such_file"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(
    name: str, content: bytes | None, reason: str, tmp_path: Path
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    assert refused(tmp_path / name) == [reason]


def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "cases.csv")
    assert refused(tmp_path / "cases.csv") == ["load.no_such_file"]


def test_a_document_of_another_program_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "letter.xlsx"
    with zipfile.ZipFile(path, "w") as letter:
        letter.writestr("word/document.xml", "<document/>")
    assert refused(path) == ["door.not_a_workbook"]


# Zips


def test_a_zip_that_would_unpack_to_too_much_is_refused(tmp_path: Path) -> None:
    assert refused(packed(tmp_path, {"cases.csv": b"0" * 2 * MB})) == ["load.unpacks_too_large"]


@pytest.mark.parametrize(
    ("names", "reason"),
    [
        (["../cases.csv"], "door.zip_outside"),
        (["/etc/cases.csv"], "door.zip_outside"),
        (["a\\..\\..\\cases.csv"], "door.zip_outside"),
        (["C:/cases.csv"], "door.zip_outside"),
        (["cases.csv", "more.zip"], "door.zip_nested"),
        (["cases.csv", "cases.xlsx"], "door.zip_nested"),
        (["cases.csv", "notes.docx", "photo.jpg"], "door.zip_other"),
        (["cases.csv", "CASES.csv"], "door.zip_twice"),
        ([f"{n}.csv" for n in range(PARTS_LIMIT + 1)], "door.too_many_parts"),
    ],
)
def test_a_zip_holds_tables_and_nothing_else(names: list[str], reason: str, tmp_path: Path) -> None:
    assert refused(packed(tmp_path, {name: "case_id\n" for name in names})) == [reason]


def test_a_link_in_a_zip_is_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("cases.csv")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "link.zip", "w") as zipped:
        zipped.writestr(link, "/etc/passwd")
    assert refused(tmp_path / "link.zip") == ["door.zip_outside"]


def test_a_locked_zip_is_refused(tmp_path: Path) -> None:
    path = packed(tmp_path, {"cases.csv": "case_id\n"})
    content = bytearray(path.read_bytes())
    content[6] |= 1  # the flag of a locked part, where the part stands and in the list
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    assert refused(path) == ["door.zip_locked"]


def test_a_list_of_parts_longer_than_any_is_not_even_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = packed(tmp_path, {f"{n:0>60}.csv": "" for n in range(12_000)})
    monkeypatch.setattr(zipfile, "ZipFile", None)
    assert refused(path) == ["door.too_many_parts"]


def test_a_part_that_is_longer_than_it_says_is_damaged(tmp_path: Path) -> None:
    path = packed(tmp_path, {"cases.csv": "case_id\n" * 1000})
    content = bytearray(path.read_bytes())
    at = content.index(b"PK\x01\x02") + 24
    content[at : at + 4] = (8).to_bytes(4, "little")
    path.write_bytes(content)
    assert refused(path) == ["load.not_readable"]


# Workbooks


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        ("xl/vbaProject.bin", "door.has_macros"),
        ("xl/macrosheets/sheet1.xml", "door.has_macros"),
        ("xl/activeX/activeX1.bin", "door.has_macros"),
        ("customUI/customUI.xml", "door.has_macros"),
        ("xl/externalLinks/externalLink1.xml", "door.has_links"),
        ("xl/connections.xml", "door.has_links"),
        ("xl/queryTables/queryTable1.xml", "door.has_links"),
        ("xl/comments1.xml", "door.has_comments"),
        ("xl/threadedComments/threadedComment1.xml", "door.has_comments"),
        ("xl/pivotCache/pivotCacheRecords1.xml", "door.has_copies"),
        ("xl/model/item.data", "door.has_copies"),
        ("xl/revisions/revisionLog1.xml", "door.has_copies"),
        ("xl/media/image1.png", "door.has_objects"),
        ("xl/embeddings/oleObject1.bin", "door.has_objects"),
        ("xl/something/new.xml", "door.unknown_parts"),
        ("cases.csv", "door.unknown_parts"),
        ("XL\\vbaProject.bin", "door.has_macros"),
    ],
)
def test_a_part_that_runs_fetches_or_hides_something_is_refused(part: str, reason: str, tmp_path: Path) -> None:
    assert refused(book(tmp_path, {part: "<x/>"})) == [reason]


def test_all_that_is_wrong_with_the_parts_is_said_at_once(tmp_path: Path) -> None:
    parts = {"xl/vbaProject.bin": "", "xl/comments1.xml": "<x/>"}
    assert refused(book(tmp_path, parts)) == ["door.has_macros", "door.has_comments"]


@pytest.mark.parametrize(
    ("part", "content", "reason"),
    [
        ("xl/styles.xml", '<!DOCTYPE x [<!ENTITY a "a">]><styleSheet>&a;</styleSheet>', "door.declares"),
        ("xl/theme/theme1.xml", "<theme/>".encode("utf-16"), "load.not_readable"),
        ("customXml/item1.xml", '<DataMashup xmlns="http://schemas.microsoft.com/DataMashup">', "door.has_links"),
        (
            "xl/_rels/workbook.xml.rels",
            '<Relationship Type="x/attachedTemplate" Target="http://example.org/" TargetMode="External"/>',
            "door.has_links",
        ),
        ("xl/theme/theme1.xml", "x" * 3 * MB, "load.not_readable"),
    ],
)
def test_what_a_part_holds_is_looked_at(part: str, content: str | bytes, reason: str, tmp_path: Path) -> None:
    noise = {"docProps/custom.xml": "<x>" + "".join(f"<y>{n * 7919}</y>" for n in range(50_000)) + "</x>"}
    assert refused(book(tmp_path, {part: content, **noise})) == [reason]


FAR = '<c r="A1"><v>1</v></c>'


@pytest.mark.parametrize(
    "rows",
    [
        f'<row r="1">{FAR}</row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        f'<row>{FAR}<c><v>1</v></c></row><row r="1048576"><c><v>1</v></c></row>',
        f"<row>{FAR}<c  t='n'  r = 'XFD1048576' ><v>1</v></c></row>",
        f'<x:row r="1">{FAR}<x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>',
        f'<row r="1">{FAR}<c r="ZZZZZZ9"><v>1</v></c></row>',
        f'<row r="1">{FAR}<c r="A99999999"><v>1</v></c></row>',
        f'<row r="1">{FAR}<c x=">" r="XFD1"><v>1</v></c></row>',
        f"<row r='1'>{FAR}{'<c><v>1</v></c>' * (COLUMNS_LIMIT + 1)}</row>",
        f'{FAR}<row r="1048575"/><row/><row><c><v>1</v></c></row>',
    ],
)
def test_a_cell_at_the_far_edge_is_seen_however_it_is_written(rows: str, tmp_path: Path) -> None:
    assert refused(book(tmp_path, sheet1=rows)) == ["door.reaches_too_far"]


def test_the_far_cell_is_named(tmp_path: Path) -> None:
    with pytest.raises(Refused) as fault:
        guard.guard(book(tmp_path, sheet1=f'{FAR}<c r="XFD9"><v>1</v></c>'), LIMIT_MB)
    assert "XFD9" in fault.value.says("en")


def test_a_sheet_may_stand_in_any_part(tmp_path: Path) -> None:
    sheet = f'<worksheet><sheetData>{FAR}<c r="XFD1048576"><v>1</v></c></sheetData></worksheet>'
    assert refused(book(tmp_path, {"docProps/app.xml": sheet})) == ["door.reaches_too_far"]


@pytest.mark.parametrize("rows", ['<row><c r="A1<"><v>1', '<row><c r="A1:B2"><v>1</v></c></row>', '<row><c q="'])
def test_a_tag_that_no_writer_writes_is_refused(rows: str, tmp_path: Path) -> None:
    assert refused(book(tmp_path, sheet1=rows)) == ["load.not_readable"]


def test_sheets_that_are_each_in_bounds_may_be_too_much_together(tmp_path: Path) -> None:
    sheets = {f"sheet{n}": f'{FAR}<c r="SF200"><v>1</v></c>' for n in range(1, 4)}
    assert refused(book(tmp_path, **sheets), 1) == ["door.too_many_cells"]
    assert refused(book(tmp_path, **sheets), 2) == []


def test_a_sheet_is_filled_or_small(tmp_path: Path) -> None:
    assert refused(book(tmp_path, sheet1=f'{FAR}<c r="J20000"><v>1</v></c>')) == []
    assert refused(book(tmp_path, sheet1=f'{FAR}<c r="K20000"><v>1</v></c>')) == ["door.too_sparse"]
    filled = "".join(f'<c r="A{row}"><v>{row * 7919}</v></c>' for row in range(1, 3_001))
    assert refused(book(tmp_path, sheet1=f'{filled}<c r="K20000"><v>1</v></c>')) == []


@pytest.mark.parametrize(
    "cell", ['<c r="{0}{1}" t="s"><v>0</v></c>', "<c t = 's'><v>0</v></c>", '<c t="s"><v >0</v></c>']
)
def test_a_long_text_that_many_cells_share_counts_as_often(cell: str, tmp_path: Path) -> None:
    shared = f"<sst><si><t>{'long ' * 6000}</t></si><si><t>short</t></si></sst>"
    noise = "".join(f"<y>{n * 7919}</y>" for n in range(50_000))
    rows = "".join(
        f"<row>{''.join(cell.format(letter, row) for letter in 'ABCDEFGHIJ')}</row>" for row in range(1, 400)
    )
    parts = {"xl/sharedStrings.xml": shared, "docProps/custom.xml": f"<x>{noise}</x>"}
    assert refused(book(tmp_path, parts, sheet1=rows)) == ["load.unpacks_too_large"]
    assert refused(book(tmp_path, parts, sheet1=rows.replace(">0<", ">1<"))) == (
        [] if "<v>" in cell else ["load.unpacks_too_large"]  # whose text it is cannot be told, so the longest counts
    )


@pytest.mark.parametrize(
    ("note", "reason"),
    [(b"a note", "load.not_readable"), (b"PK\x05\x06" + b"\0" * 18, "door.not_a_workbook")],
)
def test_a_workbook_in_which_two_programs_may_find_two_archives_is_refused(
    note: bytes, reason: str, tmp_path: Path
) -> None:
    path = book(tmp_path)
    with zipfile.ZipFile(path, "a") as opened:
        opened.comment = note
    assert refused(path) == [reason]


# CSV


def test_a_table_of_too_many_rows_columns_or_cells_is_refused(tmp_path: Path) -> None:
    most = limits(1)
    assert refused(text(tmp_path, b"\n" * (most.rows + 1)), 1) == ["door.too_many_rows"]
    assert refused(text(tmp_path, b"case_id\n" + b"," * COLUMNS_LIMIT), 1) == ["door.too_many_columns"]
    assert refused(text(tmp_path, (b";" * 100 + b"\n") * (most.cells // 100)), 1) == ["door.too_many_cells"]
    assert refused(text(tmp_path, (b"," * 30 + b"\r\n") * 8000), 1) == []


def test_a_line_without_an_end_is_refused(tmp_path: Path) -> None:
    assert refused(text(tmp_path, b"x" * 5 * MB)) == ["door.no_lines"]


def test_the_tables_of_a_zip_count_together(tmp_path: Path) -> None:
    rows = "\n".join(f"c_{n:016x},{n * 7919}" for n in range(limits(1).rows // 2 + 10))
    parts: dict[str, str | bytes] = {"a.csv": rows, "b.csv": rows, "c.csv": rows}
    assert refused(packed(tmp_path, parts), 1) == ["door.too_many_rows"]


@pytest.mark.parametrize("make", [lambda path: packed(path, {"cases.csv": "a\n" * 99}), book])
def test_any_cut_of_an_archive_is_refused(make: Callable[[Path], Path], tmp_path: Path) -> None:
    path = make(tmp_path)
    content = path.read_bytes()
    for end in range(1, len(content), 7):
        path.write_bytes(content[:end])
        assert refused(path) != [], end
