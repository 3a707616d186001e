"""Files that nobody should send and somebody will: made from nothing, or by spoiling good ones.

Run as a program it is the child that tries them: each goes through the guard and the reader, and one line of JSON says
how that ended, how long it took and how large the process grew. What a file holds is never said.
"""

from __future__ import annotations

import csv
import io
import json
import struct
import sys
import tempfile
import traceback
import zipfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from random import Random
from time import process_time
from typing import Final, Literal

import xlsxwriter

from assurance.errors import Refused
from pipelines import guard, read
from tests.conftest import SAMPLE
from tests.faults.hostile import ENDINGS, GENERATORS, Upload, packed

Kind = Literal["generated", "mutated"]
LIMIT_MB: Final = 10


def upload(kind: Kind, seed: int) -> Upload:
    """The file that a seed makes."""
    chance = Random(f"{kind} {seed}")
    return chance.choice(GENERATORS)(chance) if kind == "generated" else _mutated(chance)


# Good files


@cache
def good() -> tuple[Upload, ...]:
    """The sample in every form it may be sent in."""
    tables = {path.stem: path.read_bytes() for path in sorted(SAMPLE.glob("*.csv"))}
    cases = tables["cases"]
    return (
        Upload("extract.xlsx", _workbook(tables)),
        Upload("extract.zip", packed({f"{name}.csv": content for name, content in tables.items()})),
        Upload("stored.zip", packed({f"a/{name}.csv": tables[name] for name in ("cases", "extract")}, 0)),
        Upload("cases.csv", cases),
        Upload("cases.csv", cases.decode().replace(",", ";").encode("cp1252")),
        Upload("cases.csv", cases.decode().replace(",", "\t").encode("utf-16")),
        Upload("advice.csv", b"\xef\xbb\xbf" + tables["advice"].replace(b"\n", b"\r\n")),
    )


def _workbook(tables: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for name, content in tables.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(csv.reader(io.StringIO(content.decode()))):
                sheet.write_row(at, 0, [int(cell) if cell.isdigit() else cell for cell in row])
    return out.getvalue()


# Spoiled ones

MUTATIONS_MOST: Final = 8


def _mutated(chance: Random) -> Upload:
    name, content = chance.choice(good())
    if zipfile.is_zipfile(io.BytesIO(content)) and chance.random() < 0.7:
        content = _spoiled_inside(chance, content)
    else:
        content = _spoiled(chance, content)
    if chance.random() < 0.1:
        name = Path(name).stem + chance.choice(ENDINGS)
    return Upload(name, content)


def _spoiled_inside(chance: Random, content: bytes) -> bytes:
    """An archive with parts spoiled, lost, doubled or exchanged, and everything else about it right."""
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        parts = {name: opened.read(name) for name in opened.namelist()}
    for name in chance.sample(sorted(parts), k=min(len(parts), chance.randint(1, 3))):
        other = chance.choice(sorted(parts))
        match chance.randrange(10):
            case 0:
                del parts[name]
            case 1:
                parts[name] = parts.get(other, b"")
            case 2:
                parts[f"{name}{chance.choice(('2', '.bak', '/x'))}"] = parts[name]
            case _:
                parts[name] = _spoiled(chance, parts[name])
    return packed(parts, chance.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED)))


def _spoiled(chance: Random, content: bytes) -> bytes:
    spoiled = bytearray(content)
    for _ in range(chance.randint(1, MUTATIONS_MOST)):
        size = len(spoiled)
        at = chance.randrange(size + 1)
        end = min(size, at + chance.choice((1, 2, 9, 300, 5000)))
        match chance.randrange(8):
            case 0 if size:
                spoiled[at - 1] ^= 1 << chance.randrange(8)
            case 1:
                spoiled[at:at] = chance.choice(TOKENS)
            case 2:
                del spoiled[at:end]
            case 3:
                spoiled[at:at] = spoiled[at:end]
            case 4:
                spoiled[at:end] = chance.randbytes(end - at)
            case 5:
                spoiled = spoiled[: at + 1]
            case 6:
                token = chance.choice(TOKENS)
                spoiled = bytearray(bytes(spoiled).replace(token, chance.choice(TOKENS), chance.randint(1, 9)))
            case _:
                spoiled[at : at + 4] = struct.pack("<L", chance.choice((0, 1, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF)))
    return bytes(spoiled)


TOKENS: Final = (
    b'"', b"'", b",", b";", b"\t", b"\r", b"\n", b"\r\n", b"\0", b"<", b">", b"/", b"&", b"&amp;", b"]]>", b"<!--",
    b"<![CDATA[", b"<!DOCTYPE x>", b"<c>", b"<c ", b"</c>", b"<row>", b"</row>", b"<v>", b"</v>", b"<is><t>",
    b"</sheetData>",
    b'r="A1"', b'r="XFD1048576"', b'r="A0"', b'r="99"', b't="s"', b't="e"', b't="d"', b't="b"', b't="str"', b't="n"',
    b"1e308", b"-1", b"NaN", b"inf", b"99999999999999999999", b"2958466", b"-693594", b"1904", b"#N/A", b"2011-02-30",
    b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"\xff\xfe", b"\xef\xbb\xbf", b"\xc3", b"\xed\xa0\x80", b"\x1a",
    b"\x85",
    b"case_id", b"received_date", b"c_", b"=cmd|'/c calc'!A1", b"../", b"xl/", b"rId1", b"cases",
)  # fmt: skip
"""What matters to a parser, to be put where it does not belong."""


# The child


def main(kind: Kind, first: int, last: int) -> None:
    """Tries the files of seeds ``first`` up to ``last`` in turn, in this process, and says of each how it went."""
    guard.limit_this_process()
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(first, last):
            name, content = upload(kind, seed)
            path = Path(folder) / name
            path.write_bytes(content)
            Path("/proc/self/clear_refs").write_text("5")  # the highest so far is forgotten
            began = process_time()  # of this process alone, for others are at work on the machine
            how = _tried(path)
            seconds = process_time() - began
            path.unlink()
            print(json.dumps({"seed": seed, "how": how, "seconds": seconds, "peak_mb": _peak_mb()}), flush=True)


def _peak_mb() -> int:
    """The most memory held since it was last forgotten. What ``getrusage`` tells begins with the parent's."""
    (line,) = [each for each in Path("/proc/self/status").read_text().splitlines() if each.startswith("VmHWM")]
    return int(line.split()[1]) >> 10


def _tried(path: Path) -> str:
    try:
        read.read([path], LIMIT_MB)
    except Refused as fault:
        return fault.reasons[0].key
    except BaseException as fault:
        if isinstance(fault, KeyboardInterrupt):
            raise
        place = traceback.extract_tb(fault.__traceback__)[-1]
        return f"unhandled: {type(fault).__name__} in {Path(place.filename).name}:{place.lineno}"
    return "read"


if __name__ == "__main__":
    main("generated" if sys.argv[1] == "generated" else "mutated", int(sys.argv[2]), int(sys.argv[3]))
