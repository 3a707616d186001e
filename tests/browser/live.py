"""The app started as ``make run`` starts it, and what it is to wait for it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Page

from assurance import words

ROOT = Path(__file__).parents[2]
Opener = Callable[..., Page]


@contextmanager
def served(store: Path, log: Path) -> Iterator[str]:
    """The address of an app that has just started and has had no visitor."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "asgi.py", "--server.port", str(port)]
    environment = {**os.environ, "SAFEGUARDING_STORE": str(store)}
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT)
        try:
            yield _healthy(f"http://127.0.0.1:{port}", process, log)
        finally:
            process.terminate()
            process.wait(20)


def _healthy(base: str, process: subprocess.Popen[bytes], log: Path) -> str:
    give_up = time.monotonic() + 60
    while time.monotonic() < give_up and process.poll() is None:
        try:
            with urlopen(f"{base}/_stcore/health", timeout=2):
                return base
        except (URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"the app did not start: {log.read_text()}")


def settled(page: Page) -> None:
    """Wait until the app has run and stays still. Raises AssertionError if the page says that it failed."""
    for _ in range(2):
        page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()
        page.wait_for_timeout(150)
    for lang in words.LANGUAGES:
        assert page.get_by_text(words.say(lang, "frame.error_title")).count() == 0, page.url
