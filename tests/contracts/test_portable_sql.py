"""The SQL from accepted rows to counts says the same to two engines that share no code, DuckDB and Polars."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from assurance.warehouse import Warehouse, tables_read
from pipelines import build, measure
from tests.conftest import ROOT
from tests.spec.test_examples import accepted, examples

AREA = "X06000009"
FILES = [
    *(ROOT / "pipelines" / "marts" / f"{mart}.sql" for mart in build.mart_order()),
    *sorted((ROOT / "indicators").glob("*/items.sql")),
    *((ROOT / "indicators" / slug / "definition.toml") for slug in build.definitions()),
]
"""Each definition stands for the measure of its kind over its items, and for the counting of what that gives."""


@pytest.fixture(scope="module")
def warehouse(store: Path) -> Warehouse:
    """The marts over the 2011 sample and over every worked example as an area of its own, as DuckDB makes them: the
    sample has none of some things, and the examples have all."""
    given = [accepted(each.values[1], f"X{at:08}") for at, each in enumerate(examples())]
    given.append(
        {
            path.stem: pl.read_parquet(path).drop("source_row").with_columns(area_code=pl.lit(AREA))
            for path in store.glob("loads/*/accepted/*.parquet")
        }
    )
    names = {name for tables in given for name in tables}
    return build.marts_over(
        {name: pl.concat([tables[name] for tables in given if name in tables], how="diagonal") for name in names}
    )


def polars_rows(warehouse: Warehouse, sql: str, given: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """What Polars makes of ``sql``; its tables have no schemas, so "marts.cases" becomes "marts_cases"."""
    tables = tables_read(sql)
    frames = {
        table.replace(".", "_"): given[table]
        if table in given
        else pl.DataFrame(warehouse.run(f"select * from {table}"))
        for table in tables
    }
    flat = re.sub(r"\b(accepted|marts|reference)\.(\w+)", r"\1_\2", sql)
    return pl.SQLContext(frames).execute(flat, eager=True)


def rows(frame: pl.DataFrame) -> Counter[tuple[Any, ...]]:
    """The rows whatever their order, as plain values."""
    assert frame.height > 0
    return Counter(tuple(_plain(value) for value in row) for row in frame.iter_rows())


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        assert value == datetime.combine(value.date(), datetime.min.time())
        return value.date()
    assert value is None or isinstance(value, str | int | bool | date), type(value)
    return value


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_duckdb_and_polars_make_the_same_rows(warehouse: Warehouse, path: Path) -> None:
    given: dict[str, pl.DataFrame] = {}
    sql_file = path
    if path.suffix == ".toml":
        definition = build.definitions()[path.parent.name]
        items = measure.items_of(warehouse, definition, (path.parent / "items.sql").read_text())
        given = {"items": measure.long_items(definition, items), "settings": measure.settings_of(definition)}
        sql_file = measure.MEASURES / f"{definition.kind}.sql"
        for name, frame in given.items():
            warehouse.register(name, frame.to_arrow())
    duckdb = same_rows(warehouse, sql_file.read_text(), given)
    if given:
        warehouse.register("placed_items", duckdb.to_arrow())
        same_rows(warehouse, (measure.MEASURES / "counts.sql").read_text(), {"placed_items": duckdb})


def same_rows(warehouse: Warehouse, sql: str, given: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    duckdb, polars = pl.DataFrame(warehouse.run(sql)), polars_rows(warehouse, sql, given)
    assert polars.columns == duckdb.columns
    assert rows(polars) == rows(duckdb)
    return duckdb


def test_every_measure_is_compared() -> None:
    kinds = {definition.kind for definition in build.definitions().values()}
    assert {path.stem for path in measure.MEASURES.glob("*.sql")} == kinds | {"counts"}
