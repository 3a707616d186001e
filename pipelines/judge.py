"""Which rows can be relied on: Great Expectations over the staged tables, suite by suite.

The rules live in ``expectations/`` and nowhere else. A rule that cannot be evaluated is not a rule that passed: it
stops the load. Only row positions are taken from the validator; the values it collects are dropped.
"""

from __future__ import annotations

import json
import logging
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


@dataclass(frozen=True)
class Rule:
    """One rule of one suite. ``says`` and ``fix`` by language; ``on_failure`` is the fate of the row or file."""

    id: str
    suite: str
    severity: str
    on_failure: Fate
    says: Mapping[str, str]
    fix: Mapping[str, str]


@dataclass(frozen=True)
class Finding:
    """A rule that failed, and the source rows (for ``headers`` and ``tables``: the places) it failed on."""

    rule: Rule
    rows: tuple[int, ...]
    places: tuple[str, ...] = ()


@cache
def suites() -> dict[str, list[dict[str, Any]]]:
    """The expectations of each suite as they stand in the files."""
    return {path.stem: json.loads(path.read_text())["expectations"] for path in sorted(EXPECTATIONS.glob("*.json"))}


@cache
def rules() -> dict[str, Rule]:
    """Every rule by its id, in the order of the files."""
    return {
        each["meta"]["rule"]: Rule(
            id=each["meta"]["rule"],
            suite=suite,
            severity=each["severity"],
            on_failure=each["meta"]["on_failure"],
            says=each["meta"]["says"],
            fix=each["meta"]["fix"],
        )
        for suite, expectations in suites().items()
        for each in expectations
    }


class Judge:
    """Great Expectations, imported once (it takes seconds) and asked once per table."""

    def __init__(self) -> None:
        logging.getLogger("great_expectations").disabled = True  # its messages quote values
        import great_expectations

        logging.getLogger("great_expectations").setLevel(logging.CRITICAL)
        self._gx = great_expectations
        self._context = great_expectations.get_context(mode="ephemeral")
        self._context.variables.progress_bars = {"globally": False, "metric_calculations": False}
        self._source = self._context.data_sources.add_pandas("staging")

    def judge(self, suite: str, rows: pl.DataFrame) -> list[Finding]:
        """What ``suite`` finds in ``rows``, which have ``source_row`` and may have ``place``.

        Asks first only whether each rule holds, then for the rows of those that do not: half the work, and no value is
        collected where nothing is wrong. Raises Refused if the suite did not load whole or a rule could not be
        evaluated.
        """
        batch = self._batch(suite, rows)
        held = self._validate(suite, suites()[suite], batch, "BOOLEAN_ONLY")
        failed = [each for each in suites()[suite] if not held[each["meta"]["rule"]].success]
        found = self._validate(suite, failed, batch, "COMPLETE") if failed else {}
        return [_finding(rules()[rule], result, rows) for rule, result in found.items()]

    def _validate(
        self, suite: str, expectations: Sequence[Mapping[str, Any]], batch: Any, result_format: str
    ) -> dict[str, Any]:
        """The result of each rule, by its id."""
        # of meta only the rule's id: the validator copies it some sixty times a rule
        trimmed = [{**each, "meta": {"rule": each["meta"]["rule"]}} for each in expectations]
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

    def _batch(self, suite: str, rows: pl.DataFrame) -> Any:
        name = f"{suite}-{len(self._source.assets)}"
        asset = self._source.add_dataframe_asset(name)
        whole = asset.add_batch_definition_whole_dataframe("whole")
        return whole.get_batch(batch_parameters={"dataframe": rows.to_pandas()})


def _finding(rule: Rule, result: Any, rows: pl.DataFrame) -> Finding:
    positions = result.result.get("unexpected_index_list", ())  # none for a rule about the whole table
    failed = rows[sorted(positions)]
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
