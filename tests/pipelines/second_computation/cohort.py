"""Who the cases are about, and how many there are for the people there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tests.pipelines.second_computation.areas import Case, Indicator, Item
from tests.pipelines.second_computation.kinds import occurrences, profile, rate


def children(case: Case) -> Iterator[Item]:
    """K50: each child, by the month its case was received."""
    for row in case.children:
        has_aln = {"NONE": "N", "UNK": "U", None: "U", "": "U"}.get(row["aln_status"], "Y")
        ethnic_group = "UNK" if row["ethnic_group"] == "REFUSED" else row["ethnic_group"]
        yield {**row, "counted_on": case["received_on"], "has_aln": has_aln, "ethnic_group": ethnic_group}


def received(case: Case) -> Iterator[Item]:
    """K49 and K50c: all cases, by the month they were received."""
    yield {**case.row, "counted_on": case["received_on"], "occurred_on": case["received_on"]}


INDICATORS: Mapping[str, Indicator] = {
    "reports_received": (received, occurrences()),
    "reports_per_pupils": (received, rate("PUPILS")),
    "reports_per_staff": (received, rate("SCHOOL_STAFF")),
    "children": (children, profile(by=("has_aln", "age_band", "sex", "looked_after", "ethnic_group"))),
    "cases_by_kind": (received, profile(by=("role_group", "setting_type", "harm_category", "report_source"))),
}
