"""Real processes that do one thing to a store each, at once if wanted, and can be killed at any moment.

A server that has imported everything, and started no thread, forks a process for each: importing takes longer than all
that is tried here. It judges nothing and makes few indicators, since neither touches the store in another way.

    python -m tests.faults.processes
"""

from __future__ import annotations

import json
import os
import resource
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import polars as pl

from assurance.errors import Refused
from assurance.indicator import Definition
from pipelines import build, judge, load, publish
from pipelines.store import Store
from tests.faults.watched import watched

ROOT: Final = Path(__file__).parent.parent.parent
FEW: Final = ("joint_advice_not_followed", "strategy_discussion_in_time", "cases_by_kind")
"""Indicators enough to make a release quickly."""
LONGEST_SECONDS: Final = 120


@dataclass(frozen=True)
class Job:
    """``do``: load or publish. Killed after some seconds, or just before its so-many-th call that changes the store;
    ``largest_file``: the bytes after which the system refuses to write on."""

    do: str
    store: str
    files: Sequence[str] = ()
    kill_after: float | None = None
    kill_before_call: int | None = None
    largest_file: int | None = None


@dataclass(frozen=True)
class Ended:
    """``name``: of the load, or the publication's number; ``told``: the reasons why not; ``calls`` that changed the
    store. Without ``name`` and ``told`` it was killed before it could say anything."""

    name: str | None
    told: Sequence[str]
    is_held_already: bool
    calls: int
    seconds: float


class AcceptsAll:
    """Stands in for the rules where the store is what is tried."""

    def judge(self, suite: str, rows: pl.DataFrame) -> list[judge.Finding]:
        return []


class Processes:
    """The server, for as long as the block lasts."""

    def __enter__(self) -> Processes:
        environment = {**os.environ, "POLARS_MAX_THREADS": "1"}  # many at once share few cores
        self._server = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.processes"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._server.communicate()

    def run(self, *jobs: Job) -> list[Ended]:
        """Starts all of them at once and waits for the last to end."""
        assert self._server.stdin and self._server.stdout
        print(json.dumps([asdict(job) for job in jobs]), file=self._server.stdin, flush=True)
        return [Ended(**each) for each in json.loads(self._server.stdout.readline())]


def few() -> Callable[[], dict[str, Definition]]:
    """In place of :func:`pipelines.build.definitions`."""
    every = build.definitions()
    return lambda: {slug: every[slug] for slug in FEW}


def _serve() -> None:
    build.definitions = few()
    for line in sys.stdin:
        print(json.dumps(_run([Job(**each) for each in json.loads(line)])), flush=True)


def _run(jobs: Sequence[Job]) -> list[dict[str, Any]]:
    gate, opener = os.pipe()
    running = [_start(job, gate, opener) for job in jobs]
    os.close(gate)
    os.close(opener)  # the last copy of this end: every process waiting at the gate now starts
    began = time.monotonic()
    for job, (pid, answers) in zip(jobs, running):
        if job.kill_after is not None and not select.select([answers], [], [], job.kill_after)[0]:
            os.kill(pid, signal.SIGKILL)
    return [_end(pid, answers, began) for pid, answers in running]


def _start(job: Job, gate: int, opener: int) -> tuple[int, int]:
    answers, answer = os.pipe()
    pid = os.fork()
    if pid:
        os.close(answer)
        return pid, answers
    signal.alarm(LONGEST_SECONDS)
    os.close(opener)
    os.read(gate, 1)
    os.write(answer, json.dumps(_do(job)).encode())
    os._exit(0)


def _end(pid: int, answers: int, began: float) -> dict[str, Any]:
    with os.fdopen(answers, "rb") as said:
        answer = said.read()
    os.waitpid(pid, 0)
    silent = {"name": None, "told": [], "is_held_already": False, "calls": 0}
    return {**(json.loads(answer) if answer else silent), "seconds": time.monotonic() - began}


def _do(job: Job) -> dict[str, Any]:
    calls = 0

    def count(*_: object) -> None:
        nonlocal calls
        calls += 1
        if calls == job.kill_before_call:
            os.kill(os.getpid(), signal.SIGKILL)

    if job.largest_file is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (job.largest_file, job.largest_file))
    with watched(Path(job.store), count, lambda *_: None):
        try:
            told: dict[str, Any] = _load(job) if job.do == "load" else _publish(job)
        except Refused as fault:
            told = {"name": None, "told": [reason.key for reason in fault.reasons]}
        except Exception as fault:
            told = {"name": None, "told": [f"{type(fault).__name__}, unhandled"]}
    return {"is_held_already": False, **told, "calls": calls}


def _load(job: Job) -> dict[str, Any]:
    verdict = load.load(Store(Path(job.store)), [Path(each) for each in job.files], AcceptsAll())
    told = [reason.key for reason in verdict.because]
    return {"name": verdict.load, "told": told, "is_held_already": verdict.already_held}


def _publish(job: Job) -> dict[str, Any]:
    return {"name": str(publish.publish(Store(Path(job.store)), "For the tests")["number"]), "told": []}


if __name__ == "__main__":
    _serve()
