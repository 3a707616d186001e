"""The sample region: fourteen invented authorities of different size, one of them truly different.

Knows how they differ; all else is in ``invented.py``. No row is a real person's; see ``region/README.md``.

    python data/sample/make_region.py     writes fourteen zip files into region/ beside this file
"""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Final

from invented import Authority, cases, extract, files, history

SNAPSHOT: Final = date(2026, 9, 30)
FIRST_DAY: Final = date(2025, 10, 1)
DIFFERENT: Final = "X06000109"

# By the last two digits: cases in the year, strategy discussions in time, minutes on file, advice sought, and how
# quickly cases end, in hundredths; then the share of Welsh-medium settings, in hundredths, and the system.
PLAN = """
01   57  80 82 90 100   5 MOSAIC
02  150  82 78 92  95  20 WCCIS
03   32  77 80 86 120  60 WCCIS
04  300  80 84 91 105  15 LIQUIDLOGIC
05   78  83 76 88  90  30 WCCIS
06   25  80 85 90 100  75 SPREADSHEET
07  105  78 81 84 110  25 ECLIPSE
08   48  81 88 93  85  45 WCCIS
09  180  52 79 90 100  20 MOSAIC
10   66  79 74 87 115  10 WCCIS
11  230  81 80 92 100  10 MOSAIC
12   40  80 83 90  95  65 WCCIS
13  125  79 77 89 105  35 LIQUIDLOGIC
14   90  82 86 90 100  40 WCCIS
"""

HERE: Final = Path(__file__).parent


def authorities() -> list[Authority]:
    return [_authority(*line.split()) for line in PLAN.strip().splitlines()]


def _authority(
    number: str, count: str, in_time: str, minuted: str, sought: str, pace: str, welsh: str, system: str
) -> Authority:
    return Authority(
        area=f"X060001{number}",
        seed=10_100 + int(number),
        first_day=FIRST_DAY,
        last_day=SNAPSHOT,
        cases=int(count),
        in_time=(int(in_time) / 100, int(in_time) / 100),
        pace=(int(pace) / 100, int(pace) / 100),
        advice_sought=int(sought) / 100,
        minuted=int(minuted) / 100,
        welsh_medium=int(welsh) / 100,
        system=system,
    )


def zipped(authority: Authority) -> bytes:
    """Its extract as a zip; each file dated the snapshot, so that the bytes do not change."""
    out = io.BytesIO()
    tables = files(extract(authority, history(authority, cases(authority)), SNAPSHOT))
    with zipfile.ZipFile(out, "w") as packed:
        for name, text in tables.items():
            entry = zipfile.ZipInfo(f"{name}.csv", (SNAPSHOT.year, SNAPSHOT.month, SNAPSHOT.day, 0, 0, 0))
            entry.create_system = 3  # the same on every system
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


if __name__ == "__main__":
    folder = HERE / "region"
    folder.mkdir(exist_ok=True)
    for authority in authorities():
        (folder / f"{authority.area}.zip").write_bytes(zipped(authority))
