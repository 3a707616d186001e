"""Hostile, damaged, mislabelled and merely untidy files, made from nothing; and the two steps every maker takes.

Each maker takes its choices from the chance it is given, so that a seed makes one file.
"""

from __future__ import annotations

import csv
import io
import struct
import zipfile
from collections.abc import Callable, Mapping
from random import Random
from typing import Final, NamedTuple


class Upload(NamedTuple):
    """A file as it is sent."""

    name: str
    content: bytes


def packed(parts: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as zipped:
        for name, content in parts.items():
            zipped.writestr(name, content)
    return out.getvalue()


ENDINGS: Final = (".csv", ".xlsx", ".zip", ".xls", ".txt", ".ods", ".XLSX", ".pdf", "")
HEADER: Final = "case_id,adult_id,received_date,status"
ROW: Final = "c_0123456789abcdef,a_0123456789abcdef,2025-04-01,OPEN"
CELLS: Final = (
    "=cmd|'/c calc'!A1", "@SUM(1)", "+1", "-1", "", " ", "\u00a0", "x" * 32_767, "\U0001f600" * 99, "\u202e",
    "a\u0300" * 50,
    "9999-12-31", "0000-00-00", "-0001-01-01", "10000-01-01", "31/12/9999", "01/01/1900", "0.0833333", "1E+400", "NaN",
    "2958466", "2958465.9999999999", "-5", "60", "40636", "99999999999999999999999", "٣", "#REF!", "<5", "Total 25",
    'a"b', '""', "'", "a,b", "a;b", "a\tb", "line\nline", "line\rline", "\x0b", "\x7f", "\x85", "null", "-",
    "Ynys MÃ´n",
)  # fmt: skip
"""Cells that people and machines leave behind."""


def _csv_of_cells(chance: Random) -> Upload:
    lines = [HEADER, *(",".join(chance.choices((*CELLS, "OPEN"), k=chance.randint(0, 6))) for _ in range(99))]
    text = chance.choice(("\n", "\r\n", "\r")).join(lines)
    encoding = chance.choice(("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252"))
    return Upload("cases.csv", text.encode(encoding, errors="replace"))


def _csv_quoted(chance: Random) -> Upload:
    out = io.StringIO()
    writer = csv.writer(
        out, delimiter=chance.choice(",;\t|"), quoting=chance.choice((csv.QUOTE_ALL, csv.QUOTE_MINIMAL))
    )
    writer.writerow(HEADER.split(","))
    writer.writerows(chance.choices(CELLS, k=4) for _ in range(chance.randint(0, 60)))
    return Upload("cases.csv", out.getvalue().encode() + chance.choice((b"", b'"', b'"\n', b"\x1a")))


def _csv_wide(chance: Random) -> Upload:
    width = chance.choice((400, 501, 16_384, 100_000))
    names = (f"h{n}" for n in range(width)) if chance.random() < 0.5 else ("same" for _ in range(width))
    return Upload("cases.csv", f"{HEADER},{','.join(names)}\n{ROW}\n".encode())


def _csv_long(chance: Random) -> Upload:
    row = chance.choice((b"\n", b"\r", b",,,\n", b";\n", ROW.encode() + b"\n"))
    return Upload("cases.csv", HEADER.encode() + b"\n" + row * chance.choice((10_000, 300_000)))


def _csv_one_line(chance: Random) -> Upload:
    return Upload("cases.csv", chance.choice((b'"', b"x", b" ", b"\xc3", b"a ")) * chance.choice((140_000, 3_000_000)))


def _csv_titles(chance: Random) -> Upload:
    above = "\n".join(chance.choices(("", "Report,,,", "Printed 3 Ebrill 2025", ",,"), k=chance.randint(0, 30)))
    below = "\n".join(chance.choices(("", "Total,25", "Cyfanswm,,", "* notes", HEADER, ROW), k=chance.randint(0, 30)))
    return Upload("cases.csv", f"{above}\n{HEADER}\n{ROW}\n{below}".encode())


def _noise(chance: Random) -> Upload:
    start = chance.choice(
        (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-1.7\n", b"<html><table>", b"\x1f\x8b")
    )
    return Upload(f"cases{chance.choice(ENDINGS)}", start + chance.randbytes(chance.choice((0, 1, 30, 5_000))))


def _zip_of_zips(chance: Random) -> Upload:
    content = packed({"cases.csv": f"{HEADER}\n{ROW}\n".encode()})
    for _ in range(chance.randint(1, 9)):
        content = packed({chance.choice(("a.zip", "cases.csv", "a.xlsx")): content})
    return Upload("extract.zip", content)


def _zip_bomb(chance: Random) -> Upload:
    size = chance.choice((1, 20, 60)) << 20
    unit = chance.choice((b"\0", b"\n", b",", ROW.encode() + b"\n"))
    part = chance.choice(("cases.csv", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"))
    bomb = {part: unit * (size // len(unit))}
    is_book = part.startswith("xl/")
    return Upload("extract.xlsx" if is_book else "extract.zip", packed({**_parts(""), **bomb} if is_book else bomb))


def _zip_names(chance: Random) -> Upload:
    names = ("../cases.csv", "/cases.csv", "C:\\cases.csv", "cases.csv/", "cases.csv", "CASES.CSV",
    "a/b/c/cases.csv", ".csv",
             "cases.csv.exe", "\u202ecsv.sesac", "x" * 300 + ".csv", "con.csv", "__MACOSX/._cases.csv",
             "cas\nes.csv", " ")  # fmt: skip
    return Upload("extract.zip", packed(dict.fromkeys(chance.sample(names, k=4), f"{HEADER}\n{ROW}\n".encode())))


def _zip_list(chance: Random) -> Upload:
    """An archive whose list says other things of its parts than the parts do."""
    content = bytearray(packed(_parts(_row(chance)) if chance.random() < 0.5 else {"cases.csv": ROW.encode() * 50}))
    name = "extract.xlsx" if b"xl/workbook.xml" in content else "extract.zip"
    at = content.index(b"PK\x01\x02") + chance.choice((8, 10, 16, 20, 24, 28, 30, 38, 42))
    content[at : at + 4] = struct.pack("<L", chance.choice((0, 1, 8, 0xFFFF, 0xFFFFFFF0)))
    return Upload(name, bytes(content))


NAMES: Final = ("cases", "Cases ", "CASES", "a/b", "'", "&lt;", "x" * 31, "\u202e", "Taflen1", "read_me", "codes", "")
REFS: Final = ("A1", "A2", "B2", "C9", "a3", "XFD1", "A1048576", "XFD1048576", "A0", "0", "AAAA1", "1A", "A", "",
    "A1:B2", "$A$1",
               "A99999999999", "IV65536", "ALM200000")  # fmt: skip
TYPES: Final = ("s", "str", "inlineStr", "n", "b", "d", "e", "x", "")
VALUES: Final = ("0", "1", "-1", "5", "99999", "1e308", "1e999", "nan", "40636.5", "2958466", "-693594",
    "2011-02-30", "x", "",
                 "<![CDATA[1]]>", "&#49;", "&amp;", "&x;", "  7 ", "\u0663", "9" * 400)  # fmt: skip


def _row(chance: Random) -> str:
    """A few rows of cells that break the rules of cells."""
    rows = []
    for _ in range(chance.randint(1, 6)):
        cells = []
        for _ in range(chance.randint(0, 8)):
            place = f' r="{chance.choice(REFS)}"' if chance.random() < 0.7 else ""
            value = chance.choice(VALUES)
            kind = chance.choice(TYPES)
            inner = f"<is><t>{value}</t></is>" if kind == "inlineStr" else f"<v>{value}</v>"
            held = chance.choice((inner, inner, "", "<f>1/0</f>"))
            cells.append(f'<c{place} t="{kind}" s="{chance.choice((0, 1, 7))}">{held}</c>')
        place = chance.choice(("", f' r="{len(rows) + 1}"', ' r="x"'))
        rows.append(f"<row{place}>{''.join(cells)}</row>")
    return "".join(rows)


def _parts(rows: str, *, name: str = "cases", more: str = "", epoch: str = "") -> dict[str, bytes]:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    header = "".join(
        f'<c r="{"ABCD"[at]}1" t="inlineStr"><is><t>{each}</t></is></c>' for at, each in enumerate(HEADER.split(","))
    )
    relations = (("worksheet", "worksheets/sheet1"), ("sharedStrings", "sharedStrings"), ("styles", "styles"))
    related = "".join(
        f'<Relationship Id="rId{at}" Type="{kinds}/{kind}" Target="{target}.xml"/>'
        for at, (kind, target) in enumerate(relations, start=1)
    )
    texts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="rId1" Type="{kinds}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">{related}</Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{kinds}"><workbookPr{epoch}/><sheets>'
        f'<sheet name="{name}" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/styles.xml": f'<styleSheet xmlns="{main}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
        "</styleSheet>",
        "xl/sharedStrings.xml": f'<sst xmlns="{main}"><si><t>OPEN</t></si></sst>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData><row r="1">{header}</row>{rows}</sheetData>'
        f"{more}</worksheet>",
    }
    return {part: text.encode() for part, text in texts.items()}


def _book_of_cells(chance: Random) -> Upload:
    merged = "".join(
        f'<mergeCell ref="{chance.choice(("A1:A9", "B2:D2", "XFD1:XFD9", "A1", "x", "A9:A1"))}"/>' for _ in range(3)
    )
    more = chance.choice(("", "", f"<mergeCells>{merged}</mergeCells>"))
    epoch = chance.choice(("", ' date1904="1"', ' date1904="true"'))
    return Upload("extract.xlsx", packed(_parts(_row(chance), name=chance.choice(NAMES), more=more, epoch=epoch)))


def _book_without(chance: Random) -> Upload:
    parts = _parts(_row(chance))
    for part in chance.sample(sorted(parts), k=chance.randint(1, 2)):
        del parts[part]
    return Upload("extract.xlsx", packed(parts))


def _book_with(chance: Random) -> Upload:
    parts = (
        "xl/vbaProject.bin", "xl/comments1.xml", "xl/externalLinks/externalLink1.xml", "xl/media/image1.png",
        "customXml/item1.xml",
             "docProps/app.xml", "xl/theme/theme1.xml", "xl/worksheets/sheet2.xml", "xl/persons/person.xml",
             "../x", "xl/worksheets/")  # fmt: skip
    content = chance.choice(
        (b"", b"<x/>", b"<!DOCTYPE x []><x/>", chance.randbytes(500), _parts("")["xl/worksheets/sheet1.xml"])
    )
    return Upload("extract.xlsx", packed({**_parts(""), chance.choice(parts): content}))


def _book_of_entities(chance: Random) -> Upload:
    deeper = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    kinds = (f'<!DOCTYPE x [<!ENTITY a0 "ha">{deeper}]>', '<!DOCTYPE x [<!ENTITY a11 SYSTEM "file:///etc/hostname">]>')
    part = chance.choice(("xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"))
    parts = _parts('<row><c t="inlineStr"><is><t>&a11;</t></is></c></row>')
    return Upload("extract.xlsx", packed({**parts, part: chance.choice(kinds).encode() + parts[part]}))


def _book_deep(chance: Random) -> Upload:
    depth = chance.choice((50, 5_000, 200_000))
    tag = chance.choice(("x", "is", "row", "sheetData", "r"))
    return Upload("extract.xlsx", packed(_parts(f"<{tag}>" * depth + f"</{tag}>" * depth), zipfile.ZIP_STORED))


def _book_far(chance: Random) -> Upload:
    far = chance.choice(("XFD1048576", "A1048576", "XFD1", "ALL200000", "J20000", "CV2000", "SF400"))
    cells = (f'<c r="{far}"><v>1</v></c>', f"<c  r='{far}'  t='n' ><v>1</v></c>", f'<c x=">" r="{far}"><v>1</v></c>')
    number = far.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return Upload("extract.xlsx", packed(_parts(f'<row r="{number}">{chance.choice(cells)}</row>')))


def _book_full(chance: Random) -> Upload:
    rows, columns = chance.choice(((10_000, 20), (50, 400), (2, 16_384), (100_000, 1)))
    cell = chance.choice(("<c><v>1</v></c>", '<c t="s"><v>0</v></c>', "<c/>", '<c t="inlineStr"><is><t>x</t></is></c>'))
    return Upload(
        "extract.xlsx", packed(_parts(f"<row>{cell * columns}</row>" * rows), chance.choice((zipfile.ZIP_STORED, 8)))
    )


def _book_shared(chance: Random) -> Upload:
    """A long text that many cells share."""
    parts = _parts('<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>' * chance.choice((100, 5_000)))
    text = "long " * chance.choice((10, 6_500))
    parts["xl/sharedStrings.xml"] = f"<sst><si><t>{text}</t></si><si><r><t>{text}</t></r></si></sst>".encode()
    parts["docProps/app.xml"] = chance.randbytes(40_000).hex().encode()  # so that the whole packs like a workbook
    return Upload("extract.xlsx", packed(parts))


def _book_merged(chance: Random) -> Upload:
    heights = [chance.choice((2, 90, 1_048_576)) for _ in range(chance.choice((5, 20_000)))]
    ranges = "".join(f'<mergeCell ref="A1:A{height}"/>' for height in heights)
    rows = f"<row><c t='inlineStr'><is><t>{ROW[:18]}</t></is></c></row>" * 5_000
    return Upload("extract.xlsx", packed(_parts(rows, more=f"<mergeCells>{ranges}</mergeCells>"), zipfile.ZIP_STORED))


GENERATORS: Final[tuple[Callable[[Random], Upload], ...]] = (
    _csv_of_cells, _csv_of_cells, _csv_quoted, _csv_quoted, _csv_wide, _csv_long, _csv_one_line, _csv_titles,
    _noise, _noise,
    _zip_of_zips, _zip_bomb, _zip_names, _zip_list, _book_of_cells, _book_of_cells, _book_of_cells, _book_without,
    _book_with,
    _book_of_entities, _book_deep, _book_far, _book_full, _book_shared, _book_merged,
)  # fmt: skip
