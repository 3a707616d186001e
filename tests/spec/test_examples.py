"""Every indicator does what its examples say: the rows a reviewer reads are the rows that are counted.

All the examples of an indicator are counted at once, each in an area of its own, over the marts that the indicator
needs: to build every mart for each example would take most of a minute, and longer with each indicator.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

import polars as pl
import pytest

from assurance.indicator import Definition
from assurance.warehouse import tables_read
from assurance.words import LANGUAGES
from pipelines import build, extract_format
from pipelines.build import INDICATORS, MARTS, definitions, marts_over, no_rows
from pipelines.measure import MEASURES, counts_of, items_of

Example = Mapping[str, Any]

SNAPSHOT = date(2026, 3, 31)
INVENTED = "X06000001"
"""The area whose populations the examples of rates are held against."""

DEFINITIONS = definitions()
MARTS_IN_ORDER = build.mart_order()
REFERENCE = build.reference()


@cache
def examples(slug: str) -> list[Example]:
    return list(tomllib.loads((INDICATORS / slug / "examples.toml").read_text())["examples"])


def area(at: int) -> str:
    """Where the rows of an indicator's so-many-th example lie."""
    return f"X06{at:06}"


EVERY = [
    pytest.param(slug, at, id=f"{DEFINITIONS[slug].id}: {each['en']}")
    for slug in DEFINITIONS
    for at, each in enumerate(examples(slug))
]


@pytest.mark.parametrize(("slug", "at"), EVERY)
def test_the_example_holds(slug: str, at: int) -> None:
    definition, example = DEFINITIONS[slug], examples(slug)[at]
    counts = counted(slug).filter(area=area(at))
    if definition.kind == "stock":  # the examples say what is open at the snapshot
        counts = counts.filter(month=example.get("snapshot", SNAPSHOT).replace(day=1))
    whole = counts.filter(breakdown="all")
    assert dict(whole.group_by("state").agg(pl.col("n").sum()).iter_rows()) == example["states"]
    for state, days in example.get("days", {}).items():
        of_state = whole.filter(state=state).sort("days")
        assert of_state["days"].repeat_by(of_state["n"]).explode().drop_nulls().to_list() == days
    for breakdown, expected in example.get("categories", {}).items():
        assert categories(counts.filter(breakdown=breakdown)) == expected


def categories(counts: pl.DataFrame) -> dict[str, int]:
    """Items by category, and under "not_known" those of which it is not known."""
    summed = counts.group_by("category", "state").agg(pl.col("n").sum())
    return {
        state if state == "not_known" else category: n
        for category, state, n in summed.iter_rows()
        if category != "all" or state == "not_known"
    }


@pytest.mark.parametrize("slug", DEFINITIONS)
def test_every_indicator_has_examples_of_each_state_in_both_languages(slug: str) -> None:
    given = examples(slug)
    assert all(each[lang].strip() for each in given for lang in LANGUAGES)
    shown = {state for each in given for state in each["states"]}
    shown |= {"not_known" for each in given for found in each.get("categories", {}).values() if "not_known" in found}
    # what is not known may count as no, and then there is no such state
    assert shown | {"not_known"} == set(DEFINITIONS[slug].states) | {"not_known"}


@cache
def counted(slug: str) -> pl.DataFrame:
    """The counts of all the examples of an indicator."""
    definition, sql = DEFINITIONS[slug], (INDICATORS / slug / "items.sql").read_text()
    needed = needs(sql) | needs((MEASURES / f"{definition.kind}.sql").read_text())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "mart_order", lambda: [mart for mart in MARTS_IN_ORDER if mart in needed])
        patch.setattr(build, "reference", reference)
        warehouse = marts_over(accepted(definition))
    return counts_of(warehouse, definition, items_of(warehouse, definition, sql))


def needs(sql: str) -> set[str]:
    """The marts that a SELECT reads, and those that they read."""
    read = {table.removeprefix("marts.") for table in tables_read(sql) if table.startswith("marts.")}
    return read.union(*(mart_needs(mart) for mart in read))


@cache
def mart_needs(mart: str) -> set[str]:
    return needs((MARTS / f"{mart}.sql").read_text())


@cache
def reference() -> Mapping[str, Any]:
    """The reference data, in which every example's area has the populations of the invented one."""
    bases = pl.DataFrame(REFERENCE["bases"]).filter(area_code=INVENTED).drop("area_code")
    areas = pl.DataFrame({"area_code": [area(at) for at in range(max(len(examples(slug)) for slug in DEFINITIONS))]})
    return {**REFERENCE, "bases": areas.join(bases, how="cross").to_arrow()}


def accepted(definition: Definition) -> dict[str, pl.DataFrame]:
    """The rows of the examples as accepted tables; a key that is not given is made, any other cell is null."""
    frames = {}
    for name, table in extract_format.tables().items():
        schema = no_rows(table).schema
        frames[name] = pl.DataFrame([*rows(definition.slug, name, table.key[0], list(schema))], schema=schema)
    return frames


def rows(slug: str, table: str, key: str, columns: list[str]) -> Iterator[dict[str, Any]]:
    for at, example in enumerate(examples(slug)):
        given = [{"snapshot_on": example.get("snapshot", SNAPSHOT)}] if table == "extract" else example.get(table, [])
        for number, row in enumerate(given):
            assert not set(row) - set(columns), f"{example['en']}: {table} has no {set(row) - set(columns)}"
            yield {**dict.fromkeys(columns), key: f"{table}-{number}", **row, "area_code": area(at)}
