"""Pipeline commands for pages: one warm worker process, asked one thing at a time.

Knows how to start it, ask it and notice that it died. Refuses the rest: what a command does is ``pipelines``' matter,
which no page imports; a file that kills the worker leaves the dashboard standing.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from assurance import words

_ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Result:
    """What a command said: ``value`` is its JSON, None if the worker died or the command crashed."""

    code: int
    value: dict[str, Any] | None

    @property
    def is_done(self) -> bool:
        return self.code == 0 and self.value is not None


class _Worker:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> subprocess.Popen[str]:
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "pipelines", "serve"],
                cwd=_ROOT,
                env={**os.environ, "PYTHONUNBUFFERED": "1"},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
            )
        return self._process

    def ask(self, arguments: Sequence[str], progress: Callable[[str], None]) -> Result:
        with self._lock:
            process = self.start()
            if process.stdin is None or process.stdout is None:
                return Result(3, None)
            try:
                process.stdin.write(json.dumps(arguments) + "\n")
                process.stdin.flush()
            except BrokenPipeError:
                return Result(3, None)
            for line in process.stdout:
                answer = json.loads(line)
                if "progress" in answer:
                    progress(answer["progress"])
                else:
                    return Result(answer["code"], json.loads(answer["out"]) if answer["out"] else None)
            process.wait()
            return Result(3, None)


@st.cache_resource(show_spinner=False)
def _worker() -> _Worker:
    return _Worker()


def warm() -> None:
    """Starts the worker, so that it is ready by the time a file has been chosen."""
    _worker().start()


def command(
    lang: words.Language, name: str, *arguments: str, progress: Callable[[str], None] = lambda _: None
) -> Result:
    """Runs ``python -m pipelines name arguments`` and returns what it said."""
    return _worker().ask([name, "--json", "--lang", lang, *arguments], progress)


def sample(lang: words.Language) -> Result:
    """Loads and publishes the invented sample."""
    return command(lang, "sample")
