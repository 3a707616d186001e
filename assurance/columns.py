"""What the columns of an extract are called, and which lists their codes are from, as a release holds it.

Knows one declaration (``data/reference/extract.toml``). Refuses to know any row.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assurance.indicator import Both


@dataclass(frozen=True)
class Column:
    """``label``: its name to a reader. ``lists``: the lists its codes are from, by the value of the column ``by`` where
    they depend on it, under "" where they do not; empty where it holds no codes."""

    label: Both
    type: str
    lists: Mapping[str, str]
    by: str


Columns = Mapping[str, Mapping[str, Column]]
"""By table, then by the name that accepted rows have for the column."""


def parse(text: str) -> Columns:
    """Every column that ``text`` (TOML) declares."""
    declared: dict[str, dict[str, Any]] = tomllib.loads(text)
    return {table: dict(map(_column, about["columns"].items())) for table, about in declared.items()}


def _column(declared: tuple[str, Mapping[str, Any]]) -> tuple[str, Column]:
    header, about = declared
    is_day = about["type"] == "date" and header.endswith("_date")
    name = header.removesuffix("_date") + "_on" if is_day else header
    lists = about.get("lists") or ({"": about["list"]} if "list" in about else {})
    return name, Column({"en": about["en"], "cy": about["cy"]}, about["type"], lists, about.get("list_by", ""))
