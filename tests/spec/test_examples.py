"""Every indicator does what its examples say: the rows a reviewer reads are the rows that are counted."""

from __future__ import annotations

from collections import Counter
from typing import Any

import polars as pl
import pytest

from assurance.words import LANGUAGES
from pipelines import examples as worked_examples
from pipelines import extract_format
from pipelines.build import INDICATORS, definitions, marts_over, no_rows
from pipelines.examples import SNAPSHOT
from pipelines.measure import counts_of, items_of

AREA = "X06000001"
DEFINITIONS = definitions()


def examples() -> list[Any]:
    found = []
    for slug in DEFINITIONS:
        for each in worked_examples.of(slug):
            found.append(pytest.param(slug, each, id=f"{DEFINITIONS[slug].id}: {each['en']}"))
    return found


@pytest.mark.parametrize(("slug", "example"), examples())
def test_the_example_holds(slug: str, example: dict[str, Any]) -> None:
    sql, definition = (INDICATORS / slug / "items.sql").read_text(), DEFINITIONS[slug]
    warehouse = marts_over(accepted(example), sql)
    items = items_of(warehouse, definition, sql)
    counts = counts_of(warehouse, definition, items)
    if definition.is_as_at:  # the examples say how things stand at the snapshot
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
    found: Counter[str] = Counter()
    for category, state, n in counts.select("category", "state", "n").iter_rows():
        if category != "all" or state == "not_known":
            found[state if state == "not_known" else category] += n
    return dict(found)


@pytest.mark.parametrize("slug", DEFINITIONS)
def test_every_indicator_has_examples_of_each_state_in_both_languages(slug: str) -> None:
    given = worked_examples.of(slug)
    assert all(each[lang].strip() for each in given for lang in LANGUAGES)
    shown = {state for each in given for state in each["states"]}
    shown |= {"not_known" for each in given for found in each.get("categories", {}).values() if "not_known" in found}
    # what is not known may count as no, and then there is no such state
    assert shown | {"not_known"} == set(DEFINITIONS[slug].states) | {"not_known"}


def accepted(example: dict[str, Any], area: str = AREA) -> dict[str, pl.DataFrame]:
    """The example's rows as accepted tables; a key that is not given is made, any other cell is null."""
    given = {name: example.get(name, []) for name in extract_format.tables()}
    given["extract"] = [{"snapshot_on": example.get("snapshot", SNAPSHOT)}]
    frames = {}
    for name, table in extract_format.tables().items():
        schema = no_rows(table).schema
        unknown = {column for row in given[name] for column in row} - set(schema)
        assert not unknown, f"{name} has no {unknown}"
        rows = [
            {**dict.fromkeys(schema), table.key[0]: f"{name}-{at}", **row, "area_code": area}
            for at, row in enumerate(given[name])
        ]
        frames[name] = pl.DataFrame(rows, schema=schema)
    return frames
