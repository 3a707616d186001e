"""Whatever is sent ends read or refused in words: nothing unhandled, nothing that stops the process, small and soon.

A short run by default; ``FAULTS=full`` tries ten thousand of each kind. A file is named by its kind and seed.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import pytest

from tests.conftest import ROOT
from tests.faults.uploads import Kind, upload

TRIES: Final = 10_000 if os.environ.get("FAULTS") == "full" else 150
MOST_MB: Final = 300
MOST_SECONDS: Final = 2


@dataclass(frozen=True)
class Tried:
    """What became of every file of a kind: ``how`` is "read", the key of a refusal, or what was not handled."""

    seed: int
    how: str
    seconds: float
    peak_mb: int


def _try_all(kind: Kind) -> Iterator[Tried]:
    """Tries every seed; where the child dies, says so of the seed it was at, and goes on with the next."""
    seed = 0
    while seed < TRIES:
        child = subprocess.run(
            [sys.executable, "-m", "tests.faults.uploads", kind, str(seed), str(TRIES)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        answers: list[dict[str, Any]] = [json.loads(line) for line in child.stdout.splitlines()]
        yield from (Tried(**answer) for answer in answers)
        seed += len(answers)
        if child.returncode:
            yield Tried(seed, f"aborted: {child.returncode}", 0, 0)
            seed += 1


@pytest.mark.parametrize("kind", ["generated", "mutated"])
def test_every_upload_ends_read_or_refused(kind: Kind) -> None:
    tried = list(_try_all(kind))
    assert [each.seed for each in tried] == list(range(TRIES))
    counts = Counter(each.how for each in tried)
    peak, slowest = max(each.peak_mb for each in tried), max(each.seconds for each in tried)
    print(f"\n{TRIES} {kind}: {counts['read']} read, {TRIES - counts['read']} not; {peak} MB, {slowest:.2f} s at most")
    print("\n".join(f"  {n:>6} {how}" for how, n in counts.most_common()))
    assert counts["read"] > TRIES / 50  # else nothing but the door was tried
    assert len(counts) > 5
    assert [f"{kind} {each.seed}: {each.how}" for each in tried if each.how.startswith(("unhandled", "aborted"))] == []
    assert [f"{kind} {each.seed}" for each in tried if each.seconds > MOST_SECONDS] == []
    assert [f"{kind} {each.seed}" for each in tried if each.peak_mb > MOST_MB] == []


def test_a_seed_makes_the_same_file_every_time() -> None:
    for seed in range(5):
        assert upload("generated", seed) == upload("generated", seed)
        assert upload("generated", seed) != upload("generated", seed + 1)
