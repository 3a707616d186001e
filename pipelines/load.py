"""One extract on its way in: read, staged, judged, and kept whole as a load, or refused and nothing kept.

Every row read is accepted or in quarantine with its reason; the two add up to what was read.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Literal

import polars as pl

from assurance import disclosure, entries, words
from assurance.disclosure import KReport
from assurance.entries import Entry
from assurance.errors import Reason, Refused, refused
from assurance.release import canonical, manifest_hash, sha256
from assurance.words import Language
from pipelines import answers as remembered
from pipelines import extract_format, put_right
from pipelines.aliases import SOURCES
from pipelines.cells import Question
from pipelines.judge import EXPECTATIONS, Finding, Judge, Rule, owners, rules
from pipelines.read import DEFAULT_LIMIT_MB, Extract, as_written, read
from pipelines.stage import STAGING, stage
from pipelines.store import Store, fingerprint, in_force, write_parquet

Progress = Callable[[str], None]
REPORT: Final = "report.json"
ROWS_NAMED: Final = 20
IDS_KEPT_AT_LEAST: Final = 0.5
"""Of the cases of the load before that should still be sent, the share that is under the same reference: from month to
month nearly all are; where less than half are, the references were made anew."""

JUDGED_BY: Final = (
    STAGING,
    SOURCES,
    EXPECTATIONS,
    *(extract_format.REFERENCE / f"{name}.toml" for name in ("extract", "codes", "areas")),
    *(Path(__file__).parent / f"{step}.py" for step in ("read", "tidy", "cells", "aliases", "stage", "judge", "load")),
)
"""The files that decide what becomes of a row: part of a load's name, so that new rules judge the same file anew."""


@dataclass(frozen=True)
class Verdict:
    """What became of an extract. ``tables`` has read, accepted and quarantined rows of each table; ``extract`` how it
    was read, None where it could not be; ``justified``: why a warning stands, by its rule; ``is_superseded``: a newer
    snapshot of its area and service is in force, so publishing will not show it."""

    accepted: bool
    tables: Mapping[str, Mapping[str, int]]
    findings: Sequence[Finding]
    load: str | None = None
    already_held: bool = False
    is_superseded: bool = False
    because: Sequence[Reason] = field(default=())
    extract: Extract | None = None
    justified: Mapping[str, Entry] = field(default_factory=dict)
    k: KReport | None = None
    ids_kept: float | None = None

    def count(self, what: Literal["read", "accepted", "quarantined"]) -> int:
        return sum(table[what] for table in self.tables.values())

    def as_json(self, lang: Language) -> dict[str, Any]:
        """The shape that ``load --json`` and ``check --json`` print; no cell value in it."""
        refusing = [
            words.say(lang, "load.broken", says=finding.rule.says[lang], fix=finding.rule.fix[lang])
            for finding in self.findings
            if finding.rule.on_failure == "refuse" and not self._is_asked(finding)
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
            "area": _of_extract(self.extract, "area_code"),
            "service": _of_extract(self.extract, "source_service"),
            "k": {**asdict(self.k), "says": self.k.says(lang)} if self.k else None,
            "ids": self._ids(lang),
            "rules": [_finding_json(finding, self.justified.get(finding.rule.id), lang) for finding in self.findings],
            "questions": [_question_json(each, lang) for each in self.extract.questions] if self.extract else [],
            "readings": [{**each, "says": says} for each, says in self._as_read("readings", lang)],
            "set_aside": [{**each, "says": says} for each, says in self._as_read("set_aside", lang)],
            "repaired": [words.say(lang, "load.repaired", table=each) for each in self._repaired],
            "refused_because": None if self.accepted else " ".join(because),
        }

    def _ids(self, lang: Language) -> str | None:
        """That the references are not those of the load before, if they are not: what needs them cannot be measured."""
        is_new = self.ids_kept is not None and self.ids_kept < IDS_KEPT_AT_LEAST
        return words.say(lang, "load.ids_changed") if is_new else None

    def _is_asked(self, finding: Finding) -> bool:
        """Whether an open question says better what is wrong: a column is not known, and so one is missing."""
        return finding.rule.suite == "file_columns" and self.extract is not None and bool(self.extract.open_questions)

    def _as_read(self, what: Literal["readings", "set_aside"], lang: Language) -> list[tuple[dict[str, Any], str]]:
        """What was read otherwise than written, or is no row, each with its sentence."""
        found = [] if self.extract is None else [asdict(each) for each in getattr(self.extract, what)]
        return [(each, _says(each, lang)) for each in found]

    @property
    def _repaired(self) -> Sequence[str]:
        return self.extract.repaired if self.extract else ()


def _says(each: Mapping[str, Any], lang: Language) -> str:
    if "how" in each:
        place = f"{each['table']}.{each['column']}"
        return words.say(lang, f"load.read_{each['how']}", place=place, n=words.number(lang, each["rows"]))
    where = ", ".join(str(row) for row in each["rows"][:ROWS_NAMED]) + (" …" if len(each["rows"]) > ROWS_NAMED else "")
    return words.say(lang, f"load.aside_{each['why']}", table=each["table"], where=where)


