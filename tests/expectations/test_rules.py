"""Every rule lets good rows pass and finds the row that breaks it; a rule that cannot be evaluated stops the load.

Great Expectations is asked twice per suite, not once per rule: one frame holds good rows alone, the other holds them
and, for each rule, the row that its ``meta.fails`` makes of a good one, beside the rows of the same case that its
``meta.fails_with`` makes of good ones, where it takes more than one row to be wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest

from assurance.errors import Refused
from pipelines import extract_format, read, rules_page, stage
from pipelines import judge as judging
from pipelines.judge import Finding, Judge, Rule
from tests.conftest import SAMPLE

Row = dict[str, Any]

RULES = judging.rules()
SUITES = judging.suites()
TABLES = extract_format.tables()
META: dict[str, Row] = {each["meta"]["rule"]: each["meta"] for es in SUITES.values() for each in es}
FAILS: dict[str, Row] = {rule: meta["fails"] for rule, meta in META.items()}
FAILS_WITH: dict[str, dict[str, Row]] = {rule: meta.get("fails_with", {}) for rule, meta in META.items()}

HELPLINE = {
    "source_row": 2,
    "channel": "PHONE",
    "period_start": "2010-04-01",
    "period_end": "2011-03-31",
    "contacts": "120",
    "converted_to_reports": "9",
    "is_ragged": False,
}
"""The 2011 sample has no helpline; one invented row."""

ABOUT_THE_FILE: dict[str, Row] = {
    "file_columns": {"place": "cases!A", "is_known": True, "is_single": True, "is_present": True},
    "file_tables": {"place": "cases", "is_known": True, "is_supplied": True, "needed_is_supplied": True},
    "file_rows": {"place": "cases", "rows_bad": 0, "rows_read": 10, "bad_share": 0.0, "own_total_agrees": True},
}
"""A good row of each frame that says something of the file as a whole."""

NONSENSE = "ZZQ 7, not a value"


@dataclass(frozen=True)
class Found:
    """What each suite found among good rows, and among good rows and the bad ones; where each bad row stands."""

    good_rows: dict[str, set[int]]
    in_good: dict[str, list[Finding]]
    in_bad: dict[str, list[Finding]]
    bad_row_of: dict[str, int]
    nonsense_row_of: dict[tuple[str, str], int]


@pytest.fixture(scope="module")
def found(judge: Judge) -> Found:
    good = _good_tables()
    bad, bad_row_of, nonsense_row_of = _with_bad_rows(good)
    frames = stage.stage(good), stage.stage(bad)
    for suite, row in ABOUT_THE_FILE.items():
        rows = [row]
        for rule in _rules_of(suite):
            bad_row_of[rule.id] = len(rows)
            rows.append({**row, **FAILS[rule.id]})
        frames[0][suite] = pl.DataFrame([row]).with_row_index("source_row")
        frames[1][suite] = pl.DataFrame(rows).with_row_index("source_row")
    in_good, in_bad = ({suite: judge.judge(suite, frame[suite]) for suite in SUITES} for frame in frames)
    return Found(
        {suite: set(frame["source_row"]) for suite, frame in frames[0].items()},
        in_good,
        in_bad,
        bad_row_of,
        nonsense_row_of,
    )


def _rules_of(suite: str) -> list[Rule]:
    return [rule for rule in RULES.values() if rule.suite == suite]


def _good_tables() -> read.Extract:
    extract = read.read([SAMPLE])
    helpline = pl.DataFrame([HELPLINE], schema=extract.tables["helpline"].schema)
    return replace(extract, tables={**extract.tables, "helpline": helpline})


def _with_bad_rows(good: read.Extract) -> tuple[read.Extract, dict[str, int], dict[tuple[str, str], int]]:
    """The good rows, then a bad row per rule and a row of nonsense per column; the source row of each."""
    bad_row_of: dict[str, int] = {}
    nonsense_row_of: dict[tuple[str, str], int] = {}
    rows: dict[str, list[Row]] = {name: list(table.iter_rows(named=True)) for name, table in good.tables.items()}

    def append(table: str, changes: Row, *, is_copy: bool = False) -> Row:
        base = rows[table][0]
        own = base if is_copy else _with_own_key(good, table, base, len(rows[table]))
        rows[table].append({**own, **changes, "source_row": rows[table][-1]["source_row"] + 1})
        return rows[table][-1]

    for name in good.tables:
        for rule in _rules_of(name):
            bad = append(name, FAILS[rule.id], is_copy=not FAILS[rule.id])
            bad_row_of[rule.id] = bad["source_row"]
            for table, changes in FAILS_WITH[rule.id].items():
                append(table, {"case_id": bad["case_id"], **changes})
        for column in TABLES[name].columns:
            nonsense_row_of[name, column] = append(name, {column: NONSENSE})["source_row"]
    tables = {name: pl.DataFrame(rows[name], schema=table.schema) for name, table in good.tables.items()}
    return replace(good, tables=tables), bad_row_of, nonsense_row_of


def _with_own_key(good: read.Extract, table: str, base: Mapping[str, Any], at: int) -> Row:
    """``base`` under a key that no other row has, so that only what is broken on purpose is found."""
    row = dict(base)
    key = [TABLES[table].columns[name] for name in TABLES[table].key]
    for column in key:
        if column.type == "id" and column.refers_to is None:
            row[column.name] = f"{row[column.name][:2]}{at:016x}"
            return row
    for column in key:
        if column.type == "date":
            day = date.fromisoformat(row[column.name]) - timedelta(days=400 + at)
            row[column.name] = day.isoformat()
            return row
    unused = _unused_keys(good, table)
    row.update(unused[at])
    return row


def _unused_keys(good: read.Extract, table: str) -> list[Row]:
    """The keys made of a code and a known case that no good row has."""
    code, case = TABLES[table].key
    lists = extract_format.codes()[str(TABLES[table].columns[code].list)]
    taken = set(good.tables[table].select(code, case).iter_rows())
    return [
        {code: each, case: known}
        for each in lists
        for known in good.tables["cases"]["case_id"]
        if (each, known) not in taken
    ]


def _rows(findings: list[Finding], rule: str) -> set[int] | None:
    """The rows a rule was found on, or None if it found nothing."""
    return next((set(each.rows) for each in findings if each.rule.id == rule), None)


def test_every_table_and_every_frame_about_the_file_has_a_suite() -> None:
    assert set(SUITES) == {*TABLES, *ABOUT_THE_FILE}


def test_every_rule_has_an_id_of_its_own_and_a_row_that_breaks_it() -> None:
    assert len(RULES) == sum(map(len, SUITES.values())) == len(FAILS)
    for suite, expectations in SUITES.items():
        columns = set(ABOUT_THE_FILE.get(suite) or {**TABLES[suite].columns, "is_ragged": None})
        for each in expectations:
            assert each["meta"]["rule"].startswith(f"{suite}."), each["meta"]["rule"]
            assert set(each["meta"]["fails"]) <= columns, each["meta"]["rule"]
            for table, changes in FAILS_WITH[each["meta"]["rule"]].items():
                assert set(changes) <= set(TABLES[table].columns), each["meta"]["rule"]


def test_every_rule_says_who_can_put_it_right_and_every_owner_has_something_to_put_right() -> None:
    assert {rule.owner for rule in RULES.values()} == set(judging.owners())
    for labels in judging.owners().values():
        assert labels["en"] and labels["cy"]


def test_a_rule_that_warns_is_a_warning_and_any_other_is_critical() -> None:
    assert {(rule.on_failure == "warn", rule.severity) for rule in RULES.values()} == {
        (True, "warning"),
        (False, "critical"),
    }


def test_the_page_of_rules_in_the_repository_is_what_the_suites_make() -> None:
    assert rules_page.PAGE.read_text(encoding="utf-8") == rules_page.page(), "run python -m pipelines.rules_page"


def test_the_page_has_a_line_for_every_rule() -> None:
    assert sum(line.startswith("| `") for line in rules_page.page().splitlines()) == len(RULES) > 300


def test_an_empty_override_means_a_row_too_many() -> None:
    assert {rule.rpartition(".")[2] for rule, fails in FAILS.items() if not fails} == {"unique", "one_row"}


@pytest.mark.parametrize("suite", SUITES)
def test_good_rows_pass_every_rule(found: Found, suite: str) -> None:
    assert found.good_rows[suite]
    assert [finding.rule.id for finding in found.in_good[suite]] == []


@pytest.mark.parametrize("rule", RULES)
def test_the_rule_finds_the_row_that_breaks_it(found: Found, rule: str) -> None:
    rows = _rows(found.in_bad[RULES[rule].suite], rule)
    assert rows is not None
    if rule == "extract.one_row":  # about the table, not about a row of it
        assert rows == set()
    else:
        assert found.bad_row_of[rule] in rows


@pytest.mark.parametrize("suite", SUITES)
def test_a_rule_finds_no_row_that_is_good(found: Found, suite: str) -> None:
    first = min(found.good_rows[suite])  # of which every bad row is a copy, but for what is wrong with it
    for finding in found.in_bad[suite]:
        is_copied = finding.rule.id.endswith((".unique", ".not_repeated"))
        assert found.good_rows[suite] & set(finding.rows) == ({first} if is_copied else set()), finding.rule.id


@pytest.mark.parametrize(("table", "column"), [(t.name, c) for t in TABLES.values() for c in t.columns])
def test_nonsense_is_found_in_every_column_and_its_row_is_not_accepted(found: Found, table: str, column: str) -> None:
    row = found.nonsense_row_of[table, column]
    fates = {finding.rule.on_failure for finding in found.in_bad[table] if row in finding.rows}
    assert fates & {"quarantine", "refuse"}


def test_a_fact_is_true_or_false_whatever_is_blank_or_wrong() -> None:
    """What is neither would pass every rule unseen."""
    good = _good_tables()
    bad, _, _ = _with_bad_rows(good)
    blank = {
        name: table.head(1).with_columns(pl.lit(None, pl.String).alias(column) for column in TABLES[name].columns)
        for name, table in good.tables.items()
    }
    for extract in (bad, replace(good, tables=blank), replace(good, tables={})):
        for name, staged in stage.stage(extract).items():
            facts = staged.select(pl.col(pl.Boolean))
            assert facts.width > 1 and sum(facts.null_count().row(0)) == 0, name


def test_a_blank_reference_among_the_parents_does_not_let_an_unknown_one_pass() -> None:
    good = _good_tables()
    blank = {"source_row": 999, "is_ragged": False}
    references = [(t.name, c) for t in TABLES.values() for c in t.columns.values() if c.refers_to]
    assert references
    parents = {str(column.refers_to) for _, column in references}
    tables = {
        name: pl.concat([table, pl.DataFrame([blank])], how="diagonal") if name in parents else table
        for name, table in good.tables.items()
    }
    for table, column in references:
        tables[table] = tables[table].with_columns(pl.lit(f"{column.name[0]}_{'f' * 16}").alias(column.name))
    staged = stage.stage(replace(good, tables=tables))
    passed = [
        (table, column.name)
        for table, column in references
        if staged[table][f"{column.name}_known"].to_list() != [False] * staged[table].height
    ]
    assert passed == []


@pytest.mark.parametrize("suite", ["decisions", "control_totals"])
def test_asking_once_of_each_value_finds_what_asking_of_every_row_does(
    suite: str, judge: Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, _, _ = _with_bad_rows(_good_tables())
    rows = stage.stage(bad)[suite].sample(400, with_replacement=True, seed=7).with_columns(source_row=pl.int_range(400))
    by_value = judge.judge(suite, rows)
    monkeypatch.setattr(judging, "BY_VALUE", frozenset())
    assert by_value == judge.judge(suite, rows)
    assert len(by_value) > 10


def _only(monkeypatch: pytest.MonkeyPatch, expectation: Mapping[str, Any]) -> None:
    """A suite for ``file_rows`` that holds its own rule and one more."""
    changed = {**SUITES, "file_rows": [*SUITES["file_rows"], dict(expectation)]}
    monkeypatch.setattr(judging, "suites", lambda: changed)
    rule = RULES["file_rows.bad_share"]
    monkeypatch.setattr(judging, "rules", lambda: {**RULES, "file_rows.new": replace(rule, id="file_rows.new")})


def _refusal(judge: Judge) -> tuple[str, dict[str, object]]:
    frame = pl.DataFrame([ABOUT_THE_FILE["file_rows"]]).with_row_index("source_row")
    with pytest.raises(Refused) as refusal:
        judge.judge("file_rows", frame)
    (reason,) = refusal.value.reasons
    return reason.key, reason.values


def test_a_rule_of_an_unknown_type_stops_the_load(monkeypatch: pytest.MonkeyPatch, judge: Judge) -> None:
    new = {"type": "expect_no_such_thing", "kwargs": {"column": "bad_share"}, "meta": {"rule": "file_rows.new"}}
    _only(monkeypatch, new)
    assert _refusal(judge) == ("load.suite_incomplete", {"suite": "file_rows"})


def test_a_rule_on_a_column_that_is_not_there_has_not_passed(monkeypatch: pytest.MonkeyPatch, judge: Judge) -> None:
    own = SUITES["file_rows"][0]
    new = {**own, "kwargs": {**own["kwargs"], "column": "no_such_column"}, "meta": {"rule": "file_rows.new"}}
    _only(monkeypatch, new)
    assert _refusal(judge) == ("load.rule_not_evaluated", {"rule": "file_rows.new"})
