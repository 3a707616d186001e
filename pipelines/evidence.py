"""What a release says of its own data: who sent, what failed a rule, what is filled, what agrees, what vanished.

Counts go where counts are, rows where rows are. Refuses to judge: what is enough stands in :mod:`assurance.trust`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import polars as pl

from assurance.warehouse import Warehouse
from pipelines import extract_format, history, judge
from pipelines.history import Heard, Load
from pipelines.measure import NOT_KNOWN
from pipelines.store import Store, write_parquet

MARTS: Final = ("reconciliation", "control_totals", "audits")
"""The marts that are counts already."""
ROWS: Final = ("service_records", "advice_checks")
"""The marts whose rows a case is told from."""
_ASKED_OF: Final = {
    "access_to_children_removed": pl.col("decision_type").is_in(["SAFEGUARD", "REVIEW"]),
    "alternatives_rejected_reason_recorded": pl.col("decision_value") == "SUSPENDED",
}
"""Columns that only some rows of their table have to answer."""
CASE: Final = r"^[a-z]_[0-9a-f]{16}$"
"""What a reference looks like: of a cell that holds anything else, nothing is kept."""
_WORDS: Final = {"says_en": pl.String, "says_cy": pl.String, "fix_en": pl.String, "fix_cy": pl.String}


def write(folder: Path, warehouse: Warehouse, store: Store, loads: Sequence[Load], services: Sequence[Heard]) -> None:
    """Writes all of it into a release that is being made. ``loads``: every load that says something, by its day."""
    in_force = [each for each in loads if each.is_in_force]
    gone = history.withdrawn(store, loads)
    counts = {
        **{name: _sorted(warehouse, f"select * from marts.{name}") for name in MARTS},
        "services": _services(services),
        "editions": _editions(store, loads),
        "arrivals": _arrivals(store, in_force),
        "findings": _findings(store, in_force),
        "completeness": _completeness(store, in_force),
        "withdrawn": gone.group_by(area="area_code", last_seen_on="last_seen_on", gone_by="gone_by", status="status")
        .agg(n=pl.len().cast(pl.Int64))
        .sort("area", "gone_by", "status"),
    }
    rows = {
        **{name: _sorted(warehouse, f"select * from marts.{name}") for name in ROWS},
        "calendar": _sorted(warehouse, "select * from reference.calendar"),
        "findings": _findings_of_cases(store, in_force),
        "withdrawn": gone,
    }
    for product, tables in (("restricted", counts), ("cases", rows)):
        for name, table in tables.items():
            write_parquet(table.to_arrow(), folder / product / f"{name}.parquet")


def _sorted(warehouse: Warehouse, sql: str) -> pl.DataFrame:
    rows = pl.DataFrame(warehouse.run(sql))
    return rows.sort(rows.columns)


def _editions(store: Store, loads: Sequence[Load]) -> pl.DataFrame:
    """One row per area and edition of the procedures that its extracts have followed, in order: from which day on, null
    for the first. It changed between two snapshots, so the day after the last with the edition before is the first."""
    rows: list[tuple[str, int, date | None, str]] = []
    for area in sorted({each.area for each in loads}):
        followed = [(each, _edition(store, each)) for each in loads if each.area == area and each.service == "LEAD"]
        rows += [(area, 0, None, edition) for _, edition in followed[:1]]
        for at, ((before, old), (_, new)) in enumerate(pairwise(followed), start=1):
            rows += [(area, at, before.snapshot_on + timedelta(days=1), new)] if new != old else []
    schema = {"area": pl.String, "place": pl.Int64, "since": pl.Date, "edition": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _edition(store: Store, load: Load) -> str:
    extract = pl.read_parquet(store.load(load.name) / "accepted" / "extract.parquet")
    edition: str = extract.row(0, named=True)["procedure_edition"]
    return edition


def _services(services: Sequence[Heard]) -> pl.DataFrame:
    """One row per area and service: when it was last heard of, null if never."""
    rows = [(each.area, each.service, each.state, each.last and each.last.snapshot_on) for each in services]
    schema = {"area": pl.String, "service": pl.String, "state": pl.String, "last_on": pl.Date}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _arrivals(store: Store, loads: Sequence[Load]) -> pl.DataFrame:
    """One row per load and table: how many rows were read, accepted and put in quarantine."""
    rows = [
        (each.area, each.service, each.snapshot_on, report["rules_run"], table, *map(counts.get, _FATES))
        for each in loads
        for report in [json.loads((store.load(each.name) / "report.json").read_bytes())]
        for table, counts in sorted(report["tables"].items())
    ]
    schema = {"area": pl.String, "service": pl.String, "snapshot_on": pl.Date, "rules_run": pl.Int64}
    return pl.DataFrame(
        rows, schema={**schema, "table": pl.String, **dict.fromkeys(_FATES, pl.Int64)}, orient="row"
    ).sort("area", "service", "table")


_FATES: Final = ("read", "accepted", "quarantined")


def _findings(store: Store, loads: Sequence[Load]) -> pl.DataFrame:
    """One row per load and rule that failed: on how many rows, and the rule in words, as it read at the build."""
    keys = {"area": pl.String, "service": pl.String, "table": pl.String, "rule": pl.String, "on_failure": pl.String}
    parts = [pl.DataFrame(schema={**keys, "n": pl.Int64})]
    for each in loads:
        found = pl.read_parquet(store.load(each.name) / "findings.parquet")
        counted = found.group_by("table", "rule", "on_failure").agg(n=pl.len().cast(pl.Int64))
        parts.append(counted.select(area=pl.lit(each.area), service=pl.lit(each.service), **_same(counted)))
    rules = [(rule.id, *[text[lang] for text in (rule.says, rule.fix) for lang in ("en", "cy")])
             for rule in judge.rules().values()]  # fmt: skip
    words = pl.DataFrame(rules, schema={"rule": pl.String, **_WORDS}, orient="row")
    return pl.concat(parts).join(words, on="rule", how="left").sort(list(keys))


def _findings_of_cases(store: Store, loads: Sequence[Load]) -> pl.DataFrame:
    """One row per area, case, table, rule that failed, and fate: on how many of the rows that name the case."""
    keys = {"area": pl.String, "case_id": pl.String, "table": pl.String, "rule": pl.String, "on_failure": pl.String}
    parts = [pl.DataFrame(schema={**keys, "n": pl.Int64})]
    for each in loads:
        found = pl.read_parquet(store.load(each.name) / "findings.parquet")
        for (table,), broken in found.group_by("table"):
            path = store.load(each.name) / "raw" / f"{table}.parquet"
            if path.exists() and "case_id" in (sent := pl.read_parquet(path)).columns:
                own = broken.join(sent.select("source_row", "case_id"), on="source_row")
                counted = own.group_by("case_id", "table", "rule", "on_failure").agg(n=pl.len().cast(pl.Int64))
                parts.append(counted.select(area=pl.lit(each.area), **_same(counted)))
    return pl.concat(parts).filter(pl.col("case_id").str.contains(CASE)).group_by(list(keys)).agg(
        pl.col("n").sum()
    ).sort(list(keys))  # fmt: skip


def _same(frame: pl.DataFrame) -> dict[str, pl.Expr]:
    return {name: pl.col(name) for name in frame.columns}


def _completeness(store: Store, loads: Sequence[Load]) -> pl.DataFrame:
    """One row per area, service, table and column that has to be filled: of how many cells it is known what they say.

    A row that a service gives of itself counts for that service, any other for the one that sent the extract.
    """
    schema = {"area": pl.String, "service": pl.String, "table": pl.String, "column": pl.String}
    parts = [pl.DataFrame(schema={**schema, "known": pl.Int64, "expected": pl.Int64})]
    for each in loads:
        for name, table in extract_format.tables().items():
            path = store.load(each.name) / "accepted" / f"{name}.parquet"
            if path.exists() and name != "extract":
                parts += _filled(pl.read_parquet(path), table, each)
    return pl.concat(parts).sort(list(schema))


def _filled(rows: pl.DataFrame, table: extract_format.Table, load: Load) -> Iterator[pl.DataFrame]:
    given_by = pl.col("service") if "service" in rows.columns else pl.lit(load.service)
    needed = {
        name: each.staged_name
        for name, each in table.columns.items()
        if not each.optional and name not in table.key and not each.refers_to
    }
    for header, column in needed.items():
        asked = rows.filter(_ASKED_OF[header]) if header in _ASKED_OF else rows
        is_known = pl.col(column).is_not_null() & ~pl.col(column).cast(pl.String).is_in(NOT_KNOWN)
        counted = asked.group_by(service=given_by).agg(
            known=is_known.sum().cast(pl.Int64), expected=pl.len().cast(pl.Int64)
        )
        place: Mapping[str, Any] = {"area": load.area, "table": table.name, "column": header}
        yield counted.with_columns(**{key: pl.lit(text) for key, text in place.items()}).select(
            "area", "service", "table", "column", "known", "expected"
        )
