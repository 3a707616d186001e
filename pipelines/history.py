"""Earlier loads of an area, and what they are still good for: a service that fell silent, a case that vanished.

Knows snapshots and services by the day they stand for, never by the order of loading. Refuses to let an earlier load
change a case: of what is still sent, the newest snapshot alone counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Final, Literal

import polars as pl

from assurance import clock
from pipelines import extract_format
from pipelines.store import Store, in_force

SERVICES: Final = ("LEAD", "SS", "EDU", "HR", "POLICE")
"""Whose row counts where two services send one with the same key: the first that has it."""
PARTNERS: Final = SERVICES[1:]
LAG_DAYS: Final = 31
"""A service that sends an extract of its own may be so many days behind the lead service (K46)."""
STAYS_MONTHS: Final = 36
"""A case closed longer ago than this is no longer in an extract, and has not been withdrawn."""
KEPT_TABLES: Final = ("service_lists", "control_totals")
"""The tables whose rows are a service's own: of one that fell silent, the last it sent stand."""

State = Literal["sent", "silent", "never"]


@dataclass(frozen=True)
class Load:
    """One load of one service. ``includes``: the services whose records are in it by its own account; ``lists``: those
    of which it has any row of their own."""

    name: str
    area: str
    service: str
    snapshot_on: date
    includes: frozenset[str]
    lists: frozenset[str]
    is_in_force: bool


@dataclass(frozen=True)
class Heard:
    """When a service was last heard of: ``last`` is the load, None if never."""

    area: str
    service: str
    state: State
    last: Load | None


def earlier(store: Store) -> list[str]:
    """The loads of earlier days: those that are not in force and that nothing of their own day has replaced."""
    standing = {line["load"] for line in in_force(store).values()}
    return sorted(set(_of_day(store).values()) - standing)


def _of_day(store: Store) -> dict[tuple[str, str, str], str]:
    """The load received last for each area, service and snapshot: one that another of its day replaced was a mistake,
    and says nothing."""
    return {(line["area"], line["service"], line["snapshot"]): line["load"] for line in store.received.lines()}


def loads(store: Store) -> list[Load]:
    """Those in force and those of earlier days, oldest first."""
    standing = {line["load"] for line in in_force(store).values()}
    return [
        Load(
            name,
            area,
            service,
            date.fromisoformat(day),
            _includes(store, name, service),
            _lists(store, name),
            name in standing,
        )
        for (area, service, day), name in sorted(_of_day(store).items(), key=lambda each: (each[0][2], each[0]))
    ]


def _includes(store: Store, name: str, service: str) -> frozenset[str]:
    row = pl.read_parquet(store.load(name) / "accepted" / "extract.parquet").row(0, named=True)
    return frozenset([service, *map(str.strip, row["services_included"].split(";"))])


def _lists(store: Store, name: str) -> frozenset[str]:
    paths = [store.load(name) / "accepted" / f"{table}.parquet" for table in KEPT_TABLES]
    return frozenset(each for path in paths if path.exists() for each in pl.read_parquet(path)["service"].unique())


def heard(found: Sequence[Load]) -> list[Heard]:
    """Each area's services: who sent, who fell silent, who never sent.

    A service is silent if no load in force includes it, or if all that do stand too long before the area's day. One
    that once had rows of its own is not included by saying so: it has to have some.
    """
    return [
        _heard(area, service, _including(service, [each for each in found if each.area == area]), until)
        for area, until in sorted(_until(found).items())
        for service in PARTNERS
    ]


def _including(service: str, own: Sequence[Load]) -> list[Load]:
    has_listed = any(service in each.lists for each in own)
    included = [each for each in own if service in each.includes]
    return [each for each in included if service in each.lists or each.service == service or not has_listed]


