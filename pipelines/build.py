"""Loads into a release: what is in force, the marts over it, the items and the counts.

A release is a pure function of the loads in force and of the files that decide a result: the same of both make the
same name and the same bytes. Nothing of the clock, the machine or the order of loading goes in.
"""

from __future__ import annotations

import csv
import shutil
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any, Final

import polars as pl
import pyarrow as pa

from assurance import clock, entries, indicator, local
from assurance.entries import Entry
from assurance.errors import Refused, refused
from assurance.release import ACCEPTED, ITEMS, REGISTER, canonical, manifest, sha256
from assurance.warehouse import Warehouse, tables_read
from pipelines import evidence, extract_format, history
from pipelines.correct import corrected
from pipelines.history import SERVICES, Heard
from pipelines.judge import EXPECTATIONS
from pipelines.measure import COUNTS, MEASURES, PLACED, items_of, measured
from pipelines.store import Store, fingerprint, in_force, write_parquet

ROOT: Final = Path(__file__).parent.parent
MARTS: Final = ROOT / "pipelines" / "marts"
INDICATORS: Final = ROOT / "indicators"
LOCAL: Final = ROOT / local.FILE
REFERENCE: Final = extract_format.REFERENCE
BUILT_BY: Final = (
    MARTS,
    MEASURES,
    INDICATORS,
    LOCAL,
    REFERENCE,
    EXPECTATIONS,  # a release tells the rules that failed in their words
    ROOT / "requirements.lock",
    *(ROOT / "pipelines" / f"{step}.py" for step in ("build", "correct", "evidence", "history", "measure", "store")),
    *(ROOT / "assurance" / f"{rule}.py" for rule in ("clock", "indicator", "local", "warehouse")),
)
Progress = Callable[[str], None]


def definitions() -> dict[str, indicator.Definition]:
    """Every indicator by its folder's name. Raises DefinitionFaulty."""
    folders = sorted(path.parent for path in INDICATORS.glob("*/definition.toml"))
    own = local.read(LOCAL.read_text())
    found = {
        folder.name: indicator.parse(folder.name, (folder / "definition.toml").read_text(), own) for folder in folders
    }
    unknown = sorted(own.keys() - {each.id for each in found.values()})
    if unknown:
        raise indicator.DefinitionFaulty(local.FILE, [f"{each} is no indicator's id" for each in unknown])
    return found


def build(store: Store, progress: Progress = lambda _: None) -> str:
    """Makes the release of the loads in force, if it is not there, and returns its name.

    Raises Refused if nothing has been loaded.
    """
    loads = [line["load"] for _, line in sorted(in_force(store).items())]
    if not loads:
        raise refused("load.nothing_loaded")
    earlier = history.earlier(store)
    decided = _decided(store)
    about = {
        "kind": "release",
        "loads": loads,
        "earlier": earlier,
        "built_by": fingerprint(*BUILT_BY),
        "register": sha256(canonical(decided)),
    }
    name = sha256(canonical(about))
    if not store.release_faults(name):
        return name
    damaged = [fault for load in [*loads, *earlier] for fault in store.load_faults(load)]
    if damaged:
        raise Refused(*damaged)
    manifests = {load: manifest(store.load(load)) for load in loads}
    with store.making(store.release(name), about) as folder:
        progress("load.building")
        told = history.loads(store)
        services = history.heard(told)
        tables = extract_format.tables()
        agreed = entries.in_force(entries.told(store.register.lines()), "corrections")
        accepted = {each: _accepted(store, manifests, services, agreed, table) for each, table in tables.items()}
        for each, rows in accepted.items():
            write_parquet(rows.to_arrow(), folder / "cases" / ACCEPTED / f"{each}.parquet")
        warehouse = marts_over(accepted)
        progress("load.measuring")
        _measure(warehouse, folder)
        evidence.write(folder, warehouse, store, told, services)
        write_parquet(_areas(warehouse, store, manifests), folder / "restricted" / "areas.parquet")
        write_parquet(_received(warehouse), folder / "restricted" / "received.parquet")
        (folder / "restricted" / REGISTER).write_bytes(canonical([_without_rows(line) for line in decided]))
        _copy_words(folder / "words")
    return name


