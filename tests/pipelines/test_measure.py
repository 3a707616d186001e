"""Each kind of indicator counts its items as it says, whatever the indicator."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from assurance.indicator import Definition
from assurance.warehouse import Warehouse
from pipelines.build import definitions
from pipelines.measure import counts_of


@pytest.fixture
def share() -> Definition:
    return definitions()["advice_sought"]


def test_a_share_tells_yes_no_and_not_known_apart_by_month_and_breakdown(share: Definition) -> None:
    items = pl.DataFrame(
        {
            "item_id": ["a", "b", "c", "d"],
            "area_code": ["X06000001"] * 4,
            "counted_on": [date(2026, 3, 1), date(2026, 3, 31), date(2026, 4, 1), None],
            "is_met": [True, False, None, True],
            "role_group": ["HEAD", "HEAD", None, "TEACHER"],
        }
    )
    counts = counts_of(Warehouse(), share, items)
    whole = {tuple(row) for row in counts.filter(breakdown="all").select("month", "state", "n").iter_rows()}
    march, april = date(2026, 3, 1), date(2026, 4, 1)
    assert whole == {(march, "yes", 1), (march, "no", 1), (april, "not_known", 1), (None, "yes", 1)}
    roles = {tuple(row) for row in counts.filter(breakdown="role_group").select("category", "state", "n").iter_rows()}
    assert roles == {("HEAD", "yes", 1), ("HEAD", "no", 1), ("UNK", "not_known", 1), ("TEACHER", "yes", 1)}
    assert counts["n"].sum() == 2 * items.height
