"""One extract on its way in: read, staged, judged, and kept whole as a load, or refused and nothing kept.

Every row read is accepted or in quarantine with its reason; the two add up to what was read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final, Literal

import polars as pl

from assurance import words
from assurance.errors import Reason, Refused, refused
from assurance.release import canonical, manifest_hash, sha256
from assurance.words import Language
from pipelines import extract_format
from pipelines.judge import EXPECTATIONS, Finding, Judge, Rule, rules
from pipelines.read import DEFAULT_LIMIT_MB, Extract, read
from pipelines.stage import STAGING, stage
from pipelines.store import Store, fingerprint, in_force, write_parquet

Progress = Callable[[str], None]

JUDGED_BY: Final = (
    STAGING,
    EXPECTATIONS,
    *(extract_format.REFERENCE / f"{name}.toml" for name in ("extract", "codes", "areas")),
    *(Path(__file__).parent / f"{step}.py" for step in ("read", "stage", "judge", "load")),
)
"""The files that decide what becomes of a row: part of a load's name, so that new rules judge the same file anew."""


@dataclass(frozen=True)
class Verdict:
    """What became of an extract. ``tables`` has read, accepted and quarantined rows of each table;
    ``is_superseded``: a newer snapshot of its area and service is in force, so publishing will not show it."""

    accepted: bool
    tables: Mapping[str, Mapping[str, int]]
    findings: Sequence[Finding]
    load: str | None = None
    already_held: bool = False
    is_superseded: bool = False
    because: Sequence[Reason] = field(default=())

    def count(self, what: Literal["read", "accepted", "quarantined"]) -> int:
        return sum(table[what] for table in self.tables.values())

    def as_json(self, lang: Language) -> dict[str, Any]:
        """The shape that ``load --json`` and ``check --json`` print; no cell value in it."""
        refusing = [
            words.say(lang, "load.broken", says=finding.rule.says[lang], fix=finding.rule.fix[lang])
            for finding in self.findings
            if finding.rule.on_failure == "refuse"
        ]
        because = [*(reason.says(lang) for reason in self.because), *refusing]
        return {
            "verdict": "accepted" if self.accepted else "refused",
            "read": self.count("read"),
            "accepted": self.count("accepted"),
            "quarantined": self.count("quarantined"),
            "load": self.load,
            "already_held": self.already_held,
            "is_superseded": self.is_superseded,
            "tables": {name: dict(counts) for name, counts in self.tables.items()},
            "rules": [_finding_json(finding, lang) for finding in self.findings],
            "refused_because": None if self.accepted else " ".join(because),
        }


def _finding_json(finding: Finding, lang: Language) -> dict[str, Any]:
    return {
        "rule": finding.rule.id,
        "table": finding.rule.suite,
        "severity": finding.rule.severity,
        "on_failure": finding.rule.on_failure,
        "rows": len(finding.rows),
        "row_numbers": list(finding.rows),
        "places": list(finding.places),
        "says": finding.rule.says[lang],
        "fix": finding.rule.fix[lang],
    }


@dataclass(frozen=True)
class _Judged:
    """An extract with its staged tables and what was found; ``quarantined``: source rows by table."""

    extract: Extract
    staged: Mapping[str, pl.DataFrame]
    findings: Sequence[Finding]
    quarantined: Mapping[str, set[int]]

    @property
    def is_refused(self) -> bool:
        return any(finding.rule.on_failure == "refuse" for finding in self.findings)

    def verdict(self, load: str | None = None, already_held: bool = False, is_superseded: bool = False) -> Verdict:
        kept = not self.is_refused
        counts = {
            name: {
                "read": table.height,
                "accepted": table.height - len(self.quarantined.get(name, ())) if kept else 0,
                "quarantined": len(self.quarantined.get(name, ())) if kept else 0,
            }
            for name, table in self.extract.tables.items()
        }
        return Verdict(kept, counts, self.findings, load, already_held, is_superseded)


def check(
    paths: Sequence[Path], judge: Judge, limit_mb: int = DEFAULT_LIMIT_MB, progress: Progress = lambda _: None
) -> Verdict:
    """What would become of the extract in ``paths``; keeps nothing."""
    try:
        return _judge(paths, judge, limit_mb, progress).verdict()
    except Refused as fault:
        return Verdict(False, {}, (), because=fault.reasons)


def load(
    store: Store,
    paths: Sequence[Path],
    judge: Judge,
    limit_mb: int = DEFAULT_LIMIT_MB,
    progress: Progress = lambda _: None,
) -> Verdict:
    """Keeps the extract in ``paths`` as a load, if it is accepted and not held already."""
    try:
        judged = _judge(paths, judge, limit_mb, progress)
        if judged.is_refused:
            return judged.verdict()
        name = _name(judged.extract)
        about = _about(judged)
        standing = in_force(store).get((about["area"], about["service"]))
        held = name in store.load_names() and not store.load_faults(name)
        # the same file again counts anew where another of its day has replaced it: that is how a correction is undone
        if held and (standing is None or standing["load"] == name or standing["snapshot"] != about["snapshot"]):
            return judged.verdict(name, already_held=True)
        progress("load.keeping")
        _keep(store, judged, name)
        return judged.verdict(name, is_superseded=standing is not None and standing["snapshot"] > about["snapshot"])
    except Refused as fault:
        return Verdict(False, {}, (), because=fault.reasons)


def _keep(store: Store, judged: _Judged, name: str) -> None:
    about = _about(judged)
    if store.load_faults(name):
        with store.making(store.load(name), about) as folder:
            _write(judged, folder)
    place = {key: about[key] for key in ("area", "service", "snapshot")}
    store.settle(store.load(name))
    received_at = datetime.now(UTC).isoformat(timespec="seconds")
    store.received.append(
        {"load": name, "received_at": received_at, "manifest": manifest_hash(store.load(name)), **place}
    )


