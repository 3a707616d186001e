"""Old data says so: after 45 days, of real areas only."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from assurance import release
from assurance.release import STALE_DAYS, Area


def test_data_is_stale_from_the_day_after_the_limit_on(store: Path) -> None:
    opened = release.open(store)
    sent = opened.areas[0]
    real = Area(sent.code, sent.names, ("W06000009",))
    snapshot = opened.facts(sent).snapshot_on
    last, next_day = snapshot + timedelta(days=STALE_DAYS), snapshot + timedelta(days=STALE_DAYS + 1)
    assert [opened.is_stale(real, day) for day in (snapshot, last, next_day)] == [False, False, True]
    assert opened.days_old(real, next_day) == STALE_DAYS + 1


def test_invented_areas_do_not_age(store: Path) -> None:
    opened = release.open(store)
    assert not opened.is_stale(opened.areas[0], opened.facts(opened.areas[0]).snapshot_on + timedelta(days=9999))
