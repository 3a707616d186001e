"""The process that serves readers never holds the pipelines or Great Expectations, whatever page they open."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pages.parts import menu
from tests.conftest import ROOT

FORBIDDEN = ("great_expectations", "pipelines")  # pandas comes with Streamlit, so it cannot be one of them

OPEN_EVERY_PAGE = """
import json, sys
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

told = []
for slug in json.loads(sys.argv[1]):
    for lang in ("cy", "en"):
        app = AppTest.from_file("app.py", default_timeout=60)
        app.query_params["lang"] = lang
        app._page_hash = calc_hash(slug)  # how a browser names a page; switch_page knows only pages that are files
        app.run()
        bodies = [each.proto.body for each in app.main if each.type == "html"]
        told.append("".join(bodies))
print(json.dumps({"told": told, "modules": sorted({name.partition(".")[0] for name in sys.modules})}))
"""


@pytest.fixture(scope="module")
def ran(store: Path) -> dict[str, list[str]]:
    """What every page told in both languages, and the packages in memory after the last of them."""
    slugs = json.dumps(list(menu.BY_SLUG))
    process = subprocess.run(
        [sys.executable, "-c", OPEN_EVERY_PAGE, slugs],
        cwd=ROOT,
        env={**os.environ, "SAFEGUARDING_STORE": str(store), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, list[str]] = json.loads(process.stdout.splitlines()[-1])
    return found


def test_every_page_was_opened(ran: dict[str, list[str]]) -> None:
    assert len(ran["told"]) == len(set(ran["told"])) == 2 * len(menu.PAGES)
    assert all("<h1" in text for text in ran["told"])
    assert "pages" in ran["modules"]


@pytest.mark.parametrize("package", FORBIDDEN)
def test_the_app_process_never_imports(ran: dict[str, list[str]], package: str) -> None:
    assert package not in ran["modules"]
