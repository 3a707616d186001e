"""What the police and social services advised, and what was done with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from tests.pipelines.second_computation.areas import Case, Indicator, Item
from tests.pipelines.second_computation.checks import ADVISED, AGENCIES, Check, last_advice
from tests.pipelines.second_computation.dates import first
from tests.pipelines.second_computation.kinds import occurrences, profile, share
from tests.pipelines.second_computation.timeliness import ROLE

VIEWS = ("SUSPEND", "RESTRICT", "NO_RESTRICTION")  # asked, but gave no view: NO_VIEW


def followed(agency: str) -> Callable[[Case], Iterator[Item]]:
    """K18 and K19: cases over the threshold that an agency advised to restrict, and whether it was ever overridden."""

    def items(case: Case) -> Iterator[Item]:
        under = [check for check in case.checks if check.advised_protection(agency) > 0]
        if not case.meets_threshold or not under:
            return
        overriding = [check for check in under if check.overrides(agency)]
        is_decided = any(check.protection is not None for check in under)
        has_left = any(check.value == "LEFT" for check in under)
        yield {
            "counted_on": (overriding or under)[0].checked_on,
            "is_met": not overriding,
            "apart_as": None if is_decided else "left" if has_left else "not_recorded",
            "role_group": case["role_group"],
        }

    return items


def advised_and_decided(case: Case) -> Iterator[Item]:
    """K18-M: each check of a case over the threshold."""
    for check in case.checks if case.meets_threshold else ():
        yield {
            "counted_on": check.checked_on,
            "police_advice": check.advised["POLICE"],
            "social_services_advice": check.advised["SS"],
            "decision_value": check.value,
        }


def jointly_overridden(case: Case) -> Iterator[Item]:
    """K20: cases over the threshold in which less was done than both agencies advised, by the first time."""
    first = [check.checked_on for check in case.checks if check.overrides_both][:1]
    if case.meets_threshold and first:
        yield {"occurred_on": first[0]}


def sought(case: Case) -> Iterator[Item]:
    """K21: cases over the threshold, and whether both agencies are on record with advice, dated or not."""
    if case.meets_threshold:
        heard = {row["agency"] for row in case.advice if row["advice_value"] in ADVISED}
        yield {
            "counted_on": case["received_on"],
            "is_met": heard.issuperset(AGENCIES),
            "role_group": case["role_group"],
        }


def disagreeing(case: Case) -> Iterator[Item]:
    """K23b: cases over the threshold in which both agencies took a view, and whether their last ones differ."""
    views = [row for row in case.advice if row["advice_value"] in VIEWS and row["advice_on"]]
    last = [last_advice(row for row in views if row["agency"] == agency) for agency in AGENCIES]
    given = [row for row in last if row is not None]
    if case.meets_threshold and len(given) == len(AGENCIES):
        yield {
            "counted_on": max(row["advice_on"] for row in given),
            "is_met": len({row["advice_value"] for row in given}) > 1,
            "role_group": case["role_group"],
        }


def _overriding(case: Case) -> list[Check]:
    return [check for check in case.checks if check.overrides_either] if case.meets_threshold else []


def rationale_recorded(case: Case) -> Iterator[Item]:
    """K22: cases with an override, and whether each was decided, assessed, weighed and signed off."""
    found = _overriding(case)
    if found:
        is_met = all(map(_has_rationale, found))
        yield {"counted_on": found[0].checked_on, "is_met": is_met, "role_group": case["role_group"]}


def _has_rationale(check: Check) -> bool:
    row = check.decision
    return (
        row is not None
        and row["risk_assessment_on"] is not None
        and bool(row["alternatives_considered"])
        and _signed_off_by(check) is not None
        and row["senior_signoff_on"] is not None
    )


def reasons(case: Case) -> Iterator[Item]:
    """K22-R: cases with an override, each reason given for one and each role that signed one off."""
    found = _overriding(case)
    if found:
        given = {code for check in found for code in _reasons_of(check) or ("NOT_RECORDED",)}
        roles = {_signed_off_by(check) or "NOBODY" for check in found}
        yield {
            "counted_on": found[0].checked_on,
            "override_reasons": ";".join(given),
            "signed_off_by": ";".join(roles),
        }


def good_record(case: Case) -> Iterator[Item]:
    """K23: cases in which an override gave the person's good record as a reason, by the first time."""
    for check in [check for check in _overriding(case) if "PREV_GOOD_RECORD" in _reasons_of(check)][:1]:
        yield {"occurred_on": check.checked_on}


def _reasons_of(check: Check) -> list[str]:
    given = check.decision["override_reasons"] if check.decision else None
    return given.split(";") if given else []


def _signed_off_by(check: Check) -> str | None:
    """The role on record; None where there is none, as for silence."""
    role: str | None = check.decision["senior_signoff_role"] if check.decision else None
    return None if role in ("", "UNK") else role


def alternatives(case: Case) -> Iterator[Item]:
    """K24: each decision on an alternative to suspension."""
    for row in case.safeguards:
        if row["decision_value"] == "ALTERNATIVE":
            yield {
                "counted_on": row["decision_on"],
                "alternatives_used": row["alternatives_used"],
                "access_to_children_removed": row["access_to_children_removed"],
            }


def with_access(case: Case) -> Iterator[Item]:
    """K24b: cases with an alternative to suspension that left some access to children, by the first such decision."""
    found = [
        row["decision_on"]
        for row in case.safeguards
        if row["decision_value"] == "ALTERNATIVE" and row["access_to_children_removed"] in ("N", "P")
    ]
    if found:
        yield {"occurred_on": first(found)}


INDICATORS: Mapping[str, Indicator] = {
    "police_advice_followed": (followed("POLICE"), share(by=ROLE)),
    "social_services_advice_followed": (followed("SS"), share(by=ROLE)),
    "advice_and_decision": (
        advised_and_decided,
        profile(by=("police_advice*decision_value", "social_services_advice*decision_value")),
    ),
    "joint_advice_not_followed": (jointly_overridden, occurrences()),
    "advice_sought": (sought, share(by=ROLE)),
    "override_rationale_recorded": (rationale_recorded, share(by=ROLE)),
    "override_reasons": (
        reasons,
        profile(by=("override_reasons", "signed_off_by"), several=("override_reasons", "signed_off_by")),
    ),
    "good_record_as_reason": (good_record, occurrences()),
    "alternatives_used": (
        alternatives,
        profile(by=("alternatives_used", "access_to_children_removed"), several=("alternatives_used",)),
    ),
    "agencies_disagree": (disagreeing, share(by=ROLE)),
    "alternative_without_access_removed": (with_access, occurrences()),
}
