"""A process that stays warm between uploads, since getting the rules ready takes seconds.

One line of JSON in (a list of command-line arguments), lines of JSON out: ``{"progress": …}`` while it works, then
``{"code": …, "out": …}``. What libraries write to stderr is dropped: it may quote a value.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Sequence
from contextlib import redirect_stderr, redirect_stdout
from typing import Any, Final

PROGRESS: Final = "· "
"""Marks a line of progress among whatever else a library may say."""


class _Told(io.TextIOBase):
    """Passes lines of progress on and drops all else."""

    def __init__(self, tell: Callable[[dict[str, Any]], None]) -> None:
        self._tell = tell
        self._line = ""

    def write(self, text: str) -> int:
        *lines, self._line = (self._line + text).split("\n")
        for line in lines:
            if line.startswith(PROGRESS):
                self._tell({"progress": line.removeprefix(PROGRESS)})
        return len(text)


def serve(run: Callable[[Sequence[str]], int], warm: Callable[[], object]) -> None:
    """Answers each line of standard input until there is no more."""
    answers = sys.stdout

    def tell(answer: dict[str, Any]) -> None:
        print(json.dumps(answer), file=answers, flush=True)

    with redirect_stderr(_Told(tell)):
        with redirect_stdout(io.StringIO()):
            warm()
        for line in sys.stdin:
            with redirect_stdout(io.StringIO()) as out:
                code = _code(run, json.loads(line))
            tell({"code": code, "out": out.getvalue()})


def _code(run: Callable[[Sequence[str]], int], arguments: Sequence[str]) -> int:
    try:
        return run(arguments)
    except SystemExit as stop:  # how argparse says that the arguments are wrong
        return stop.code if isinstance(stop.code, int) else 2
