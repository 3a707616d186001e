"""How long a verdict takes, by the number of rows, and the most memory it took.

The rows are Northmoor's, many times over under references of their own, so that every rule has as much to do as with
true ones. A cold worker takes the time to get warm and that of the first verdict.
``python -m benchmarks.load_speed`` [rows]…
"""

from __future__ import annotations

import re
import resource
import sys
import tempfile
import time
from pathlib import Path

from pipelines.judge import Judge
from pipelines.load import check

NORTHMOOR = Path(__file__).parent.parent / "data" / "sample" / "northmoor" / "2026-09"
ONE_OF_EACH = {"extract", "control_totals", "training", "helpline"}
"""Tables whose keys are no references: they are not multiplied."""


def multiplied(folder: Path, rows: int) -> int:
    """Writes an extract of some more than ``rows`` rows to ``folder`` and returns how many it has."""
    sources = {path.stem: path.read_text().splitlines() for path in NORTHMOOR.glob("*.csv")}
    times = -(-rows // sum(len(lines) - 1 for lines in sources.values()))
    written = 0
    for name, (header, *lines) in sources.items():
        copies = 1 if name in ONE_OF_EACH else times
        text = "\n".join(lines)
        with (folder / f"{name}.csv").open("w") as target:
            target.write(header + "\n")
            for copy in range(copies):
                target.write(re.sub(r"\b([a-z]_)[0-9a-f]{4}", rf"\g<1>{copy:04x}", text) + "\n")
        written += copies * len(lines)
    return written


def main(sizes: list[int]) -> None:
    begun = time.perf_counter()
    judge = Judge()
    print(f"warm after {time.perf_counter() - begun:.1f} s", flush=True)
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            rows = multiplied(Path(folder), size)
            begun, used = time.perf_counter(), time.process_time()
            verdict = check([Path(folder)], judge, limit_mb=1000)
            wall, spent = time.perf_counter() - begun, time.process_time() - used
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        found = ", ".join(f"{each.rule.id} {len(each.rows)}" for each in verdict.findings) or "nothing"
        print(f"{rows:>9,} rows: {wall:5.1f} s, {spent:5.1f} s of processor, {peak:5.0f} MB; found {found}", flush=True)


if __name__ == "__main__":
    main([int(each) for each in sys.argv[1:]] or [20_000, 20_000, 1_000_000])
