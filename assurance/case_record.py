"""One case: its rows, what it counts in, its clocks.

Knows rows, so it asks for a release opened for who may see them. What a clock says is what the indicator says: nothing
is judged again here. Refuses to say anything in words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from assurance.case_list import KEYS, SHARED
from assurance.indicator import Definition
from assurance.release import Area, Release

Row = Mapping[str, Any]
CLOCKED: Final = ("within_clock", "duration")


@dataclass(frozen=True)
class Counted:
    """An item of this case in an indicator: its state, from the first to the last month in which it has it (None where
    the month is not known). Of what is open at the end of each month, the last."""

    definition: Definition
    item: str
    state: str
    first_month: date | None
    last_month: date | None
    days: int | None

    @property
    def is_by_working_days(self) -> bool:
        clock = self.definition.clock
        return clock is not None and clock.unit == "working_days"


@dataclass(frozen=True)
class Clock:
    """``elapsed``: working days where the clock goes by them, else calendar days, to the stop or, while it runs, to the
    snapshot; None where a day that it needs is not known."""

    counted: Counted
    started_on: date | None
    stopped_on: date | None
    due_on: date | None
    elapsed: int | None

    @property
    def is_by_working_days(self) -> bool:
        return self.counted.is_by_working_days


@dataclass(frozen=True)
class Record:
    """``row``: that of the case; ``tables``: its rows in the other tables; ``checks``: the moments at which advice had
    to be answered; ``findings``: the rules that its rows broke."""

    area: str
    id: str
    snapshot_on: date
    row: Row
    tables: Mapping[str, Sequence[Row]]
    checks: Sequence[Row]
    findings: Sequence[Row]
    counted: Sequence[Counted]
    clocks: Sequence[Clock]
    working_days: Mapping[date, int]
    """From the day it was received; none before it, none if that day is not known."""


def of(release: Release, area: Area, case: str) -> Record | None:
    """A case of an area, None if it has none of that reference. Raises Refused for a release without its rows."""
    found = [row for row in release.rows("cases", case_id=case) if row["area_code"] in area.members]
    if not found:
        return None
    row, own = found[0], found[0]["area_code"]
    place = {"area_code": own, "case_id": case}
    tables = {table: release.rows(table, **place) for table in KEYS if table != "cases"}
    snapshot = release.facts(release.area(own)).snapshot_on
    counted = _counted(release, own, row, tables)
    about = [_about(release, each, own) for each in counted if each.definition.kind in CLOCKED]
    checks = release.of_cases("checks", area=own, case=case)
    every = [row, *(each for rows in tables.values() for each in rows), *checks, *about, {"": snapshot}]
    days = _Days(release, every)
    clocked = [each for each in counted if each.definition.kind in CLOCKED]
    return Record(
        area=own,
        id=case,
        snapshot_on=snapshot,
        row=row,
        tables=tables,
        checks=checks,
        findings=release.of_cases("findings", area=own, case=case),
        counted=counted,
        clocks=[_clock(each, items, days, snapshot) for each, items in zip(clocked, about, strict=True)],
        working_days=days.since(row["received_on"]),
    )


def does_less(check: Row) -> bool:
    """Whether less was done than the police or social services advised."""
    done = check["decision_protection"]
    advised = [check["police_protection"], check["social_services_protection"]]
    return done is not None and any(each is not None and done < each for each in advised)


def _counted(release: Release, area: str, row: Row, tables: Mapping[str, Sequence[Row]]) -> list[Counted]:
    """In the order of the definitions."""
    items = [row["case_id"], *(row[shared] for shared in SHARED if row[shared])]
    items += [each[KEYS[table]] for table, rows in tables.items() for each in rows]
    definitions = release.definitions
    last: dict[tuple[str, ...], Counted] = {}
    for each in release.of_cases("counted_in", area=area, items=items):
        slug = each.pop("indicator")
        found = Counted(definitions[slug], each.pop("item_id"), **each)
        # of what is open at the end of each month, only as it last stood
        place = (slug, found.item) if found.definition.is_as_at else (slug, found.item, found.state)
        if place not in last or (found.last_month or date.min) >= (last[place].last_month or date.min):
            last[place] = found
    order = list(definitions)
    return sorted(last.values(), key=lambda each: order.index(each.definition.slug))


def _about(release: Release, counted: Counted, area: str) -> Row:
    return release.items(counted.definition.slug, area_code=area, item_id=counted.item)[0]


def _clock(counted: Counted, about: Row, days: _Days, snapshot: date) -> Clock:
    started, stopped = about["started_on"], about.get("stopped_on") or about.get("left_on")
    elapsed = days.between(started, stopped or snapshot, is_working=counted.is_by_working_days)
    return Clock(counted, started, stopped, about.get("due_on"), elapsed)


class _Days:
    """The places of a case's days in the indexes that every count of days goes by."""

    def __init__(self, release: Release, rows: Sequence[Row]) -> None:
        asked = {value for row in rows for value in row.values() if isinstance(value, date)}
        self._at = {row["date"]: row for row in release.of_cases("days", days=sorted(asked))}

    def between(self, start: date | None, stop: date | None, *, is_working: bool) -> int | None:
        """None where a day is not known, outside the calendar, or the later one."""
        if start is None or stop is None or stop < start or not {start, stop} <= self._at.keys():
            return None
        index = "working_day_index" if is_working else "day_index"
        days: int = self._at[stop][index] - self._at[start][index]
        return days

    def since(self, start: date | None) -> dict[date, int]:
        counted = {day: self.between(start, day, is_working=True) for day in self._at}
        return {day: n for day, n in counted.items() if n is not None}