def _decided(store: Store) -> list[dict[str, Any]]:
    """The lines of the register whose entries count or once counted: what nobody agreed to changes nothing."""
    lines = store.register.lines()
    counted = {each.number for each in entries.told(lines) if each.has_counted}
    return [line for line in lines if line.get("entry", line["number"]) in counted]


def _without_rows(line: Mapping[str, Any]) -> Mapping[str, Any]:
    """A line as the restricted product may hold it: of a correction without the row, which is somebody's case."""
    return {**line, "correction": {**line["correction"], "row": ""}} if "correction" in line else line


def marts_over(accepted: Mapping[str, pl.DataFrame], sql: str | None = None) -> Warehouse:
    """A warehouse of accepted rows, reference data and the marts over them, or those alone that ``sql`` and a measure
    need. A table not given has no rows."""
    warehouse = Warehouse()
    for name, table in reference().items():
        warehouse.register(f"reference.{name}", table)
    for name, table in extract_format.tables().items():
        warehouse.register(f"accepted.{name}", accepted.get(name, no_rows(table)).to_arrow())
    for mart in mart_order() if sql is None else _needed_by(sql):
        statement = (MARTS / f"{mart}.sql").read_text()
        warehouse.register(f"marts.{mart}", warehouse.run(statement, name=f"marts/{mart}.sql"))
    return warehouse


def _needed_by(sql: str) -> list[str]:
    """The marts that a query reads, those that these read, and what every measure reads, each after what it reads."""
    reads = _reads_of_marts()
    wanted, found = ["snapshots", *_marts(tables_read(sql))], set()
    while wanted:
        mart = wanted.pop()
        if mart not in found:
            found.add(mart)
            wanted += reads[mart]
    return [mart for mart in mart_order() if mart in found]


MONTHS: Final = (1, 3, 6, 12, 36)
"""The calendar months that clocks, ages and what counts as a repeat go by."""


@cache
def reference() -> Mapping[str, pa.Table]:
    """What every area's rows are held against: the calendar, months later by date, and base populations."""
    days = calendar()["date"].to_pylist()
    later = [
        (day, months, due := clock.add_months(day, months), (due - days[0]).days) for months in MONTHS for day in days
    ]
    return {
        "calendar": calendar(),
        "months_later": pl.DataFrame(
            later, schema={"date": pl.Date, "months": pl.Int64, "due_on": pl.Date, "day_index": pl.Int64}, orient="row"
        ).to_arrow(),
        "bases": _bases(),
    }


