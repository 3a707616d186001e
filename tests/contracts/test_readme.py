"""What the README tells a reader to run is what there is, and what CI runs."""

from __future__ import annotations

import re

import pytest

from pipelines.__main__ import _parser
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text()


def test_ci_runs_the_command_that_the_readme_gives() -> None:
    assert "make test " in README
    assert re.search(r"^make test$", (ROOT / ".ci" / "run").read_text(), re.MULTILINE)


@pytest.mark.parametrize("target", ["run", "test"])
def test_the_two_commands_are_targets(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(), re.MULTILINE)


@pytest.mark.parametrize("line", re.findall(r"python -m pipelines [^\n`]+", README))
def test_every_command_line_of_the_readme_is_understood(line: str) -> None:
    words = re.findall(r'"[^"]*"|\S+', line.partition("#")[0])[3:]
    assert _parser().parse_args([word.strip('"') for word in words]).run


@pytest.mark.parametrize("path", re.findall(r"\]\(([^)#]+)\)|`([a-z.]+/[\w./-]*)`", README))
def test_every_file_the_readme_names_is_there(path: tuple[str, str]) -> None:
    named = path[0] or path[1]
    assert (ROOT / named).exists(), named


def test_locks_pin_everything_with_hashes_and_name_no_index() -> None:
    for lock in ("requirements.lock", "requirements-test.lock"):
        text = (ROOT / lock).read_text()
        assert "://" not in text
        pinned = re.findall(r"^([\w.-]+)==", text, re.MULTILINE)
        assert len(pinned) > 50
        assert text.count("--hash=sha256:") >= len(pinned)
