"""Cells that two people agreed are wrong in what was sent, as they should be; to the last day that was agreed.

Knows how a correction is applied to accepted rows. Refuses one that has expired: what was sent is counted again, and
the pages say so. What was received and accepted stays as it was; a correction lives in the release alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import polars as pl

from assurance.entries import Entry
from pipelines.extract_format import Table


def corrected(rows: pl.DataFrame, table: Table, area: str, snapshot: date, agreed: Iterable[Entry]) -> pl.DataFrame:
    """The accepted rows of a table of an area with every correction that is in force for data of ``snapshot``."""
    for entry in agreed:
        cell = entry.correction
        if cell is None or cell.table != table.name or entry.area != area or entry.has_expired(snapshot):
            continue
        column = table.columns[cell.column].staged_name
        value = pl.lit(cell.value or None, pl.String)
        typed = value.str.to_date("%Y-%m-%d") if rows.schema[column] == pl.Date else value.cast(rows.schema[column])
        is_row = pl.col(table.columns[table.key[0]].staged_name) == cell.row
        rows = rows.with_columns(pl.when(is_row).then(typed).otherwise(pl.col(column)).alias(column))
    return rows
