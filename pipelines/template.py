"""The empty workbook a council fills in, made from the declaration of the format.

Knows how a spreadsheet helps: lists to choose from, formats that keep codes as text, headers that explain
themselves. Refuses anything that would change what the reader sees: one header row, exactly as declared, and
no example rows.

    python -m pipelines.template     writes it to data/template/
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Any, Final

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from pipelines import extract_format
from pipelines.extract_format import Column, Labels, Table

TEMPLATE: Final = Path(__file__).parent.parent / "data" / "template" / "extract-template.xlsx"

_CREATED: Final = datetime(2026, 1, 1, tzinfo=UTC)  # any constant: the same declaration gives the same bytes
_LAST_ROW: Final = 1_048_575  # of a sheet, from 0: the lists go on for as many rows as are filled
_FORMATS: Final = {"date": "yyyy-mm-dd", "time": "hh:mm", "integer": "0"}
_TEXT: Final = "@"  # all else, or a spreadsheet makes the age band 3-4 the third of April

_READ_ME: Final = (
    Labels(cy="Templed echdyniad", en="Extract template"),
    Labels(
        cy="Llenwch un daflen ar gyfer pob tabl. Yn rhes 1 y mae'r penawdau: peidiwch â'u newid na'u symud.",
        en="Fill in one sheet for each table. Row 1 holds the headers: do not change or move them.",
    ),
    Labels(
        cy="Dechreuwch gydag extract (un rhes), yna cases. Gadewch dabl yn wag os nad oes dim i'w anfon.",
        en="Begin with extract (one row), then cases. Leave a table empty if there is nothing to send.",
    ),
    Labels(
        cy="Anfonwch bob achos a fu ar agor ar unrhyw adeg yn y 36 mis diwethaf, nid y rhai newydd yn unig.",
        en="Send every case that was open at any time in the last 36 months, not only the new ones.",
    ),
    Labels(
        cy="Ysgrifennwch ddyddiadau fel BBBB-MM-DD (2026-09-30) ac amseroedd fel AA:MM (14:05).",
        en="Write dates as YYYY-MM-DD (2026-09-30) and times as HH:MM (14:05).",
    ),
    Labels(
        cy="Lle caniateir sawl gwerth, rhowch ; rhyngddynt, heb fylchau: T1;T3.",
        en="Where several values are allowed, put ; between them, without spaces: T1;T3.",
    ),
    Labels(
        cy="Defnyddiwch y codau ar y daflen codes. Mae'r daflen columns yn egluro pob colofn.",
        en="Use the codes on the sheet codes. The sheet columns explains every column.",
    ),
    Labels(
        cy="Caniateir gadael colofn â phennawd golau, italig yn wag. Rhaid llenwi'r lleill.",
        en="A column with a light, italic header may be left empty. The others must be filled in.",
    ),
    Labels(
        cy="Peidiwch byth ag anfon enwau, dyddiadau geni, cyfeiriadau, rhifau adnabod na thestun rhydd.",
        en="Never send names, dates of birth, addresses, identity numbers or free text.",
    ),
    Labels(
        cy="Mae'r cyngor yn gwneud pob cyfeirnod: llythyren, _ ac 16 nod (0-9, a-f), yr un peth bob mis.",
        en="The council makes references: a letter, _ and 16 characters (0-9, a-f), the same every month.",
    ),
)


def template() -> bytes:
    """The workbook: read_me, a sheet per table, then codes and columns, which the reader passes over."""
    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    book.set_properties({"title": "Templed echdyniad / Extract template", "created": _CREATED})
    _read_me(book)
    lists = _ranges()
    _name_choices(book, lists)
    for table in extract_format.tables().values():
        _table(book, table, lists)
    _sheet(book, "codes", ("list", "code", "Cymraeg", "English"), _code_rows(), (28, 24, 60, 60))
    columns = ("table", "column", "Cymraeg", "English", "type", "list", "optional", "Eglurhad", "Explanation")
    _sheet(book, "columns", columns, _column_rows(), (20, 36, 44, 44, 9, 24, 9, 70, 70))
    book.close()
    return file.getvalue()


def _read_me(book: Any) -> None:
    sheet = book.add_worksheet("read_me")
    wrapped = {"text_wrap": True, "valign": "top"}
    body, title = book.add_format(wrapped), book.add_format(wrapped | {"bold": True, "font_size": 14})
    sheet.set_column(0, 1, 60)
    sheet.write_row(0, 0, ("Darllenwch fi", "Read me"), title)
    for row, text in enumerate(_READ_ME, start=1):
        sheet.write_row(row, 0, (text["cy"], text["en"]), body)


def _table(book: Any, table: Table, lists: Mapping[str, str]) -> None:
    sheet = book.add_worksheet(table.name)
    sheet.freeze_panes(1, 0)
    filled = book.add_format({"bold": True, "bg_color": "#1F3864", "font_color": "#FFFFFF"})
    light = book.add_format({"bold": True, "italic": True, "bg_color": "#E9EDF4", "font_color": "#1F3864"})
    for at, column in enumerate(table.columns.values()):
        cells = book.add_format({"num_format": _FORMATS.get(column.type, _TEXT)})
        sheet.set_column(at, at, max(len(column.name) + 2, 12), cells)
        sheet.write_string(0, at, column.name, light if column.optional else filled)
        sheet.data_validation(0, at, 0, at, {"validate": "any", "input_message": _message(column)})
        if source := _source(table, column, lists):
            sheet.data_validation(1, at, _LAST_ROW, at, {"validate": "list", "source": source})


def _message(column: Column) -> str:
    """What shows when a header is chosen: its label in both languages, and whether it may be left empty."""
    words = f"{column.labels['cy']}{' (dewisol)' * column.optional}\n"
    words += f"{column.labels['en']}{' (optional)' * column.optional}"
    return words


def _source(table: Table, column: Column, lists: Mapping[str, str]) -> str | None:
    """Where a cell's choices stand; None where several may be given: a spreadsheet's list offers one."""
    if column.type == "area":
        return lists[column.name]
    if column.type != "code":
        return None
    if column.list:
        return lists[column.list]
    if column.list_by is None:
        raise ValueError(f"{column.name} has no code list")
    by = xl_rowcol_to_cell(1, list(table.columns).index(column.list_by), col_abs=True)
    return f'=INDIRECT("{column.name}_"&{by})'  # the names that _name_choices gives


def _name_choices(book: Any, lists: Mapping[str, str]) -> None:
    """Name the choices that depend on another cell (decision_value_REVIEW): a formula has no room for all."""
    for table in extract_format.tables().values():
        for column in table.columns.values():
            for code, name in column.lists.items():
                book.define_name(f"{column.name}_{code}", lists[name])


def _code_rows() -> list[tuple[str, ...]]:
    """The areas a council can be, then every code; the codes of one list stand together."""
    areas = {area.code: area.labels for area in extract_format.areas().values() if not area.invented}
    lists = chain([("area_code", areas)], extract_format.codes().items())
    return [(name, code, labels["cy"], labels["en"]) for name, codes in lists for code, labels in codes.items()]


def _ranges() -> dict[str, str]:
    """Where on the sheet codes the codes of each list stand."""
    rows: dict[str, list[int]] = {}
    for row, (name, *_) in enumerate(_code_rows(), start=2):  # as a spreadsheet counts, below the header
        rows.setdefault(name, []).append(row)
    return {name: f"=codes!$B${min(at)}:$B${max(at)}" for name, at in rows.items()}


def _column_rows() -> list[tuple[str, ...]]:
    return [
        (
            table.name,
            column.name,
            column.labels["cy"],
            column.labels["en"],
            column.type,
            " ".join(column.lists_used),
            "Y" if column.optional else "N",
            column.about["cy"] if column.about else "",
            column.about["en"] if column.about else "",
        )
        for table in extract_format.tables().values()
        for column in table.columns.values()
    ]


def _sheet(book: Any, name: str, header: tuple[str, ...], rows: list[tuple[str, ...]], widths: tuple[int, ...]) -> None:
    """A sheet to look things up in."""
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    text = book.add_format({"num_format": _TEXT, "text_wrap": True, "valign": "top"})
    for at, width in enumerate(widths):
        sheet.set_column(at, at, width, text)
    sheet.write_row(0, 0, header, book.add_format({"bold": True}))
    for number, row in enumerate(rows, start=1):
        for at, cell in enumerate(row):
            sheet.write_string(number, at, cell, text)  # never as a number: the code of version 1 is text
    sheet.autofilter(0, 0, len(rows), len(header) - 1)


if __name__ == "__main__":
    TEMPLATE.parent.mkdir(parents=True, exist_ok=True)
    TEMPLATE.write_bytes(template())
