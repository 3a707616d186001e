"""The messy twin of Northmoor's latest month: the same rows as people's spreadsheets hold them.

Knows every untidiness that the reader puts right without asking. Takes the rows from ``northmoor/2026-09`` and changes
no meaning; loading the twin gives exactly the accepted rows of the tidy month.

    python data/sample/make_messy.py     writes messy/northmoor-2026-09.xlsx and .zip beside this file
"""

from __future__ import annotations

import csv
import io
import random
import sys
import zipfile
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

import xlsxwriter

HERE: Final = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1]))

from pipelines import extract_format  # noqa: E402 - the project is found once its folder is on the path
from pipelines.extract_format import Column  # noqa: E402

TIDY: Final = HERE / "northmoor" / "2026-09"
MESSY: Final = HERE / "messy"
SEED: Final = 2609
MADE_AT: Final = datetime(2026, 10, 1, tzinfo=UTC)
MONTHS: Final = ("Ion", "Chwef", "Maw", "Ebr", "Mai", "Meh", "Gorff", "Awst", "Medi", "Hyd", "Tach", "Rhag")
ENGLISH: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
BLANKS: Final = ("", "", "", "n/a", "-", "NULL", "nan", "\u00a0")
YES: Final = ("Y", "Yes", "TRUE", "1", "-1", "Oes", "Ydy", "Ie")
NO: Final = ("N", "No", "FALSE", "0", "Nac oes", "Nage")
WORDS: Final = {
    "outcome_code": {"SUB": ("Subst.", "Substantiated", "Wedi'i gadarnhau"), "UNS": ("Unsubst.", "Heb ei gadarnhau")},
    "role_group": {"SUPPORT": ("LSA", "TA", "HLTA", "Cynorthwyydd", "CC/LSA"), "HEAD": ("Pennaeth", "Head teacher")},
}
SHEETS: Final = {
    "cases": "Achosion Medi 2026",
    "meetings": "Strategy meetings",
    "actions": "Camau gweithredu",
    "information_sharing": "Rhannu gwybodaeth",
    "children": "Plant (Sept)",
}
HEADERS: Final = {
    ("cases", "case_id"): "Case\nRef",
    ("cases", "received_date"): "Date\u00a0Rec'd",
    ("cases", "role_group"): "Rôl",
    ("cases", "outcome_code"): "CANLYNIAD",
    ("cases", "closed_date"): " Date closed ",
    ("meetings", "meeting_date"): "Dyddiad y cyfarfod",
    ("actions", "current_due_date"): "Due date",
    ("actions", "completed_date"): "Dyddiad cwblhawyd",
    ("children", "aln_status"): "Darpariaeth ADY/AAA",
    ("children", "age_band"): "Band oedran",
}
TWO_ROWS: Final = {
    "minutes_on_ss_file": ("Minutes", "on SS file"),
    "minutes_on_edu_file": ("", "on EDU file"),
    "minutes_on_hr_file": ("", "on HR file"),
}
"""Headers of two rows, the upper written once over three columns."""
Row = list[Any]


def rows_of(table: str) -> list[dict[str, str]]:
    with (TIDY / f"{table}.csv").open(newline="", encoding="utf-8") as source:
        return list(csv.DictReader(source))


class Mess:
    """How cells come to look in spreadsheets. ``workbook``: dates may be real dates or serial numbers."""

    def __init__(self, *, workbook: bool) -> None:
        self._chance = random.Random(SEED)
        self._workbook = workbook

    def cell(self, column: Column, text: str) -> Any:
        if not text:
            return self._chance.choice(BLANKS) if column.optional else ""
        match column.type:
            case "date":
                return self._date(date.fromisoformat(text))
            case "time":
                return self._chance.choice((text, text.replace(":", "."), f"{text}:00"))
            case "code" if column.list:
                return self._code(column.list, text)
            case "codes":
                return text.replace(";", self._chance.choice((";", "; ", ", ", " / ")))
            case "integer":
                return self._chance.choice((text, f"{text}.0", f" {text} "))
            case "id":
                return f"{text} "
        return text

    def _date(self, day: date) -> Any:
        ways: list[Callable[[date], Any]] = [
            lambda on: f"{on:%d/%m/%Y}",
            lambda on: f"{on:%d.%m.%y}",
            lambda on: f"{on.day}-{ENGLISH[on.month - 1]}-{on:%y}",
            lambda on: f"{on.day} {MONTHS[on.month - 1]} {on.year}",
            lambda on: f"{on:%Y-%m-%d} 00:00:00",
            lambda on: f"{on:%d/%m/%Y} 00:00",
            lambda on: str((on - date(1899, 12, 30)).days),
        ]
        if self._workbook:
            ways += [lambda on: on, lambda on: (on - date(1899, 12, 30)).days]
        return self._chance.choice(ways)(day)

    def _code(self, name: str, code: str) -> str:
        labels = extract_format.codes()[name]
        if {"Y", "N"} <= set(labels):
            return self._chance.choice({"Y": YES, "N": NO}.get(code, (code, str(labels[code]["en"]))))
        words = WORDS.get(name, {}).get(code, ())
        plain = (code, code.lower(), str(labels[code]["en"]), str(labels[code]["cy"]), f"{code} - {labels[code]['en']}")
        return self._chance.choice((*words, *plain))


