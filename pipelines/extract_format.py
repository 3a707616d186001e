"""What an extract may hold: its tables, columns, codes and areas, as declared in ``data/reference/``.

Knows three TOML files and nothing else. Refuses to judge a value or to read an extract.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, TypedDict

REFERENCE: Final = Path(__file__).parent.parent / "data" / "reference"

Type = Literal["id", "area", "code", "codes", "date", "time", "integer"]


class Labels(TypedDict):
    """The same words in both languages, by language code."""

    en: str
    cy: str


@dataclass(frozen=True)
class Column:
    """One header of a table.

    ``list`` names the code list of a ``code`` or ``codes`` column. Where the list depends on the row,
    ``list_by`` names the column that decides and ``lists`` has the list for each of its codes. ``refers_to``
    names the table whose key it repeats. ``about`` says what the label alone does not. ``optional``: the
    column may be left out, and its cells may be empty.
    """

    name: str
    type: Type
    labels: Labels
    about: Labels | None = None
    list: str | None = None
    list_by: str | None = None
    lists: Mapping[str, str] = field(default_factory=dict)
    optional: bool = False
    refers_to: str | None = None

    @property
    def staged_name(self) -> str:
        """Its name from staging on: ``received_on``. Only dates change; ``in_date`` is a count of people."""
        if self.type == "date" and self.name.endswith("_date"):
            return self.name.removesuffix("_date") + "_on"
        return self.name

    @property
    def lists_used(self) -> tuple[str, ...]:
        """Every list its codes may come from, each once."""
        return tuple(dict.fromkeys([self.list] if self.list else self.lists.values()))


@dataclass(frozen=True)
class Table:
    """One sheet or file; ``key`` are the columns that make its rows unique, ``says`` what one row is."""

    name: str
    key: tuple[str, ...]
    says: Labels
    columns: Mapping[str, Column]


@dataclass(frozen=True)
class Area:
    """An authority, or a region. Regions have no region of their own, nor has the 2011 reconstruction."""

    code: str
    labels: Labels
    region: str | None = None
    invented: bool = False


@cache
def tables() -> Mapping[str, Table]:
    """The tables by name, each after those it refers to; columns in the order of the headers.

    Raises TypeError if the declaration has a key that means nothing here.
    """
    return {
        name: Table(
            name=name,
            key=tuple(declared["key"]),
            says=declared["says"],
            columns={header: _column(header, **each) for header, each in declared["columns"].items()},
        )
        for name, declared in _read("extract.toml").items()
    }


def is_cell(table: str, row: str, column: str, value: str) -> bool:
    """Whether a table has rows of their own reference, such a column beside it, and could hold ``value`` there as the
    format writes it. A code whose list depends on its row may be of any of its lists; a blank only where it may be."""
    declared = tables().get(table)
    if declared is None or len(declared.key) != 1 or column in declared.key or column not in declared.columns:
        return False
    found = declared.columns[column]
    if declared.columns[declared.key[0]].type != "id" or found.refers_to or not _ID.fullmatch(row):
        return False
    if not value:
        return found.optional
    if found.type in ("code", "codes"):
        listed = {code for name in found.lists_used for code in codes()[name]}
        return set(value.split(";") if found.type == "codes" else [value]) <= listed
    return bool(_WRITTEN[found.type].fullmatch(value))


_ID: Final = re.compile(r"[a-z]_[0-9a-f]{16}")
_WRITTEN: Final[Mapping[Type, re.Pattern[str]]] = {
    "id": _ID,
    "date": re.compile(r"(?:19[5-9]\d|20[0-2]\d|203[0-5])-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"),
    "time": re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d"),
    "integer": re.compile(r"\d{1,9}"),
}


@cache
def codes() -> Mapping[str, Mapping[str, Labels]]:
    """The code lists by name: each code, as text and in the order it is shown, with its labels."""
    return _read("codes.toml")


@cache
def areas() -> Mapping[str, Area]:
    """The authorities and invented areas by code."""
    return {code: _area(code, **declared) for code, declared in _read("areas.toml")["areas"].items()}


@cache
def regions() -> Mapping[str, Area]:
    """The regions by code, the invented one last."""
    return {code: _area(code, **declared) for code, declared in _read("areas.toml")["regions"].items()}


def _column(name: str, en: str, cy: str, **declared: Any) -> Column:
    return Column(name=name, labels=Labels(en=en, cy=cy), **declared)


def _area(code: str, en: str, cy: str, **declared: Any) -> Area:
    return Area(code=code, labels=Labels(en=en, cy=cy), **declared)


def _read(name: str) -> dict[str, Any]:
    with (REFERENCE / name).open("rb") as source:
        return tomllib.load(source)