def _of_extract(extract: Extract | None, column: str) -> str | None:
    """What the extract says of itself, where it could be read and is a code."""
    table = extract.tables.get("extract") if extract else None
    said = table[column][0] if table is not None and table.height else None
    declared = extract_format.tables()["extract"].columns[column]
    codes = extract_format.areas() if declared.type == "area" else extract_format.codes()[str(declared.list)]
    return said if said in codes else None


def _finding_json(finding: Finding, justified: Entry | None, lang: Language) -> dict[str, Any]:
    why = {"number": justified.number, "says": justified.says[lang], "by": justified.added_by} if justified else None
    return {
        "rule": finding.rule.id,
        "table": finding.rule.suite,
        "severity": finding.rule.severity,
        "on_failure": finding.rule.on_failure,
        "rows": len(finding.rows),
        "row_numbers": list(finding.rows),
        "places": list(finding.places),
        "justified": why,
        "says": finding.rule.says[lang],
        "fix": finding.rule.fix[lang],
        "owner": owners()[finding.rule.owner][lang],
    }


def _question_json(question: Question, lang: Language) -> dict[str, Any]:
    """A question with its answers in words. The words of a cell are those of our own list, of a header none are."""
    named = {name: column.labels[lang] for name, column in extract_format.tables()[question.table].columns.items()}
    listed = extract_format.codes().get(question.id.partition(":")[0], {})
    options = {
        code: words.say(lang, f"load.answer_{code}")
        if code in ("drop", "day_first", "month_first")
        else str(listed[code][lang] if question.kind == "meaning" else named[code])
        for code in question.options
    }
    says = words.say(
        lang,
        f"load.ask_{question.kind}",
        n=words.number(lang, question.rows),
        place=question.place,
        column=named.get(question.column, ""),
        word=question.word,
    )
    about = {key: getattr(question, key) for key in ("id", "kind", "table", "place", "rows", "proposal", "answer")}
    return {**about, "says": says, "options": options}


def _reading_json(extract: Extract) -> dict[str, Any]:
    return {
        "readings": [asdict(each) for each in extract.readings],
        "set_aside": [asdict(a) for a in extract.set_aside],
    }


@dataclass(frozen=True)
class _Judged:
    """An extract with its staged tables and what was found; ``quarantined``: source rows by table; ``answers``: those
    it was read with."""

    extract: Extract
    staged: Mapping[str, pl.DataFrame]
    findings: Sequence[Finding]
    quarantined: Mapping[str, set[int]]
    answers: Mapping[str, str]
    justified: Mapping[str, Entry] = field(default_factory=dict)
    ids_kept: float | None = None

    @property
    def is_refused(self) -> bool:
        is_broken = any(finding.rule.on_failure == "refuse" for finding in self.findings)
        return is_broken or bool(self.extract.open_questions)

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
        asked = len(self.extract.open_questions)
        because = [Reason("load.questions_open", {"n": asked})] if asked else []
        return Verdict(
            accepted=kept,
            tables=counts,
            findings=self.findings,
            load=load,
            already_held=already_held,
            is_superseded=is_superseded,
            because=because,
            extract=self.extract,
            justified=self.justified,
            k=self.k,
            ids_kept=self.ids_kept,
        )

    @cached_property
    def k(self) -> KReport | None:
        """How the accepted cases stand out; None where nothing was judged."""
        if not self.staged:
            return None
        cases, children = (
            self.staged[name].filter(~pl.col("source_row").is_in(sorted(self.quarantined.get(name, ()))))
            for name in ("cases", "children")
        )
        return disclosure.of_cases(cases.iter_rows(named=True), children.iter_rows(named=True))


@dataclass(frozen=True)
class Options:
    """How large a file may be, who is told how far it is, answers to questions about the file, and where the rows in
    quarantine are written to, if anywhere, in which language."""

    limit_mb: int = DEFAULT_LIMIT_MB
    progress: Progress = lambda _: None
    answers: Mapping[str, str] = field(default_factory=dict)
    errors_to: Path | None = None
    lang: Language = words.DEFAULT


def check(paths: Sequence[Path], judge: Judge, options: Options = Options(), store: Store | None = None) -> Verdict:
    """What would become of the extract in ``paths``; keeps nothing. ``store``: what was answered before, and the load
    that rows put right belong to."""
    try:
        return _judge(store, paths, judge, options).verdict()
    except Refused as fault:
        return Verdict(False, {}, (), because=fault.reasons)


def load(store: Store, paths: Sequence[Path], judge: Judge, options: Options = Options()) -> Verdict:
    """Keeps the extract in ``paths`` as a load, if it is accepted and not held already."""
    try:
        judged = _judge(store, paths, judge, options)
        if judged.is_refused:
            return judged.verdict()
        name = _name(judged.extract)
        about = _about(judged)
        standing = in_force(store).get((about["area"], about["service"]))
        remembered.keep(store, judged.extract.questions)  # before the load: what fails here has kept nothing yet
        held = name in store.load_names() and not store.load_faults(name)
        # the same file again counts anew where another of its day has replaced it: that is how a correction is undone
        if held and (standing is None or standing["load"] == name or standing["snapshot"] != about["snapshot"]):
            return judged.verdict(name, already_held=True)
        options.progress("load.keeping")
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


