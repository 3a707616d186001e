"""Which cases differ between two publications: those that came, that vanished, and what reads otherwise of the others.

Knows rows, so it asks for releases opened for who may see them. Refuses to say why anything differs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from assurance.release import Release

TABLES: Final = (
    "cases", "children", "advice", "decisions", "meetings", "actions", "information_sharing", "file_audits",
    "service_lists",
)  # fmt: skip
"""The tables whose rows belong to a case; the first column and the case make a row unique."""

What = Literal["changed", "added", "removed"]


@dataclass(frozen=True)
class Change:
    """One cell that reads otherwise, or a row that a case gained or lost (``column`` is then empty). ``row`` is the
    first column of the row's key; values are codes, ids, numbers or days as text, None where blank."""

    area: str
    case: str
    table: str
    row: str
    what: What
    column: str = ""
    then: str | None = None
    now: str | None = None


@dataclass(frozen=True)
class Difference:
    """``came`` and ``vanished``: area and case. ``changes`` are of cases that both publications have."""

    came: tuple[tuple[str, str], ...]
    vanished: tuple[tuple[str, str], ...]
    changes: tuple[Change, ...]


_Key = tuple[str, str, str]
"""Area, case, and the first column."""
_Rows = Mapping[_Key, Mapping[str, Any]]


def of(then: Release, now: Release) -> Difference:
    """Everything that differs, in a stable order. Raises Refused if either release was opened without its rows, or was
    made before rows were kept."""
    was, reads = ({table: _keyed(release, table) for table in TABLES} for release in (then, now))
    before, after = ({key[:2] for key in tables["cases"]} for tables in (was, reads))
    both = before & after
    changes = [
        change for table in TABLES for change in _changes(table, was[table], reads[table]) if _of(change) in both
    ]
    return Difference(tuple(sorted(after - before)), tuple(sorted(before - after)), tuple(changes))


def _of(change: Change) -> tuple[str, str]:
    return change.area, change.case


def _keyed(release: Release, table: str) -> dict[_Key, dict[str, Any]]:
    rows = release.rows(table)
    return {(row["area_code"], row["case_id"], row[next(iter(row))]): row for row in rows}


def _changes(table: str, was: _Rows, reads: _Rows) -> Iterator[Change]:
    for key in sorted(was.keys() | reads.keys()):
        area, case, first = key
        if key not in reads:
            yield Change(area, case, table, first, "removed")
        elif key not in was:
            yield Change(area, case, table, first, "added")
        else:
            old, new = was[key], reads[key]
            for column in new:  # one that an older format lacked is no change
                if column in old and old[column] != new[column]:
                    values = _text(old[column]), _text(new[column])
                    yield Change(area, case, table, first, "changed", column, *values)


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
