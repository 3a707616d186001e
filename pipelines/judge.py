"""Which rows can be relied on: Great Expectations over the staged tables, suite by suite.

The rules live in ``expectations/`` and nowhere else. A rule that cannot be evaluated is not a rule that passed: it
stops the load. Only row positions are taken from the validator; the values it collects are dropped. What a rule asks of
a value alone is asked once of each different value: a million rows have a few dozen.
"""

from __future__ import annotations

import json
import logging
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

import polars as pl

from assurance.errors import refused
from pipelines import extract_format

EXPECTATIONS: Final = Path(__file__).parent.parent / "expectations"

Fate = Literal["refuse", "quarantine", "warn"]
Expectation = Mapping[str, Any]
"""One rule as its suite's file has it."""

BY_VALUE: Final = frozenset({"expect_column_values_to_be_in_set", "expect_column_values_to_be_between"})
"""The types of rule whose answer for a row is that for the value of its column, in columns that have few values."""


@dataclass(frozen=True)
class Rule:
    """One rule of one suite. ``says`` and ``fix`` by language; ``on_failure`` is the fate of the row or file;
    ``owner`` a code of :func:`owners`: who can put right what breaks it."""

    id: str
    suite: str
    severity: str
    on_failure: Fate
    owner: str
    says: Mapping[str, str]
    fix: Mapping[str, str]


@dataclass(frozen=True)
class Finding:
    """A rule that failed, and the source rows (for ``headers`` and ``tables``: the places) it failed on."""

    rule: Rule
    rows: tuple[int, ...]
    places: tuple[str, ...] = ()


@cache
def suites() -> dict[str, list[Expectation]]:
    """The expectations of each suite as they stand in the files."""
    return {path.stem: json.loads(path.read_text())["expectations"] for path in sorted(EXPECTATIONS.glob("*.json"))}


@cache
def rules() -> dict[str, Rule]:
    """Every rule by its id, in the order of the files."""
    return {
        _id(each): Rule(
            id=_id(each),
            suite=suite,
            severity=each["severity"],
            on_failure=each["meta"]["on_failure"],
            owner=each["meta"]["owner"],
            says=each["meta"]["says"],
            fix=each["meta"]["fix"],
        )
        for suite, expectations in suites().items()
        for each in expectations
    }


@cache
def owners() -> Mapping[str, extract_format.Labels]:
    """Who can put a row right: what each is called, by code."""
    return tomllib.loads((EXPECTATIONS / "owners.toml").read_text(encoding="utf-8"))


class Judge:
    """Great Expectations, imported once (it takes seconds) and asked once per table."""

    def __init__(self) -> None:
        logging.getLogger("great_expectations").disabled = True  # its messages quote values
        import great_expectations

        logging.getLogger("great_expectations").setLevel(logging.CRITICAL)
        self._gx = great_expectations
        self._context = great_expectations.get_context(mode="ephemeral")
        self._context.variables.progress_bars = {"globally": False, "metric_calculations": False}
        staged = self._context.data_sources.add_pandas("staging").add_dataframe_asset("staged")
        self._whole = staged.add_batch_definition_whole_dataframe("whole")

    def judge(self, suite: str, rows: pl.DataFrame) -> list[Finding]:
        """What ``suite`` finds in ``rows``, which have ``source_row`` and may have ``place``.

        Raises Refused if the suite did not load whole or a rule could not be evaluated.
        """
        by_value = [each for each in suites()[suite] if each["type"] in BY_VALUE]
        by_row = [each for each in suites()[suite] if each["type"] not in BY_VALUE]
        values, keys = _values(rows, _columns(by_value, rows)), rows.select("source_row", *_columns(by_row, rows))
        columns = {_id(each): each["kwargs"]["column"] for each in by_value}
        found: dict[str, pl.DataFrame] = {}
        for rule, positions in self._broken(suite, by_row, keys).items():
            found[rule] = rows[positions]
        for rule, positions in self._broken(suite, by_value, values).items():
            column = columns[rule]
            found[rule] = rows.filter(pl.col(column).is_in(values[column].gather(positions).unique().implode()))
        return [_finding(rules()[rule], found[rule]) for rule in map(_id, suites()[suite]) if rule in found]

    def _broken(self, suite: str, expectations: Sequence[Expectation], frame: pl.DataFrame) -> dict[str, list[int]]:
        """The rules that do not hold in ``frame``, each with the positions at which it does not.

        Asks first only whether each holds, then for the positions of those that do not: half the work, and no value is
        collected where nothing is wrong.
        """
        batch = self._whole.get_batch(batch_parameters={"dataframe": frame.to_pandas()})
        held = self._validate(suite, expectations, batch, "BOOLEAN_ONLY")
        failed = [each for each in expectations if not held[_id(each)].success]
        found = self._validate(suite, failed, batch, "COMPLETE")
        # no positions for a rule about the whole table
        return {rule: sorted(result.result.get("unexpected_index_list", ())) for rule, result in found.items()}

    def _validate(
        self, suite: str, expectations: Sequence[Expectation], batch: Any, result_format: str
    ) -> dict[str, Any]:
        """The result of each rule, by its id."""
        if not expectations:
            return {}
        # of meta only the rule's id: the validator copies it some sixty times a rule
        trimmed = [{**each, "meta": {"rule": _id(each)}} for each in expectations]
        loaded = self._gx.ExpectationSuite(name=suite, expectations=trimmed)
        if len(loaded.expectations) != len(expectations):  # an unknown type is dropped with a log line
            raise refused("load.suite_incomplete", suite=suite)
        validated = batch.validate(
            loaded, result_format={"result_format": result_format}, expectation_parameters=_code_lists()
        )
        results = {each.expectation_config.meta["rule"]: each for each in validated.results}
        if len(results) != len(expectations):
            raise refused("load.suite_incomplete", suite=suite)
        for rule, result in results.items():
            if (result.exception_info or {}).get("raised_exception", True):  # a crash is told by metric, not here
                raise refused("load.rule_not_evaluated", rule=rule)
        return results


def _id(expectation: Expectation) -> str:
    return str(expectation["meta"]["rule"])


def _columns(expectations: Sequence[Expectation], rows: pl.DataFrame) -> list[str]:
    """The columns that rules ask about, each once. One that is not there is for the validator to miss."""
    asked = dict.fromkeys(each["kwargs"].get("column") for each in expectations)
    return [column for column in asked if column in rows.columns]


def _values(rows: pl.DataFrame, columns: Sequence[str]) -> pl.DataFrame:
    """Every column's different values, the shorter columns filled up with one they have."""
    different = [rows[column].unique(maintain_order=True) for column in columns]
    longest = max(map(len, different), default=0)
    return pl.DataFrame(
        [each.extend_constant(each[-1], longest - len(each)) if len(each) else each for each in different]
    )


def _finding(rule: Rule, failed: pl.DataFrame) -> Finding:
    return Finding(
        rule=rule,
        rows=tuple(failed["source_row"].to_list()),
        places=tuple(failed["place"].to_list()) if "place" in failed.columns else (),
    )


@cache
def _code_lists() -> dict[str, list[str]]:
    """What a suite means by ``{"$PARAMETER": "role_group"}``: the list as ``data/reference/`` has it."""
    lists = {name: list(codes) for name, codes in extract_format.codes().items()}
    return {**lists, "area": list(extract_format.areas())}
