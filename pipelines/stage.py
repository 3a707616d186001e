"""Rows of text into typed rows with the facts that rules need, one SELECT per table.

Knows how a cell is read. Refuses to judge: a cell that cannot be read is null here and a fact beside it says so.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pyarrow as pa

from assurance.warehouse import Warehouse
from pipelines import extract_format
from pipelines.read import Extract

STAGING = Path(__file__).parent / "staging"


def stage(extract: Extract) -> dict[str, pl.DataFrame]:
    """The staged rows of every table of the format; a table that did not arrive is staged empty."""
    warehouse = Warehouse()
    warehouse.register("reference.codes", _codes())
    for name, table in extract_format.tables().items():
        warehouse.register(f"raw.{name}", extract.tables.get(name, _empty(table)).to_arrow())
    warehouse.define((STAGING / "functions.sql").read_text())  # they look into the tables, which must be there
    return {
        name: pl.DataFrame(warehouse.run((STAGING / f"{name}.sql").read_text(), name=f"staging/{name}.sql")).sort(
            "source_row"
        )
        for name in extract_format.tables()
    }


def _codes() -> pa.Table:
    pairs = [(name, code) for name, codes in extract_format.codes().items() for code in codes]
    return pa.table({"list": [name for name, _ in pairs], "code": [code for _, code in pairs]})


def _empty(table: extract_format.Table) -> pl.DataFrame:
    columns: dict[str, pl.DataType | type[pl.DataType]] = {"source_row": pl.Int64}
    columns |= {name: pl.String for name in table.columns}
    return pl.DataFrame(schema={**columns, "is_ragged": pl.Boolean})
