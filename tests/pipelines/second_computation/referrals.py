"""Referrals to the Disclosure and Barring Service and to the regulator of the person's work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tests.pipelines.second_computation.areas import Case, Indicator, Item
from tests.pipelines.second_computation.exits import LEFT
from tests.pipelines.second_computation.kinds import duration, share, within_clock
from tests.pipelines.second_computation.timeliness import ROLE

BODY = ("referral_body",)


def barring(case: Case) -> Iterator[Item]:
    """K35: cases with a duty to refer, or with a doubt about it where the person left or was removed."""
    duty = case["dbs_duty_met"]
    is_in_doubt = duty in (None, "U") and (case.has_left or case["removal_on"] is not None)
    if duty == "Y" or is_in_doubt:
        is_met = case["dbs_referral_on"] is not None if duty == "Y" else None
        yield {"counted_on": case.gone_on, "is_met": is_met, "role_group": case["role_group"]}


def _is_for_regulator(case: Case) -> bool:
    """Somebody regulated who was dismissed or left, and of whom it was not found that there was nothing in it."""
    return (
        case["regulator_code"] not in (None, "NONE")
        and case["exit_type"] in {*LEFT, "DISMISSED"} - {"DEREGISTERED"}
        and case["threshold_met"] != "N"
        and case["outcome_code"] not in ("UNF", "FAL", "MAL", "NMT")
    )


def to_regulator(case: Case) -> Iterator[Item]:
    """K37: cases that a regulator should hear of, and whether it did."""
    if _is_for_regulator(case):
        is_met = case["regulator_referral_on"] is not None
        yield {"counted_on": case.gone_on, "is_met": is_met, "regulator_code": case["regulator_code"]}


def to_either(case: Case) -> Iterator[Item]:
    """K36 and K36-T: each case and body it should go to, from the day the person was removed or left."""
    if case["dbs_duty_met"] == "Y":
        yield {"started_on": case.gone_on, "stopped_on": case["dbs_referral_on"], "referral_body": "DBS"}
    if _is_for_regulator(case):
        yield {"started_on": case.gone_on, "stopped_on": case["regulator_referral_on"], "referral_body": "REGULATOR"}


INDICATORS: Mapping[str, Indicator] = {
    "barring_referral_made": (barring, share(by=ROLE)),
    "time_to_referral": (to_either, duration(by=BODY)),
    "referral_made_in_time": (to_either, within_clock("working_days", 20, by=BODY)),
    "regulator_referral_made": (to_regulator, share(by=("regulator_code",))),
}
