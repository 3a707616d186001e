"""The indicators a second time: plain Python from the written rules, to hold against the pipeline's SQL.

Knows lists of dicts (the accepted rows, dates as ``date``), a set of bank holidays and the base populations. Refuses to
share anything with what it checks: no SQL, no frames, no product code. It is slow and says each rule once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from datetime import date
from functools import cache

from tests.pipelines.second_computation import (
    actions,
    advice,
    cohort,
    exits,
    learning,
    outcomes,
    records,
    referrals,
    risk,
    sharing,
    suspensions,
    timeliness,
)
from tests.pipelines.second_computation.areas import AreaIndicator, Indicator, Rows, Tables, areas, of_every_case
from tests.pipelines.second_computation.dates import WorkingDays

_OF_CASES: Mapping[str, Indicator] = {
    **timeliness.INDICATORS,
    **suspensions.INDICATORS,
    **advice.INDICATORS,
    **actions.INDICATORS,
    **outcomes.INDICATORS,
    **referrals.INDICATORS,
    **exits.INDICATORS,
    **records.INDICATORS,
    **sharing.INDICATORS,
    **risk.INDICATORS,
    **learning.INDICATORS,
    **cohort.INDICATORS,
}
INDICATORS: Mapping[str, AreaIndicator] = {
    **{slug: of_every_case(indicator) for slug, indicator in _OF_CASES.items()},
    **learning.OF_AREAS,
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
        counted[slug] = {(area.code, *key): n for area in own for key, n in measure(list(items_of(area)), area).items()}
    return counted