def headers(table: str, names: Iterable[str]) -> list[str]:
    chance = random.Random(SEED)
    columns = extract_format.tables()[table].columns
    return [
        HEADERS.get((table, name))
        or chance.choice((name, str(columns[name].labels["en"]), str(columns[name].labels["cy"])))
        for name in names
    ]


def lines_of(table: str, mess: Mess) -> list[Row]:
    """A table with a title above, totals and a note below, and its header again where a page ended."""
    columns = extract_format.tables()[table].columns
    rows = rows_of(table)
    if table == "extract":
        return [[f"{columns[name].labels['en']}:", mess.cell(columns[name], text)] for name, text in rows[0].items()]
    header: list[Row] = [headers(table, columns)]
    if table == "meetings":
        lower = header[0]
        header = [
            [TWO_ROWS[name][0] if name in TWO_ROWS else "" for name in columns],
            [TWO_ROWS[name][1] if name in TWO_ROWS else text for name, text in zip(columns, lower, strict=True)],
        ]
    body: list[Row] = [[mess.cell(column, row[name]) for name, column in columns.items()] for row in rows]
    if len(header) == 1 and len(body) > 400:
        body.insert(300, list(header[0]))
    title: list[Row] = [["Northmoor: allegations about people who work with children"], ["As at 30 September 2026"], []]
    below: list[Row] = [[], [f"Total {len(rows)}"], ["Note: not for publication."]]
    return [*title, *header, *body, *below]


def both_in_one(mess: Mess) -> list[Row]:
    """One row a meeting instead of one a case: each case stands as often as it has meetings."""
    cases, meetings = (extract_format.tables()[name].columns for name in ("cases", "meetings"))
    own = [name for name in meetings if name != "case_id"]
    header: Row = [*headers("cases", cases), *headers("meetings", own)]
    of: dict[str, list[dict[str, str]]] = {}
    for meeting in rows_of("meetings"):
        of.setdefault(meeting["case_id"], []).append(meeting)
    lines: list[Row] = [header]
    for case in rows_of("cases"):
        left = [mess.cell(column, case[name]) for name, column in cases.items()]
        for meeting in of.get(case["case_id"], [dict.fromkeys(own, "")]):
            lines.append(
                [*left, *[mess.cell(meetings[name], meeting[name]) if meeting[own[0]] else "" for name in own]]
            )
    return lines


def write_workbook(path: Path) -> None:
    mess = Mess(workbook=True)
    with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"}) as book:
        book.set_properties({"created": MADE_AT.replace(tzinfo=None)})
        for table in extract_format.tables():
            sheet = book.add_worksheet(SHEETS.get(table, table.replace("_", " ").title()))
            for at, line in enumerate(lines_of(table, mess)):
                for column, cell in enumerate(line):
                    if cell != "":
                        sheet.write_string(at, column, cell) if isinstance(cell, str) else sheet.write(at, column, cell)


def write_zip(path: Path) -> None:
    """CSV files with semicolons, in the encodings that spreadsheets write; letters of one are garbled."""
    mess = Mess(workbook=False)
    tables = [name for name in extract_format.tables() if name not in ("cases", "meetings")]
    encodings = {"children": "utf-8-sig", "actions": "utf-16", "advice": "cp1252"}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, lines in [
            ("cases and meetings", both_in_one(mess)),
            *[(each, lines_of(each, mess)) for each in tables],
        ]:
            text = io.StringIO(newline="")
            width = max(len(line) for line in lines)
            csv.writer(text, delimiter=";").writerows([*line, *[""] * (width - len(line))] for line in lines)
            content = text.getvalue()
            if name == "decisions":
                content = content.encode("utf-8").decode("cp1252", errors="ignore")
            info = zipfile.ZipInfo(f"northmoor {name} 2026-09.csv", MADE_AT.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(info, content.encode(encodings.get(name, "utf-8"), errors="replace"))


if __name__ == "__main__":
    MESSY.mkdir(exist_ok=True)
    write_workbook(MESSY / "northmoor-2026-09.xlsx")
    write_zip(MESSY / "northmoor-2026-09.zip")
