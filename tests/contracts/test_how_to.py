"""The how-tos say what works: their commands are run as they stand, in order."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assurance.entries import told
from pipelines import __main__ as command_line
from pipelines import restore, translators
from pipelines.__main__ import _parser
from pipelines.judge import Judge
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


def test_an_extract_is_brought_in_as_the_how_to_says(
    extract: Callable[..., Path], judge: Judge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    extract("july", cases=[(0, "outcome_code", "NFA")], actions=[(0, "agreed_date", "soon")])
    monkeypatch.setattr(command_line, "_warm_judge", lambda: judge)
    is_refused, *others = run_here("bring-in-an-extract.en", tmp_path, monkeypatch)
    assert is_refused == command_line.REFUSED  # the question is open
    assert others == [command_line.DONE] * 12
    held = Store(tmp_path / "store")
    assert [line["why"] for line in held.publications.lines()] == [
        "July extract", "A date put right", "The correction is looked at again"
    ]  # fmt: skip
    assert (tmp_path / "rows.xlsx").exists()


def test_indicators_are_tracked_as_the_how_to_says(
    own_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run_here("track-indicators.en", tmp_path, monkeypatch) == [command_line.DONE] * 9
    assert [each.state for each in told(own_store.register.lines())] == ["in_force", "withdrawn", "in_force"]


def run_here(name: str, place: Path, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The exit codes of a how-to's commands, run in ``place`` one after the other in this process, which keeps them
    from limiting it. A day that is still to come is put off, or the how-to would hold for some months only."""
    monkeypatch.chdir(place)
    monkeypatch.setenv("SAFEGUARDING_STORE", "store")
    monkeypatch.setattr(command_line, "limit_this_process", lambda: None)
    to_come = datetime.now(UTC).date() + timedelta(days=30)
    script = "".join(BLOCKS.findall((ROOT / "docs" / "how-to" / f"{name}.md").read_text("utf-8")))
    script = re.sub(r"--until \S+", f"--until {to_come}", script)
    return [command_line.main(shlex.split(line)[3:]) for line in script.splitlines()]


@pytest.mark.parametrize("name", ["bring-in-an-extract", "track-indicators"])
def test_a_how_to_has_the_same_steps_and_commands_in_both_languages(name: str) -> None:
    english, welsh = ((ROOT / "docs" / "how-to" / f"{name}.{lang}.md").read_text("utf-8") for lang in ("en", "cy"))
    commands = [re.sub(r'"[^"]*"', '""', "".join(BLOCKS.findall(text))) for text in (english, welsh)]
    assert commands[0] == commands[1]
    shapes = [re.findall(r"^(#+ (?:\d\. )?|\d\. |\| )", text, re.MULTILINE) for text in (english, welsh)]
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("name", ["bring-in-an-extract", "track-indicators"])
def test_the_welsh_of_a_how_to_keeps_to_the_terms_of_the_field(name: str) -> None:
    texts = ((ROOT / "docs" / "how-to" / f"{name}.{lang}.md").read_text("utf-8") for lang in ("en", "cy"))
    sections = [[" ".join(each.split()) for each in re.split(r"^## ", text, flags=re.MULTILINE)] for text in texts]
    told_in = [translators.Text("docs/how-to", name, *each) for each in zip(*sections, strict=True)]
    assert [(term.says, each.cy[:40]) for each in told_in for term in translators.breaks(each)] == []


@pytest.mark.parametrize("path", HOW_TOS, ids=lambda path: path.stem)
def test_every_command_of_a_how_to_is_understood(path: Path) -> None:
    commands = re.findall(r"python -m pipelines ([^\n`>]+)", path.read_text())
    assert commands
    for command in commands:
        assert _parser().parse_args(shlex.split(command)).run


@pytest.mark.parametrize("path", HOW_TOS, ids=lambda path: path.stem)
def test_every_file_a_how_to_points_to_is_there(path: Path) -> None:
    for named in re.findall(r"\]\(([^)#]+)\)", path.read_text()):
        assert (path.parent / named).exists(), named
