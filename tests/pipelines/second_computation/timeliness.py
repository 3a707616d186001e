"""The clocks of a case: reported, decided, met about, concluded; and which cases are open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from tests.pipelines.second_computation.areas import Case, Indicator, Item, Row
from tests.pipelines.second_computation.checks import DECIDED
from tests.pipelines.second_computation.dates import first
from tests.pipelines.second_computation.kinds import age, duration, stock, within_clock

ROLE = ("role_group",)


def reported(case: Case) -> Iterator[Item]:
    """K1: all cases, from when the concern was known to receipt."""
    yield {
        "started_on": case["concern_aware_on"],
        "stopped_on": case["received_on"],
        "counted_on": case["concern_aware_on"] or case["received_on"],
        "report_source": case["report_source"],
    }


def threshold_decided(case: Case) -> Iterator[Item]:
    """K2: all cases, from receipt to the decision on the threshold."""
    yield _from_receipt(case, case["threshold_decision_on"])


def discussed_with_police(case: Case) -> Iterator[Item]:
    """K3: cases over the threshold, from receipt to the first discussion or initial meeting that police attended."""
    if case.meets_threshold:
        held = [row for row in case.meetings if "POLICE" in (row["attended"] or "").split(";")]
        yield _from_receipt(case, _first_meeting(held, "DISCUSSION", "INITIAL"))


def met(case: Case) -> Iterator[Item]:
    """K4: cases over the threshold with a meeting decided on, from receipt to the first meeting."""
    if case.meets_threshold and case["meeting_decided"] == "Y":
        yield _from_receipt(case, _first_meeting(case.meetings, "INITIAL", "REVIEW", "OUTCOME"))


def safeguard_decided(case: Case) -> Iterator[Item]:
    """K6 and TTD: cases over the threshold, from receipt to the first decision on a safeguard, unless they left."""
    if case.meets_threshold:
        made = [row for row in case.decisions if row["decision_type"] == "SAFEGUARD"]
        decided = first(row["decision_on"] for row in made if row["decision_value"] in DECIDED)
        left = first([case["exit_on"], *(row["decision_on"] for row in made if row["decision_value"] == "LEFT")])
        yield {**_from_receipt(case, decided), "left_on": left}


def concluded(case: Case) -> Iterator[Item]:
    """K8: cases over the threshold, from receipt to the outcome."""
    if case.meets_threshold:
        yield _from_receipt(case, case["outcome_on"])


def concluded_after_a_meeting(case: Case) -> Iterator[Item]:
    """K9a: cases with an initial or review meeting, from the first of them to the outcome."""
    if any(row["meeting_type"] in ("INITIAL", "REVIEW") for row in case.meetings):
        started = _first_meeting(case.meetings, "INITIAL", "REVIEW")
        received = case["received_on"]
        yield {
            "started_on": started,
            "stopped_on": case["outcome_on"],
            "apart_as": "not_measurable" if started and received and started < received else None,
            "role_group": case["role_group"],
        }


def employer_acted(case: Case) -> Iterator[Item]:
    """K9d: cases over the threshold without formal discipline, of people who stay, from outcome to what was done."""
    is_informal = case["disciplinary_result"] in ("NONE", "ADVICE")
    if case.meets_threshold and case.has_outcome and is_informal and not case.has_left:
        yield _from_outcome(case, case["employer_action_on"])


def heard(case: Case) -> Iterator[Item]:
    """K9e: cases over the threshold with a hearing, or a result that takes one, from outcome to hearing."""
    result, hearing = case["disciplinary_result"], case["hearing_on"]
    takes_one = result in ("WARNING", "FINAL_WARNING", "DISMISSED", "PENDING")
    if case.meets_threshold and (hearing or takes_one):
        has_left = hearing is None and case["exit_on"] is not None and result != "DISMISSED"
        yield {**_from_outcome(case, hearing), "apart_as": "left" if has_left else None}


def opened(case: Case) -> Iterator[Item]:
    """K9b: all cases, from receipt until closed; a closed case must say when."""
    is_closed = case["status"] == "CLOSED"
    yield {
        "opened_on": case["received_on"],
        "closed_on": case["closed_on"] if is_closed else None,
        "apart_as": "not_measurable" if is_closed and not case["closed_on"] else None,
        "role_group": case["role_group"],
    }


def _first_meeting(meetings: Iterable[Row], *types: str) -> date | None:
    return first(row["meeting_on"] for row in meetings if row["meeting_type"] in types)


def _from_receipt(case: Case, stopped_on: date | None) -> Item:
    return {"started_on": case["received_on"], "stopped_on": stopped_on, "role_group": case["role_group"]}


def _from_outcome(case: Case, stopped_on: date | None) -> Item:
    return {"started_on": case["outcome_on"], "stopped_on": stopped_on, "role_group": case["role_group"]}


INDICATORS: Mapping[str, Indicator] = {
    "report_made_in_time": (reported, within_clock("working_days", 1, by=("report_source",))),
    "threshold_decided_in_time": (threshold_decided, within_clock("working_days", 1, by=ROLE)),
    "strategy_discussion_in_time": (discussed_with_police, within_clock("working_days", 1, by=ROLE)),
    "strategy_meeting_in_time": (met, within_clock("working_days", 7, by=ROLE)),
    "safeguard_decided_in_time": (safeguard_decided, within_clock("working_days", 1, by=ROLE)),
    "concluded_within_one_month": (concluded, within_clock("months", 1, by=ROLE)),
    "concluded_within_three_months": (concluded, within_clock("months", 3, by=ROLE)),
    "concluded_within_twelve_months": (concluded, within_clock("months", 12, by=ROLE)),
    "employer_acted_in_time": (employer_acted, within_clock("working_days", 3, by=ROLE)),
    "hearing_held_in_time": (heard, within_clock("working_days", 15, by=ROLE)),
    "time_to_decision": (safeguard_decided, duration(by=ROLE)),
    "time_to_outcome": (concluded_after_a_meeting, duration(by=ROLE)),
    "open_cases": (opened, stock(age, by=ROLE)),
}
