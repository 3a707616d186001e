"""The how-tos say what works: their commands are run as they stand, in order."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines import restore
from pipelines.__main__ import _parser
from pipelines.store import Store
from tests.conftest import ROOT
from tests.pipelines.test_release import contents

HOW_TOS = sorted((ROOT / "docs" / "how-to").glob("*.md"))
BLOCKS = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_a_store_is_backed_up_and_restored_as_the_how_to_says(own_store: Store, tmp_path: Path) -> None:
    was = contents(own_store.path)
    script = "".join(BLOCKS.findall((ROOT / "docs" / "how-to" / "back-up-and-restore.md").read_text()))
    assert script.count("python -m pipelines") == 6
    place = tmp_path / "program"
    place.mkdir()
    own_store.path.rename(place / "store")
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "SAFEGUARDING_STORE": "store",
    }
    subprocess.run(["bash", "-euc", script], cwd=place, env=environment, check=True, capture_output=True)
    assert contents(place / "store") == was
    assert restore.verify(Store(tmp_path / "backups" / "2026-11-27", is_copy=True))[0] == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backups", "program"]
    assert [path.name for path in place.iterdir()] == ["store"]


@pytest.mark.parametrize("path", HOW_TOS, ids=lambda path: path.stem)
def test_every_command_of_a_how_to_is_understood(path: Path) -> None:
    commands = re.findall(r"python -m pipelines ([^\n`>]+)", path.read_text())
    assert commands
    for command in commands:
        assert _parser().parse_args(command.split()).run


@pytest.mark.parametrize("path", HOW_TOS, ids=lambda path: path.stem)
def test_every_file_a_how_to_points_to_is_there(path: Path) -> None:
    for named in re.findall(r"\]\(([^)#]+)\)", path.read_text()):
        assert (path.parent / named).exists(), named