def _bases() -> pa.Table:
    """One row per area, base and day from which it holds: the people in it."""
    declared = tomllib.loads((REFERENCE / "bases.toml").read_text())["bases"]
    rows = [(each["area"], each["base"], each["from"], each["value"]) for each in declared]
    schema = {"area_code": pl.String, "base": pl.String, "since": pl.Date, "people": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row").to_arrow()


@cache
def calendar() -> pa.Table:
    """One row per day, with the cumulative indexes that every day count goes by."""
    with (REFERENCE / "bank_holidays.csv").open(newline="", encoding="utf-8") as source:
        holidays = {date.fromisoformat(row["date"]) for row in csv.DictReader(source)}
    return pa.table(clock.calendar(holidays))


@cache
def mart_order() -> Sequence[str]:
    """The marts, each after those it reads."""
    return tuple(TopologicalSorter(_reads_of_marts()).static_order())


@cache
def _reads_of_marts() -> Mapping[str, Sequence[str]]:
    """Which other marts each mart reads."""
    return {path.stem: _marts(tables_read(path.read_text())) for path in sorted(MARTS.glob("*.sql"))}


def _marts(tables: Iterable[str]) -> list[str]:
    return sorted(each.removeprefix("marts.") for each in tables if each.startswith("marts."))


def _accepted(
    store: Store,
    loads: Mapping[str, Mapping[str, Any]],
    services: Sequence[Heard],
    agreed: Sequence[Entry],
    table: extract_format.Table,
) -> pl.DataFrame:
    """The rows of one table that count, each with its area and with the corrections agreed on; one row per key, the
    first service's where two send it."""
    parts: list[pl.DataFrame] = []
    for load, about in sorted(loads.items(), key=lambda each: SERVICES.index(each[1]["service"])):
        path = store.load(load) / "accepted" / f"{table.name}.parquet"
        if path.exists():
            rows = pl.read_parquet(path).drop("source_row")
            rows = corrected(rows, table, about["area"], date.fromisoformat(about["snapshot"]), agreed)
            parts.append(rows if table.name == "extract" else rows.with_columns(area_code=pl.lit(about["area"])))
    parts += history.kept(store, services, table)
    if not parts:
        return no_rows(table)
    key = ["area_code", *(table.columns[name].staged_name for name in table.key)]
    return pl.concat(parts).unique(subset=key, keep="first", maintain_order=True).sort(key)


def no_rows(table: extract_format.Table) -> pl.DataFrame:
    """A table of accepted rows that has none."""
    kinds = {"date": pl.Date, "integer": pl.Int32}
    return pl.DataFrame(
        schema={c.staged_name: kinds.get(c.type, pl.String) for c in table.columns.values()} | {"area_code": pl.String}
    )


def _measure(warehouse: Warehouse, folder: Path) -> None:
    placed, counts = [pl.DataFrame(schema=PLACED)], [pl.DataFrame(schema=COUNTS)]
    for slug, definition in definitions().items():
        items = items_of(warehouse, definition, (INDICATORS / slug / "items.sql").read_text())
        write_parquet(items.to_arrow(), folder / "cases" / ITEMS / f"{slug}.parquet")
        of_items, of_counts = measured(warehouse, definition, items)
        placed.append(of_items)
        counts.append(of_counts)
    write_parquet(pl.concat(placed).to_arrow(), folder / "cases" / "placed.parquet")
    write_parquet(pl.concat(counts).to_arrow(), folder / "restricted" / "counts.parquet")


def _areas(warehouse: Warehouse, store: Store, loads: Mapping[str, Mapping[str, Any]]) -> pa.Table:
    """One row per area: to when its data goes, how many cases, which tables it lacks, which rows are in quarantine."""
    cases = pl.DataFrame(warehouse.run("select area_code, status from marts.cases"))
    snapshots = {
        row["area_code"]: row["snapshot_on"] for row in warehouse.run("select * from marts.snapshots").to_pylist()
    }
    rows: list[dict[str, Any]] = []
    for area in sorted({about["area"] for about in loads.values()}):
        own = {load: about for load, about in loads.items() if about["area"] == area}
        sent = {table for about in own.values() for table in about["tables"]}
        status = cases.filter(pl.col("area_code") == area)["status"].to_list()
        rows.append(
            {
                "area": area,
                "snapshot_on": snapshots[area],
                "cases": len(status),
                "open_cases": sum(each in ("OPEN", "REOPENED") for each in status),
                "missing_tables": sorted(set(extract_format.tables()) - sent),
                "quarantined": _quarantined(store, list(own)),
            }
        )
    schema = pa.schema(
        [
            ("area", pa.string()),
            ("snapshot_on", pa.date32()),
            ("cases", pa.int64()),
            ("open_cases", pa.int64()),
            ("missing_tables", pa.list_(pa.string())),
            ("quarantined", pa.map_(pa.string(), pa.int64())),
        ]
    )
    return pa.Table.from_pylist(rows, schema=schema)


def _received(warehouse: Warehouse) -> pa.Table:
    """One row per area and month: cases received; the month is null where it is not known."""
    cases = pl.DataFrame(warehouse.run("select area_code, received_on from marts.cases"))
    months = cases.select(area=pl.col("area_code"), month=pl.col("received_on").dt.truncate("1mo"))
    return months.group_by("area", "month").agg(n=pl.len().cast(pl.Int64)).sort("area", "month").to_arrow()


def _quarantined(store: Store, loads: Sequence[str]) -> list[tuple[str, int]]:
    """The number of rows in quarantine, by table."""
    findings = pl.concat([pl.read_parquet(store.load(load) / "findings.parquet") for load in loads])
    held = findings.filter(on_failure="quarantine").unique(["table", "source_row"]).group_by("table").len()
    return sorted(held.iter_rows())


def _copy_words(folder: Path) -> None:
    """The words in force go with the numbers, so that last year's pack shows last year's wording."""
    for path in [*INDICATORS.glob("*/definition.toml"), *INDICATORS.glob("*.toml"), LOCAL]:
        target = folder / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    for name in ("codes.toml", "areas.toml", "breakdowns.toml", "editions.toml", "extract.toml"):
        shutil.copyfile(REFERENCE / name, folder / name)
