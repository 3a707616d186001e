"""The indicators a second time: plain Python from the written rules, to hold against the pipeline's SQL.

Knows lists of dicts (the accepted rows, dates as ``date``), a set of bank holidays and the base populations. Refuses to
share anything with what it checks: no SQL, no frames, no product code. It is slow and says each rule once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from datetime import date
from functools import cache

from tests.pipelines.second_computation import actions, advice, cohort, outcomes, suspensions, timeliness
from tests.pipelines.second_computation.areas import Indicator, Rows, Tables, areas
from tests.pipelines.second_computation.dates import WorkingDays

INDICATORS: Mapping[str, Indicator] = {
    **timeliness.INDICATORS,
    **suspensions.INDICATORS,
    **advice.INDICATORS,
    **actions.INDICATORS,
    **outcomes.INDICATORS,
    **cohort.INDICATORS,
}

Key = tuple[str, date | None, str, str, str, int | None]
"""``(area, month, breakdown, category, state, days)``"""

_working_days = cache(WorkingDays)


def counts(
    tables: Tables, bank_holidays: Set[date], bases: Rows, slugs: Iterable[str] = INDICATORS
) -> dict[str, dict[Key, int]]:
    """The whole counts table of each indicator, by its slug.

    ``tables`` holds the accepted rows with their ``area_code``; ``bases`` the rows of ``bases.toml``.
    """
    own = areas(tables, _working_days(frozenset(bank_holidays)), bases)
    counted: dict[str, dict[Key, int]] = {}
    for slug in slugs:
        items_of, measure = INDICATORS[slug]
        counted[slug] = {
            (area.code, *key): n
            for area in own
            for key, n in measure([item for case in area.cases for item in items_of(case)], area).items()
        }
    return counted
