"""The app starts only where it is safe to."""

from __future__ import annotations

import subprocess
import sys

from tests.browser.live import ROOT


def test_it_refuses_to_serve_other_computers_without_sign_in() -> None:
    command = [sys.executable, "-m", "streamlit", "run", "asgi.py", "--server.address", "0.0.0.0", "--server.port", "0"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode != 0
    assert "only this computer may connect" in ended.stdout + ended.stderr
