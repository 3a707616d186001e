"""Items into counts: each indicator's things counted, by its kind's one measure.

Knows the narrow table that all indicators end in, ``(indicator, area, month, breakdown, category, state, days, n)``,
and the same before it is added up, a row per item: what is counted and what is listed are one thing. Refuses totals: an
item counts in its month once under "all" and once under each breakdown.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import polars as pl
import pyarrow as pa

from assurance.indicator import Definition, Kind
from assurance.warehouse import Warehouse

MEASURES: Final = Path(__file__).parent / "measures"
ALL: Final = "all"
UNKNOWN: Final = "UNK"

COUNTS: Final = {
    "indicator": pl.String,
    "area": pl.String,
    "month": pl.Date,  # null where the item has no usable date: it counts under "all periods" alone
    "breakdown": pl.String,
    "category": pl.String,
    "state": pl.String,
    "days": pl.Int32,
    "n": pl.Int64,
}
PLACED: Final = {**COUNTS, "item_id": pl.String}  # null where something is counted that is no item: people
"""An item in a month, a breakdown and a category of it, with its state: what counts are made of."""
_READS: Final[Mapping[Kind, Mapping[str, type[pl.DataType]]]] = {
    "within_clock": {"started_on": pl.Date, "stopped_on": pl.Date, "due_on": pl.Date, "counted_on": pl.Date},
    "share": {"counted_on": pl.Date, "is_met": pl.Boolean, "n": pl.Int64},
    "occurrences": {"occurred_on": pl.Date},
    "duration": {"started_on": pl.Date, "stopped_on": pl.Date, "left_on": pl.Date},
    "stock": {"opened_on": pl.Date, "closed_on": pl.Date, "due_on": pl.Date},
    "profile": {"counted_on": pl.Date, "n": pl.Int64},
    "rate": {"counted_on": pl.Date},
}
"""What a measure reads of each item, beside ``apart_as``; a column that items.sql does not give is null. ``n``: how
many an item stands for, where a service sends counts; one, if it is null."""
NOT_KNOWN: Final = ("", "U", UNKNOWN)


def items_of(warehouse: Warehouse, definition: Definition, sql: str) -> pl.DataFrame:
    """The things counted: one row per item, in a stable order."""
    rows = pl.DataFrame(warehouse.run(sql, name=f"indicators/{definition.slug}/items.sql"))
    return rows.sort("area_code", "item_id")


def counts_of(warehouse: Warehouse, definition: Definition, items: pl.DataFrame) -> pl.DataFrame:
    """The counts of one indicator's items, in a stable order."""
    return measured(warehouse, definition, items)[1]


def measured(warehouse: Warehouse, definition: Definition, items: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """One indicator's items, each in its months with its state, and their counts, both in a stable order."""
    warehouse.register("items", long_items(definition, items).to_arrow())
    warehouse.register("settings", settings_of(definition).to_arrow())
    placed = _ran(warehouse, definition.kind)
    warehouse.register("placed_items", placed)
    counts = _ran(warehouse, "counts")
    return _shaped(pl.DataFrame(placed), definition, PLACED), _shaped(pl.DataFrame(counts), definition, COUNTS)


def _ran(warehouse: Warehouse, measure: str) -> pa.Table:
    return warehouse.run((MEASURES / f"{measure}.sql").read_text(), name=f"measures/{measure}.sql")


def _shaped(rows: pl.DataFrame, definition: Definition, schema: Mapping[str, type[pl.DataType]]) -> pl.DataFrame:
    return (
        rows.rename({"area_code": "area"})
        .with_columns(indicator=pl.lit(definition.slug))
        .select(pl.col(name).cast(dtype) for name, dtype in schema.items())
        .sort(list(schema), nulls_last=True)
    )


def long_items(definition: Definition, items: pl.DataFrame) -> pl.DataFrame:
    """One row per item and breakdown, "all" among them; what a measure reads. A profile's items have a row for each
    of their categories too, and a state: whether the breakdown is known of them."""
    reads: dict[str, type[pl.DataType]] = {**_READS[definition.kind], "apart_as": pl.String}
    read: list[pl.Expr] = [
        (pl.col(name) if name in items.columns else pl.lit(None)).cast(dtype).alias(name)
        for name, dtype in reads.items()
    ]
    common = [pl.col("item_id"), pl.col("area_code"), *read]
    if definition.kind == "profile":
        return _profiled(definition, items, common)
    parts = [items.select(*common, breakdown=pl.lit(ALL), category=pl.lit(ALL))]
    parts += [
        items.select(*common, breakdown=pl.lit(name), category=pl.col(name).fill_null(UNKNOWN))
        for name in definition.breakdowns
    ]
    return pl.concat(parts)


def _profiled(definition: Definition, items: pl.DataFrame, common: list[pl.Expr]) -> pl.DataFrame:
    parts = [items.select(*common, breakdown=pl.lit(ALL), category=pl.lit(ALL), state=pl.lit("known"))]
    for breakdown in definition.breakdowns:
        columns = breakdown.split("*")
        is_known = pl.all_horizontal(~pl.col(name).fill_null("").is_in(NOT_KNOWN) for name in columns)
        state = pl.when(is_known).then(pl.lit("known")).otherwise(pl.lit("not_known"))
        parts.append(items.select(*common, breakdown=pl.lit(breakdown), category=pl.lit(ALL), state=state))
        category = pl.concat_str(columns, separator="*")
        found = items.filter(is_known).select(
            *common, breakdown=pl.lit(breakdown), category=category, state=pl.lit("known")
        )
        if breakdown in definition.several:
            found = found.with_columns(pl.col("category").str.split(";").list.unique()).explode("category")
        parts.append(found)
    return pl.concat(parts)


def settings_of(definition: Definition) -> pl.DataFrame:
    """One row: what the definition sets and the measure reads."""
    clock, rate = definition.clock, definition.rate
    limit = clock.limit if clock else None
    by_months = clock is not None and clock.unit == "months"
    return pl.DataFrame(
        {
            "unit": [clock.unit if clock else None],
            "limit_days": [None if by_months else limit],
            "limit_months": [limit if by_months else None],
            "stock_by": [definition.stock_by],
            "base": [rate.base if rate else None],
        },
        schema={
            "unit": pl.String,
            "limit_days": pl.Int64,
            "limit_months": pl.Int64,
            "stock_by": pl.String,
            "base": pl.String,
        },
    )