def _judge(paths: Sequence[Path], judge: Judge, limit_mb: int, progress: Progress) -> _Judged:
    progress("load.reading")
    extract = read(paths, limit_mb)
    progress("load.judging")
    findings = [*judge.judge("file_columns", extract.headers), *judge.judge("file_tables", _tables(extract))]
    if any(finding.rule.on_failure == "refuse" for finding in findings):
        return _Judged(extract, {}, findings, {})
    staged = stage(extract)
    own = [finding for name in extract.tables for finding in judge.judge(name, staged[name])]
    findings += [*own, *judge.judge("file_rows", _bad_shares(extract, own))]
    cascaded = _cascade(staged, own)
    if any(day and day > tomorrow() for day in staged["extract"]["snapshot_on"]):
        raise refused("load.future_snapshot")  # it would be the newest, and in force, until that day comes
    return _Judged(extract, staged, [*findings, *cascaded], _quarantined([*own, *cascaded]))


def tomorrow() -> date:
    """The last day a snapshot can have: this machine's clock may be a time zone behind."""
    return datetime.now(UTC).date() + timedelta(days=1)


def _tables(extract: Extract) -> pl.DataFrame:
    """One row per table of the format and per sheet that is none of them."""
    rows = [(name, True, name in extract.tables) for name in extract_format.tables()]
    rows += [(place, False, True) for place in extract.unknown_sheets]
    frame = pl.DataFrame(rows, schema=["place", "is_known", "is_supplied"], orient="row")
    return frame.with_row_index("source_row").with_columns(
        needed_is_supplied=pl.col("is_supplied") | ~pl.col("place").is_in(["extract", "cases"])
    )


def _bad_shares(extract: Extract, own: Sequence[Finding]) -> pl.DataFrame:
    """One row per table: the share of its rows that a rule of its own puts in quarantine."""
    bad = _quarantined(own)
    rows = [(name, len(bad.get(name, ())), table.height) for name, table in extract.tables.items()]
    frame = pl.DataFrame(rows, schema=["place", "rows_bad", "rows_read"], orient="row").with_row_index("source_row")
    return frame.with_columns(bad_share=pl.col("rows_bad") / pl.max_horizontal("rows_read", 1))


def _quarantined(findings: Sequence[Finding]) -> dict[str, set[int]]:
    rows: dict[str, set[int]] = {}
    for finding in findings:
        if finding.rule.on_failure == "quarantine":
            rows.setdefault(finding.rule.suite, set()).update(finding.rows)
    return rows


def _cascade(staged: Mapping[str, pl.DataFrame], own: Sequence[Finding]) -> list[Finding]:
    """The rows whose parent is in quarantine, under the rule that says the parent must be known.

    Tables stand after their parents in the format, so one pass reaches the children's children.
    """
    bad = _quarantined(own)
    cascaded: list[Finding] = []
    for name, table in extract_format.tables().items():
        for column in table.columns.values():
            if column.refers_to is None:
                continue
            parents = staged[column.refers_to]
            key = extract_format.tables()[column.refers_to].key[0]
            lost = parents.filter(pl.col("source_row").is_in(sorted(bad.get(column.refers_to, set()))))[key].unique()
            rows = staged[name].filter(pl.col(column.name).is_in(lost.implode()))["source_row"].to_list()
            rows = [row for row in rows if row not in bad.get(name, set())]
            if rows:
                bad.setdefault(name, set()).update(rows)
                cascaded.append(Finding(_reference_rule(name, column.name), tuple(rows)))
    return cascaded


def _reference_rule(table: str, column: str) -> Rule:
    return rules()[f"{table}.{column}.known"]


def _name(extract: Extract) -> str:
    """The load's name: what was sent, whatever the order of its rows, and what judged it."""
    content = {
        name: sorted(canonical(row).decode() for row in table.drop("source_row").iter_rows(named=True))
        for name, table in extract.tables.items()
    }
    return sha256(canonical({"content": content, "judged_by": fingerprint(*JUDGED_BY)}))


def _about(judged: _Judged) -> dict[str, Any]:
    row = judged.staged["extract"].row(0, named=True)
    return {
        "kind": "load",
        "area": row["area_code"],
        "service": row["source_service"],
        "snapshot": row["snapshot_on"].isoformat(),
        "tables": sorted(judged.extract.tables),
        "judged_by": fingerprint(*JUDGED_BY),
    }


def _write(judged: _Judged, folder: Path) -> None:
    for name, table in judged.extract.tables.items():
        write_parquet(table.to_arrow(), folder / "raw" / f"{name}.parquet")
        declared = [column.staged_name for column in extract_format.tables()[name].columns.values()]
        kept = judged.staged[name].filter(~pl.col("source_row").is_in(sorted(judged.quarantined.get(name, set()))))
        write_parquet(kept.select("source_row", *declared).to_arrow(), folder / "accepted" / f"{name}.parquet")
    findings = [
        {"table": finding.rule.suite, "source_row": row, "rule": finding.rule.id, "on_failure": finding.rule.on_failure}
        for finding in judged.findings
        for row in finding.rows
        if finding.rule.suite in judged.extract.tables
    ]
    schema = {"table": pl.String, "source_row": pl.Int64, "rule": pl.String, "on_failure": pl.String}
    write_parquet(pl.DataFrame(findings, schema=schema).to_arrow(), folder / "findings.parquet")
    verdict = judged.verdict()
    report = {"tables": verdict.tables, "encodings": judged.extract.encodings, "rules_run": len(rules())}
    (folder / "report.json").write_bytes(canonical(report))
