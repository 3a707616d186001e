"""The samples as accepted rows, read without the product's own reader."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from tests.pipelines.made_extracts import TABLES, Tables

COUNTS = (
    "prior_reports_count", "minutes_quality", "due_changes", "in_scope", "in_date", "contacts", "converted_to_reports",
)  # fmt: skip


def samples(*paths: Path) -> Tables:
    """The extracts in folders and zips as accepted rows of one store."""
    tables: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
    for path in paths:
        read = {name: _rows(path, f"{name}.csv") for name in TABLES}
        area = {"area_code": read["extract"][0]["area_code"]}
        for name, rows in read.items():
            tables[name] += [
                area | {_staged(header): _value(header, cell) for header, cell in row.items()} for row in rows
            ]
    return tables


def _rows(path: Path, name: str) -> list[dict[str, str]]:
    if path.suffix == ".zip":
        with ZipFile(path) as packed:
            return list(csv.DictReader(io.StringIO(packed.read(name).decode())))
    return list(csv.DictReader((path / name).read_text(encoding="utf-8").splitlines()))


def _staged(header: str) -> str:
    return header.removesuffix("_date") + "_on" if _is_date(header) else header


def _is_date(header: str) -> bool:
    return header.endswith("_date") and header not in COUNTS  # in_date counts who is up to date


def _value(header: str, cell: str) -> Any:
    if not cell:
        return None
    if _is_date(header) or header in ("period_start", "period_end"):
        return date.fromisoformat(cell)
    return int(cell) if header in COUNTS else cell
