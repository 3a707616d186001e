"""The pipeline's SQL and a second computation in plain Python give the same counts of every indicator.

On the samples, and on made extracts that hold what real ones get wrong (``made_extracts``).
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from pipelines import build, extract_format
from pipelines.build import INDICATORS, definitions, marts_over
from pipelines.measure import COUNTS, counts_of, items_of
from tests.pipelines import second_computation
from tests.pipelines.made_extracts import MADE_BASES, TABLES, Maker, Tables
from tests.pipelines.sample_rows import samples
from tests.pipelines.second_computation import Key

DATA = Path(__file__).parents[2] / "data"
KEY = [column for column in COUNTS if column not in ("indicator", "n")]
BASES: Sequence[Mapping[str, Any]] = tomllib.loads((DATA / "reference" / "bases.toml").read_text())["bases"]
with (DATA / "reference" / "bank_holidays.csv").open(encoding="utf-8", newline="") as source:
    BANK_HOLIDAYS = frozenset(date.fromisoformat(row["date"]) for row in csv.DictReader(source))

Counts = dict[str, dict[Key, int]]
SLUGS = tuple(second_computation.INDICATORS)

defined = cache(definitions)


CATALOGUE = re.compile(r"(TTD|K([1-9]|[1-4]\d|50))(?!\d)")


def test_every_indicator_of_the_catalogue_is_computed_twice() -> None:
    """One that a council adds for itself (K51 and on) has its examples."""
    assert {slug for slug, each in defined().items() if CATALOGUE.match(each.id)} == set(SLUGS)


# The two computations


def in_python(
    tables: Tables,
    bank_holidays: Set[date] = BANK_HOLIDAYS,
    bases: Sequence[Mapping[str, Any]] = MADE_BASES,
    slugs: Sequence[str] = SLUGS,
) -> Counts:
    return second_computation.counts(tables, bank_holidays, bases, slugs)


def in_the_pipeline(tables: Tables, slugs: Sequence[str] = SLUGS) -> Counts:
    """The marts, items and counts over the same rows."""
    warehouse = marts_over({name: _frame(name, rows) for name, rows in tables.items()})
    counted: Counts = {}
    for slug in slugs:
        definition = defined()[slug]
        items = items_of(warehouse, definition, (INDICATORS / slug / "items.sql").read_text())
        rows = counts_of(warehouse, definition, items).select(*KEY, "n").iter_rows()
        counted[slug] = {tuple(key): n for *key, n in rows}
    return counted


def disagreements(tables: Tables, bases: Sequence[Mapping[str, Any]]) -> str:
    """Of each indicator that they see differently, what each says of it, and the rows of the fewest cases concerned."""
    said: list[str] = []
    for slug, differences in _differences(tables, bases).items():
        concerned = _few_cases(tables, bases, slug)
        said += [*differences[:8], f"{slug}: {len(differences)} differences. Rows concerned:"]
        said += [
            f"    {name} { ({k: str(v) for k, v in row.items() if v is not None}) }"
            for name, rows in concerned.items()
            for row in rows
        ]
    return "\n".join(said)


def _differences(
    tables: Tables, bases: Sequence[Mapping[str, Any]], slugs: Sequence[str] = SLUGS
) -> dict[str, list[str]]:
    """One line per row of the counts that they see differently, by indicator; none where they agree."""
    pipeline, python = in_the_pipeline(tables, slugs), in_python(tables, bases=bases, slugs=slugs)
    return {
        slug: [
            f"{slug} {tuple(map(str, key))}: pipeline {one.get(key)}, second computation {other.get(key)}"
            for key in sorted(one.keys() | other.keys(), key=str)
            if one.get(key) != other.get(key)
        ]
        for slug, one, other in ((slug, pipeline[slug], python[slug]) for slug in slugs)
        if one != other
    }


def _few_cases(tables: Tables, bases: Sequence[Mapping[str, Any]], slug: str) -> Tables:
    """The half of the cases that they disagree on, halved until neither half will do, with its rows of each table."""
    cases = sorted(tables["cases"], key=lambda row: row["adult_id"] or "")  # what repeats stays together
    while cases:
        half = len(cases) // 2
        disagreed = (each for each in (cases[:half], cases[half:]) if _differences(_of(tables, each), bases, [slug]))
        fewer = next(disagreed, cases)
        if len(fewer) == len(cases):
            break
        cases = fewer
    return _of(tables, cases)


def _of(tables: Tables, cases: Sequence[Mapping[str, Any]]) -> Tables:
    """These cases of an extract with their rows, and the rows that belong to no case."""
    wanted = {(case["area_code"], case["case_id"]) for case in cases}
    return {
        name: [row for row in rows if "case_id" not in row or (row["area_code"], row["case_id"]) in wanted]
        for name, rows in tables.items()
    }


def _frame(name: str, rows: Sequence[Mapping[str, Any]]) -> pl.DataFrame:
    kinds = {"date": pl.Date, "integer": pl.Int32}
    schema = {c.staged_name: kinds.get(c.type, pl.String) for c in extract_format.tables()[name].columns.values()}
    return pl.DataFrame(
        [{column: row.get(column) for column in [*schema, "area_code"]} for row in rows],
        schema=schema | {"area_code": pl.String},
    )


@pytest.mark.parametrize(
    ("slug", "states"),
    [
        ("strategy_discussion_in_time", {"met": 11, "missed": 14}),
        ("joint_advice_not_followed", {"occurred": 3}),
        ("advice_sought", {"yes": 12, "no": 13}),
        ("good_record_as_reason", {"occurred": 2}),
        ("left_before_risk_assessed", {"occurred": 4}),
        ("joint_decision_carried_out", {"yes": 1, "no": 11}),
        ("referred_back", {"yes": 6, "no": 8}),
        ("audit_found_immediate_risk", {"yes": 3, "no": 11}),
        ("outcome_fixed", {"yes": 15, "no": 6}),
        ("actions_done_in_time", {"met": 20, "missed": 15, "no_deadline": 3, "superseded": 1, "cancelled": 1}),
    ],
)
def test_the_2011_sample_gives_what_its_readme_says(slug: str, states: dict[str, int]) -> None:
    found: Counter[str] = Counter()
    for (_, _, breakdown, _, state, _), n in in_python(samples(DATA / "sample" / "2011"), slugs=[slug])[slug].items():
        found[state] += n if breakdown == "all" else 0
    assert found == states


def test_they_agree_on_the_samples() -> None:
    region = [DATA / "sample" / "region" / f"{area}.zip" for area in ("X06000101", "X06000103", "X06000106")]
    sample = samples(DATA / "sample" / "2011", DATA / "sample" / "northmoor" / "2026-09", *region)
    assert not disagreements(sample, BASES)


TOGETHER = 5
"""Extracts that are counted at once, each in areas of its own: what they hold takes less time than to ask about it."""

BASES_TOGETHER = [{**each, "area": f"{each['area']}-{at}"} for at in range(TOGETHER) for each in MADE_BASES]


def together(seeds: Sequence[int]) -> Tables:
    """The made extracts of these seeds as one."""
    found: dict[str, list[Mapping[str, Any]]] = {name: [] for name in TABLES}
    for at, seed in enumerate(seeds):
        for name, rows in Maker(seed).tables().items():
            found[name] += [{**row, "area_code": f"{row['area_code']}-{at}"} for row in rows]
    return found


@pytest.fixture
def made_bases() -> Iterator[None]:
    """The pipeline's reference data with the bases of the made areas instead of the sample's."""
    rows = [(each["area"], each["base"], each["from"], each["value"]) for each in BASES_TOGETHER]
    table = pl.DataFrame(rows, schema=["area_code", "base", "since", "people"], orient="row").to_arrow()
    made = {**build.reference(), "bases": table}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "reference", lambda: made)
        yield


@pytest.mark.usefixtures("made_bases")
@settings(max_examples=4, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])  # a seed cannot shrink
@given(seeds=st.lists(st.integers(0, 2**32 - 1), min_size=TOGETHER, max_size=TOGETHER, unique=True))
def test_they_agree_on_awkward_extracts(seeds: list[int]) -> None:
    assert not disagreements(together(seeds), BASES_TOGETHER)