def _judge(store: Store | None, paths: Sequence[Path], judge: Judge, options: Options) -> _Judged:
    judged = _judged(store, paths, judge, options)
    if options.errors_to is not None:
        name, received = _name(judged.extract), judged.extract.received
        put_right.write(options.errors_to, name, received, judged.findings, options.lang)
    return judged


def _judged(store: Store | None, paths: Sequence[Path], judge: Judge, options: Options) -> _Judged:
    options.progress("load.reading")
    answers: Mapping[str, str] = {**(remembered.known(store) if store else {}), **options.answers}
    extract = read(paths, options.limit_mb, answers)
    if extract.completes:
        extract, answers = _completed(store, extract, answers)
    options.progress("load.judging")
    findings = [*judge.judge("file_columns", extract.headers), *judge.judge("file_tables", _tables(extract))]
    if any(finding.rule.on_failure == "refuse" for finding in findings) or extract.open_questions:
        return _Judged(extract, {}, findings, {}, answers)
    staged = stage(extract)
    own = [finding for name in extract.tables for finding in judge.judge(name, staged[name])]
    findings += [*own, *judge.judge("file_rows", _of_tables(extract, own))]
    cascaded = _cascade(staged, own)
    if any(day and day > tomorrow() for day in staged["extract"]["snapshot_on"]):
        raise refused("load.future_snapshot")  # it would be the newest, and in force, until that day comes
    justified = _justified(store, _of_extract(extract, "area_code"))
    return _Judged(
        extract,
        staged,
        [*findings, *cascaded],
        _quarantined([*own, *cascaded]),
        answers,
        justified,
        _ids_kept(store, staged),
    )


def _ids_kept(store: Store | None, staged: Mapping[str, pl.DataFrame]) -> float | None:
    """The share of the cases open in the load in force whose references are in this extract too; None without one, or
    where it is damaged."""
    about = staged["extract"].row(0, named=True) if staged["extract"].height else {}
    standing = in_force(store).get((about["area_code"], about["source_service"])) if store and about else None
    if store is None or standing is None or store.load_faults(standing["load"]):
        return None
    path = store.load(standing["load"]) / "accepted" / "cases.parquet"
    before = set(pl.read_parquet(path).filter(pl.col("status") != "CLOSED")["case_id"])
    return len(before.intersection(staged["cases"]["case_id"])) / len(before) if before else None


def _justified(store: Store | None, area: str | None) -> dict[str, Entry]:
    """The last justification of each rule's warning in an area."""
    if store is None or area is None:
        return {}
    return {
        each.rule: each
        for each in entries.in_force(entries.told(store.register.lines()), "justifications")
        if each.area == area
    }


def _completed(store: Store | None, extract: Extract, answers: Mapping[str, str]) -> tuple[Extract, Mapping[str, str]]:
    """A load that is held with rows put right in place of those in quarantine, and what it was read with.

    Raises Refused where the load is not held, or damaged.
    """
    if store is None or extract.completes not in store.load_names():
        raise refused("load.no_such_load")
    folder = store.load(str(extract.completes))
    if faults := store.load_faults(str(extract.completes)):
        raise Refused(*faults)
    report = json.loads((folder / REPORT).read_bytes())
    answers = {**report["answers"], **answers}
    before = {path.stem: pl.read_parquet(path) for path in (folder / "raw").glob("*.parquet")}
    whole = replace(extract, headers=extract.headers.clear(), encodings=report["encodings"])
    return as_written(put_right.merged(before, extract.received, extract.returned), answers, whole), answers


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


def _of_tables(extract: Extract, own: Sequence[Finding]) -> pl.DataFrame:
    """One row per table: the share of its rows that a rule of its own puts in quarantine, and whether a total that
    stands below it, if it is one of rows, is their number."""
    bad = _quarantined(own)
    claims = {aside.table: aside.claims for aside in extract.set_aside if aside.claims is not None}
    rows = [
        (name, len(bad.get(name, ())), table.height, claims.get(name, table.height) == table.height)
        for name, table in extract.tables.items()
    ]
    columns = ["place", "rows_bad", "rows_read", "own_total_agrees"]
    frame = pl.DataFrame(rows, schema=columns, orient="row").with_row_index("source_row")
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
    extract = judged.extract
    for name in extract.tables:
        write_parquet(extract.received[name].to_arrow(), folder / "raw" / f"{name}.parquet")
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
    report = {
        "tables": judged.verdict().tables,
        "encodings": extract.encodings,
        "repaired": extract.repaired,
        "answers": {each.id: each.answer for each in extract.questions},
        "rules_run": len(rules()),
        "k": asdict(judged.k) if judged.k else None,
        **_reading_json(extract),
    }
    (folder / REPORT).write_bytes(canonical(report))