def _until(found: Sequence[Load]) -> dict[str, date]:
    """The day each area's data stands for, as in marts/snapshots.sql."""
    newest: dict[str, date] = {}
    for each in sorted(found, key=lambda each: (each.service == SERVICES[0], each.snapshot_on)):
        newest[each.area] = each.snapshot_on
    return newest


def _heard(area: str, service: str, own: Sequence[Load], until: date) -> Heard:
    last = max(own, key=lambda each: (each.snapshot_on, each.is_in_force), default=None)
    if last is None:
        return Heard(area, service, "never", None)
    sent = any(each.is_in_force and each.snapshot_on >= until - timedelta(days=LAG_DAYS) for each in own)
    return Heard(area, service, "sent" if sent else "silent", last)


def kept(store: Store, services: Sequence[Heard], table: extract_format.Table) -> list[pl.DataFrame]:
    """The last rows of one table of each service that fell silent, each with its area."""
    parts = []
    for each in services:
        if each.state != "silent" or each.last is None or each.last.is_in_force or table.name not in KEPT_TABLES:
            continue
        path = store.load(each.last.name) / "accepted" / f"{table.name}.parquet"
        if path.exists():
            rows = pl.read_parquet(path).drop("source_row").filter(service=each.service)
            parts.append(rows.with_columns(area_code=pl.lit(each.area)))
    return parts


def withdrawn(store: Store, found: Sequence[Load]) -> pl.DataFrame:
    """One row per case that an earlier load had and none in force has: the columns of cases as they last stood, and the
    snapshots before and after it went. A case in quarantine has not gone, nor has one closed too long ago to be sent.
    """
    gone = [_gone(store, before, after, _named(store, found, before.area)) for before, after in _consecutive(found)]
    rows = pl.concat([pl.DataFrame(schema=_WITHDRAWN), *gone], how="diagonal_relaxed").select(*_WITHDRAWN)
    last = rows.sort("area_code", "case_id", "gone_by").unique(["area_code", "case_id"], keep="last")
    return last.sort("area_code", "case_id")


_STAGED: Final = {"date": pl.Date, "integer": pl.Int32}
_CASE: Final = {
    each.staged_name: _STAGED.get(each.type, pl.String) for each in extract_format.tables()["cases"].columns.values()
}
_WITHDRAWN: Final = {"area_code": pl.String, **_CASE, "last_seen_on": pl.Date, "gone_by": pl.Date}


def _consecutive(found: Sequence[Load]) -> list[tuple[Load, Load]]:
    senders = sorted({(each.area, each.service) for each in found})
    by_sender = [[each for each in found if (each.area, each.service) == sender] for sender in senders]
    return [pair for own in by_sender for pair in pairwise(own)]


def _gone(store: Store, before: Load, after: Load, still: frozenset[str]) -> pl.DataFrame:
    """The cases of ``before`` that ``after`` no longer names and none in force does (``still``)."""
    cases = pl.read_parquet(store.load(before.name) / "accepted" / "cases.parquet")
    oldest = clock.add_months(after.snapshot_on, -STAYS_MONTHS)
    is_aged = ((pl.col("status") == "CLOSED") & (pl.col("closed_on") < oldest)).fill_null(value=False)
    gone = cases.filter(~is_aged & ~pl.col("case_id").is_in(sorted(still | _ids(store, after))))
    days = {"last_seen_on": before.snapshot_on, "gone_by": after.snapshot_on}
    return gone.with_columns(area_code=pl.lit(before.area), **{name: pl.lit(day) for name, day in days.items()})


def _named(store: Store, found: Sequence[Load], area: str) -> frozenset[str]:
    """Every case that a load in force of the area names."""
    return frozenset().union(*(_ids(store, each) for each in found if each.area == area and each.is_in_force))


def _ids(store: Store, load: Load) -> frozenset[str]:
    """Every case the extract named, be its row accepted or in quarantine."""
    return frozenset(pl.read_parquet(store.load(load.name) / "raw" / "cases.parquet")["case_id"].drop_nulls())
