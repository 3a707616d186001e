"""Pipeline commands for pages: one warm worker process, asked one thing at a time.

Knows how to start it, ask it and notice that it died. Refuses the rest: what a command does is ``pipelines``' matter,
which no page imports; a file that kills the worker leaves the dashboard standing.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from assurance import words

_ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Result:
    """What a command said: ``value`` is its JSON, None if the worker died or the command crashed; ``written`` the
    workbook it wrote, if it was asked to."""

    code: int
    value: dict[str, Any] | None
    written: bytes = b""

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


def on_files(
    lang: words.Language, name: str, files: Sequence[UploadedFile], *arguments: str, writes: bool = False
) -> Result:
    """Runs a command on uploaded files, which lie in a private folder only while it reads them, and tells how far it
    is. ``writes``: it writes the rows in quarantine to a workbook."""
    told = st.empty()
    with tempfile.TemporaryDirectory() as folder, told.status(words.say(lang, f"pages.doing_{name}")) as status:
        paths = [Path(folder) / Path(file.name).name for file in files]
        for path, file in zip(paths, files, strict=True):
            path.write_bytes(file.getbuffer())
        book = Path(folder) / "written" / "errors.xlsx"
        book.parent.mkdir()
        options = ["--errors-to", str(book)] if writes else []
        said = command(
            lang, name, *options, *arguments, *map(str, paths), progress=lambda text: status.update(label=text)
        )
        result = Result(said.code, said.value, book.read_bytes() if book.exists() else b"")
    told.empty()
    return result


def sample(lang: words.Language) -> Result:
    """Loads and publishes the invented sample."""
    return command(lang, "sample")
