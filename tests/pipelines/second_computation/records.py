"""What is on record of a case and its meetings: minutes, reasons, where things were decided, and who was heard."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from tests.pipelines.second_computation import chronology
from tests.pipelines.second_computation.areas import Case, Indicator, Item, Row
from tests.pipelines.second_computation.checks import DECIDED
from tests.pipelines.second_computation.kinds import profile, share, within_clock, yes_or_no
from tests.pipelines.second_computation.timeliness import ROLE

MEETING = ("meeting_type",)
SCHOOLS = ("PRIMARY", "SECONDARY", "MIDDLE_ALL_THROUGH", "SPECIAL", "PRU_EOTAS", "FE", "NURSERY_CHILDCARE")


def minutes_circulated(case: Case) -> Iterator[Item]:
    """K5: each meeting, from its day to that of its minutes."""
    for row in case.meetings:
        yield {
            "started_on": row["meeting_on"],
            "stopped_on": row["minutes_on"],
            "meeting_type": row["meeting_type"],
        }


def threshold_reasons(case: Case) -> Iterator[Item]:
    """K7: cases below the threshold, and whether the reasons are on record, against the adult too."""
    if case["threshold_met"] == "N":
        recorded = {case["threshold_rationale_recorded"], case["recorded_against_adult"]}
        yield {
            "counted_on": case["received_on"],
            "is_met": True if recorded == {"Y"} else False if "N" in recorded else None,
            "setting_type": case["setting_type"],
        }


def judged_below(case: Case) -> Iterator[Item]:
    """K7-S: all cases, and whether they were judged to be below the threshold."""
    yield {
        "counted_on": case["received_on"],
        "is_met": {"N": True, "Y": False}.get(case["threshold_met"] or ""),
        "setting_type": case["setting_type"],
        "report_source": case["report_source"],
    }


def on_social_services_file(case: Case) -> Iterator[Item]:
    """K10: each meeting, and whether its minutes are on the social services file."""
    for row in case.meetings:
        is_met = row["minutes_on_ss_file"] == "Y"
        yield {"counted_on": row["meeting_on"], "is_met": is_met, "meeting_type": row["meeting_type"]}


def on_all_files(case: Case) -> Iterator[Item]:
    """K11: cases over the threshold with a meeting, and whether the minutes of every meeting are on every file."""
    if case.meets_threshold and case.meetings:
        is_met = not any(_lacking(case, row) for row in case.meetings)
        yield {"counted_on": case["received_on"], "is_met": is_met, "setting_type": case["setting_type"]}


def files_without(case: Case) -> Iterator[Item]:
    """K11-F: each meeting, and every file that its minutes are not on."""
    for row in case.meetings:
        yield {"counted_on": row["meeting_on"], "lacking_on": ";".join(_lacking(case, row)) or "COMPLETE"}


def _lacking(case: Case, row: Row) -> list[str]:
    """Whose files lack the minutes: only a school's case has a file at education."""
    services = ("SS", "HR", "EDU") if case["setting_type"] in SCHOOLS else ("SS", "HR")
    return [service for service in services if row[f"minutes_on_{service.lower()}_file"] != "Y"]


def four_points(case: Case) -> Iterator[Item]:
    """K12: each meeting whose minutes were audited, and whether they have all four points."""
    for row in case.meetings:
        if row["minutes_quality"] is not None:
            is_met = row["minutes_quality"] == 4
            yield {"counted_on": row["meeting_on"], "is_met": is_met, "meeting_type": row["meeting_type"]}


def forums(case: Case) -> Iterator[Item]:
    """K15: each decision on a safeguard and each dated outcome, and whether it was taken within the process."""
    for row in case.safeguards:
        yield _in_forum(row["forum"], row["decision_on"], row["decision_type"])
    if case["outcome_on"]:
        yield _in_forum(case["outcome_forum"], case["outcome_on"], "OUTCOME")


def _in_forum(forum: str | None, counted_on: object, decision_type: str) -> Item:
    is_known = forum not in (None, "", "UNKNOWN")
    is_met = forum in ("S5_DISCUSSION", "S5_MEETING") if is_known else None
    return {"counted_on": counted_on, "is_met": is_met, "decision_type": decision_type}


def assessed_before(case: Case) -> Iterator[Item]:
    """K16: each decision on a safeguard of a case over the threshold, and whether risk had been assessed by then."""
    for row in case.safeguards if case.meets_threshold else ():
        if row["decision_value"] in DECIDED:
            assessed, decided = case.assessed_on, row["decision_on"]
            is_met: bool | None = False
            if assessed:
                is_met = assessed <= decided if decided else None
            yield {"counted_on": decided, "is_met": is_met, "role_group": case["role_group"]}


def heard(column: str) -> Callable[[Case], Iterator[Item]]:
    """K17 and K17-A: each child to whom it applies."""

    def items(case: Case) -> Iterator[Item]:
        for row in case.children:
            if row[column] != "NA":
                is_met = yes_or_no(row[column])
                yield {"counted_on": case["received_on"], "is_met": is_met, "age_band": row["age_band"]}

    return items


def carried_out(case: Case) -> Iterator[Item]:
    """K17b: each meeting that decided on joint work, and whether it was done."""
    for row in case.meetings:
        if row["joint_decided"] == "Y":
            yield {"counted_on": row["meeting_on"], "is_met": yes_or_no(row["joint_done"])}


def with_police(case: Case) -> Iterator[Item]:
    """K17c: each strategy discussion, and whether the police attended."""
    for row in case.meetings:
        if row["meeting_type"] == "DISCUSSION":
            yield {"counted_on": row["meeting_on"], "is_met": "POLICE" in (row["attended"] or "").split(";")}


INDICATORS: Mapping[str, Indicator] = {
    "minutes_on_file_in_time": (minutes_circulated, within_clock("working_days", 10, by=MEETING)),
    "threshold_reasons_recorded": (threshold_reasons, share(by=("setting_type",))),
    "judged_below_threshold": (judged_below, share(by=("setting_type", "report_source"))),
    "strategy_record_on_file": (on_social_services_file, share(by=MEETING)),
    "record_on_all_files": (on_all_files, share(by=("setting_type",))),
    "files_without_record": (files_without, profile(by=("lacking_on",), several=("lacking_on",))),
    "minutes_pass_four_points": (four_points, share(by=MEETING)),
    "chronology_possible": (chronology.possible, share()),
    "decided_in_forum": (forums, share(by=("decision_type",))),
    "risk_assessed_before_decision": (assessed_before, share(by=ROLE)),
    "childs_views_recorded": (heard("views_recorded"), share(by=("age_band",))),
    "advocacy_offered": (heard("advocacy_offered"), share(by=("age_band",))),
    "joint_decision_carried_out": (carried_out, share()),
    "police_at_discussion": (with_police, share()),
}
