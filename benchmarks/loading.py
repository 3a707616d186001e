"""How long an extract takes from file to verdict, and how much memory: a month of Northmoor, many times over.

    python -m benchmarks.loading 20000 check        rows in all; in a warm worker, as the Upload page has one
    python -m benchmarks.loading 1000000 load       from the command line, start-up included

Prints seconds of wall clock and processor, and the worker's memory. Every copy has references of
its own, so that nothing is a duplicate.
"""

from __future__ import annotations

import csv
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from hashlib import blake2b
from pathlib import Path
from typing import Final

import psutil

ROOT: Final = Path(__file__).parents[1]
MONTH: Final = ROOT / "data" / "sample" / "northmoor" / "2026-09"
ONE_OF: Final = ("extract", "control_totals", "training", "helpline")
"""Tables of which an extract has one set, however many cases it has."""
_REFERENCE: Final = re.compile(r"^([a-z]_)([0-9a-f]{16})$")


def many(rows: int, folder: Path) -> int:
    """Writes an extract of about ``rows`` rows; how many it has."""
    tables = {path.stem: list(csv.reader(path.open(newline="", encoding="utf-8"))) for path in MONTH.glob("*.csv")}
    fixed = sum(len(tables[name]) - 1 for name in ONE_OF)
    copies = max(1, round((rows - fixed) / sum(len(each) - 1 for name, each in tables.items() if name not in ONE_OF)))
    written = 0
    for name, (header, *body) in tables.items():
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as target:
            out = csv.writer(target, lineterminator="\n")
            out.writerow(header)
            for copy in range(1 if name in ONE_OF else copies):
                out.writerows([_own(cell, copy) for cell in row] for row in body)
            written += len(body) * (1 if name in ONE_OF else copies)
    return written


def _own(cell: str, copy: int) -> str:
    """A reference as the copy has it; any other cell as it is."""
    found = _REFERENCE.match(cell)
    return f"{found[1]}{blake2b(f'{copy}{found[2]}'.encode(), digest_size=8).hexdigest()}" if found else cell


def main(rows: int, command: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        extract = Path(folder) / "extract"
        extract.mkdir()
        written = many(rows, extract)
        size = sum(path.stat().st_size for path in extract.iterdir()) >> 20
        limit = ["--limit-mb", str(max(10, 2 * size))]
        environment = {**os.environ, "SAFEGUARDING_STORE": str(Path(folder) / "store")}
        print(f"{written:,} rows, {size} MB")
        if command == "check":
            _warm([command, "--json", *limit, str(extract)], environment)
        else:
            _cold([command, "--json", *limit, str(extract)], environment)


def _warm(arguments: list[str], environment: dict[str, str]) -> None:
    serve = [sys.executable, "-m", "pipelines", "serve"]
    with subprocess.Popen(
        serve,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as worker:
        if worker.stdin is None or worker.stdout is None:
            raise RuntimeError("no pipes")
        process = psutil.Process(worker.pid)
        for times in ("cold", "warm", "warm"):
            began, spent = time.perf_counter(), _processor(process)
            worker.stdin.write(json.dumps(arguments) + "\n")
            worker.stdin.flush()
            answer = next(each for each in map(json.loads, worker.stdout) if "code" in each)
            seconds = time.perf_counter() - began
            result = json.loads(answer["out"])
            processor, memory = _processor(process) - spent, process.memory_info().rss >> 20
            print(f"{times}: {seconds:.1f} s ({processor:.1f} s of processor), {result['verdict']}, {memory} MB")
        worker.stdin.close()


def _processor(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def _cold(arguments: list[str], environment: dict[str, str]) -> None:
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "pipelines", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    seconds, used = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    result = json.loads(done.stdout)
    processor = used.ru_utime + used.ru_stime
    memory = used.ru_maxrss >> 10
    print(f"{seconds:.1f} s ({processor:.1f} s of processor), {result['verdict']}, {memory} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
