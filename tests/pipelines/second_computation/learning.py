"""What repeats, what audits of files find, and what training and the helpline report of themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from tests.pipelines.second_computation.areas import Area, AreaIndicator, Case, Indicator, Item
from tests.pipelines.second_computation.dates import is_in_calendar, last_day_of, months, months_later
from tests.pipelines.second_computation.kinds import is_open, profile, share, stock, yes_or_no
from tests.pipelines.second_computation.timeliness import ROLE

AUDITOR = ("auditor_type",)


def repeats(column: str) -> Callable[[Area], Iterator[Item]]:
    """K39 and K39-S: each adult or setting with a dated report, by the last, and whether that repeats one of the 36
    months before it."""

    def items(area: Area) -> Iterator[Item]:
        reported: dict[str, list[date]] = {}
        for case in area.cases:
            if case[column] and case["received_on"]:
                reported.setdefault(case[column], []).append(case["received_on"])
        for days in reported.values():
            *earlier, last = sorted(days)
            is_known = bool(earlier) and is_in_calendar(earlier[-1])
            yield {"counted_on": last, "is_met": is_known and last <= months_later(earlier[-1], 36)}

    return items


def re_referred(case: Case) -> Iterator[Item]:
    """K40: closed cases, and whether the same adult was reported again within twelve months; not known of nobody."""
    if case.is_closed:
        closed, is_met, apart = case["closed_on"], None, None
        if closed and is_in_calendar(closed):
            until = months_later(closed, 12)
            is_met = any(closed < day <= until for day in _reported_again(case)) if case["adult_id"] else None
            apart = "too_recent" if until >= case.area.snapshot else None
        yield {"counted_on": closed, "is_met": is_met, "apart_as": apart, "role_group": case["role_group"]}


def _reported_again(case: Case) -> Iterator[date]:
    for other in case.area.cases:
        is_same = other["adult_id"] is not None and other["adult_id"] == case["adult_id"]
        if is_same and other is not case and other["received_on"]:
            yield other["received_on"]


def audited(column: str) -> Callable[[Case], Iterator[Item]]:
    """K41, K41-R and K43-A: each audit, and what it says."""

    def items(case: Case) -> Iterator[Item]:
        for row in case.audits:
            yield {
                "counted_on": row["audit_on"],
                "is_met": yes_or_no(row[column]),
                "auditor_type": row["auditor_type"],
                "threshold_met": case["threshold_met"],
            }

    return items


def sent_back(case: Case) -> Iterator[Item]:
    """K41-C: each referral back, until it is settled."""
    for row in case.audits:
        if row["referred_back"] == "Y":
            yield {
                "opened_on": row["referred_back_on"] or row["audit_on"],
                "closed_on": row["referred_back_closed_on"],
                "referred_back_by": row["referred_back_by"],
            }


def closed_and_audited(case: Case) -> Iterator[Item]:
    """K43: closed cases, and whether anybody audited the file."""
    if case.is_closed:
        yield {"counted_on": case["closed_on"], "is_met": bool(case.audits), "threshold_met": case["threshold_met"]}


def trained(area: Area) -> Iterator[Item]:
    """K47: each role group at each month's end, by its newest row then; the people, not the row, are counted."""
    for role in {row["role_group"] for row in area.tables["training"]}:
        rows = [row for row in area.tables["training"] if row["role_group"] == role and row["period_end"]]
        for month in months(min(row["period_end"] for row in rows), area.snapshot) if rows else ():
            as_at = min(last_day_of(month), area.snapshot)
            known = [row for row in rows if row["period_end"] <= as_at]
            if known and is_in_calendar(month):
                last = max(known, key=lambda row: row["period_end"])
                for is_met, n in _parts(last["in_date"], last["in_scope"]):
                    yield {"counted_on": month, "is_met": is_met, "n": n, "role_group": role}


def contacts(area: Area) -> Iterator[Item]:
    """K48: each contact with the helpline."""
    for row in area.tables["helpline"]:
        if row["contacts"]:
            yield {"counted_on": row["period_end"], "channel": row["channel"], "n": row["contacts"]}


def became_reports(area: Area) -> Iterator[Item]:
    """K48-C: the same, and whether it became a report."""
    for row in area.tables["helpline"]:
        for is_met, n in _parts(row["converted_to_reports"], row["contacts"]):
            yield {"counted_on": row["period_end"], "is_met": is_met, "n": n, "channel": row["channel"]}


def _parts(part: int | None, whole: int | None) -> list[tuple[bool | None, int]]:
    """How many are in the part and how many are not; all unknown, and at least one, where that cannot be."""
    if part is None or whole is None or part > whole:
        return [(None, max(whole or 0, 1))]
    return [(is_met, n) for is_met, n in ((True, part), (False, whole - part)) if n > 0]


INDICATORS: Mapping[str, Indicator] = {
    "re_referred_after_closure": (re_referred, share(by=ROLE)),
    "referred_back": (audited("referred_back"), share(by=AUDITOR)),
    "audit_found_immediate_risk": (audited("immediate_risk_found"), share(by=AUDITOR)),
    "referred_back_open": (sent_back, stock(is_open, by=("referred_back_by",))),
    "closed_cases_audited": (closed_and_audited, share(by=("threshold_met",))),
    "audit_agrees_with_record": (audited("agrees_with_record"), share(by=(*AUDITOR, "threshold_met"))),
}
OF_AREAS: Mapping[str, AreaIndicator] = {
    "repeat_allegations": (repeats("adult_id"), share()),
    "repeat_settings": (repeats("setting_id"), share()),
    "training_in_date": (trained, share(by=ROLE)),
    "helpline_contacts": (contacts, profile(by=("channel",))),
    "contacts_became_reports": (became_reports, share(by=("channel",))),
}
