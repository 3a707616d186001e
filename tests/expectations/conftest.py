"""Where the rules themselves are tried, Great Expectations is asked each time."""

from __future__ import annotations

import pytest

from pipelines.judge import Judge


@pytest.fixture(scope="session")
def judge() -> Judge:
    return Judge()
