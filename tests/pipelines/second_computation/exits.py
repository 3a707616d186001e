"""People who left: before risk was assessed, by which way, and what became of their cases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tests.pipelines.second_computation.areas import Case, Indicator, Item
from tests.pipelines.second_computation.dates import is_in_calendar, months_later
from tests.pipelines.second_computation.kinds import occurrences, profile, share, yes_or_no

WAY = ("exit_type",)
BY_CHOICE_OR_TERM = ("RESIGNED", "REDUNDANCY", "RETIRED", "SETTLEMENT", "CONTRACT_END")
LEFT = (*BY_CHOICE_OR_TERM, "AGENCY_RELEASED", "DEREGISTERED")  # not: dismissed, died


def unassessed(case: Case) -> Iterator[Item]:
    """K25: people who left of themselves or by their term before risk was on record as assessed."""
    assessed, left = case.assessed_on, case["exit_on"]
    is_late = assessed is None or (left is not None and assessed > left)
    if case["exit_type"] in BY_CHOICE_OR_TERM and is_late:
        yield {"occurred_on": left}


def ways(case: Case) -> Iterator[Item]:
    """K25-E: everybody who left, how, and whether risk had been assessed by then."""
    if case.has_left:
        assessed, left = case.assessed_on, case["exit_on"]
        in_time = "N"
        if assessed:
            in_time = "U" if left is None else "Y" if assessed <= left else "N"
        yield {"counted_on": left, "exit_type": case["exit_type"], "risk_assessed_first": in_time}


def _is_live_at_exit(case: Case) -> bool:
    """The outcome, if there is one, is not from before the person left; without both days it may not be."""
    left, outcome = case["exit_on"], case["outcome_on"]
    return left is None or outcome is None or outcome >= left


def outcomes(case: Case) -> Iterator[Item]:
    """K26: people who left while the case was live, and whether it came to an outcome all the same."""
    if case["exit_type"] in LEFT and case["threshold_met"] != "N" and _is_live_at_exit(case):
        is_met, apart = _concluded(case)
        yield {"counted_on": case["exit_on"], "is_met": is_met, "apart_as": apart, "exit_type": case["exit_type"]}


def _concluded(case: Case) -> tuple[bool | None, str | None]:
    """Yes or no, and no only once the case is closed or the twelve months it may take are over."""
    if case.has_outcome:
        return True, None
    if case.is_closed:
        return False, None
    if case["exit_on"] is None:
        return None, None
    left, snapshot = case["exit_on"], case.area.snapshot
    is_over = left <= snapshot and (not is_in_calendar(left) or months_later(left, 12) < snapshot)
    return (False, None) if is_over else (None, "too_recent")


def settlements(case: Case) -> Iterator[Item]:
    """K27: settlement agreements while the case was live."""
    if case["exit_type"] == "SETTLEMENT" and _is_live_at_exit(case):
        yield {"occurred_on": case["exit_on"]}


def references(case: Case) -> Iterator[Item]:
    """K27b: people who left alive and for whom a reference may be asked, and whether its words are agreed."""
    if case.has_left and case["exit_type"] != "DIED" and case["reference_agreed"] != "NA":
        is_met = yes_or_no(case["reference_agreed"])
        yield {"counted_on": case["exit_on"], "is_met": is_met, "exit_type": case["exit_type"]}


INDICATORS: Mapping[str, Indicator] = {
    "left_before_risk_assessed": (unassessed, occurrences()),
    "exits_by_kind": (ways, profile(by=("exit_type", "risk_assessed_first"))),
    "outcome_after_exit": (outcomes, share(by=WAY)),
    "settlement_in_live_case": (settlements, occurrences()),
    "reference_position_agreed": (references, share(by=WAY)),
}
