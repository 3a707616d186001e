"""How closed cases ended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tests.pipelines.second_computation.areas import Case, Indicator, Item
from tests.pipelines.second_computation.kinds import profile, share
from tests.pipelines.second_computation.timeliness import ROLE


def closed(case: Case) -> Iterator[Item]:
    """K38 and K38-O: closed cases that met the threshold in the end, and whether they have an outcome."""
    outcome = case["outcome_code"]
    if case["status"] == "CLOSED" and outcome != "NMT":
        yield {
            "counted_on": case["closed_on"],
            "is_met": case.has_outcome,
            "outcome_code": None if outcome == "OPEN" else outcome,
            "role_group": case["role_group"],
        }


INDICATORS: Mapping[str, Indicator] = {
    "outcome_fixed": (closed, share(by=ROLE)),
    "outcomes_by_kind": (closed, profile(by=("outcome_code", "role_group*outcome_code"))),
}
