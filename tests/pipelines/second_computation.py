"""The indicators a second time: plain Python from the written rules, to hold against the pipeline's SQL.

Knows lists of dicts (the accepted rows of one area, dates as ``date``), a set of bank holidays and the snapshot.
Refuses to share anything with what it checks: no SQL, no frames, no product code. It is slow and says each rule once.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import date, timedelta
from functools import cache
from typing import Any

Row = Mapping[str, Any]
Rows = Sequence[Row]

FIRST_DAY, LAST_DAY = date(1995, 1, 1), date(2035, 12, 31)
LIMIT_WORKING_DAYS = 1

AGENCIES = ("POLICE", "SS")
ADVISED = {"SUSPEND": 2, "RESTRICT": 1, "NO_RESTRICTION": 0, "NO_VIEW": 0}  # NOT_SOUGHT, NOT_RECORDED: no advice
DECIDED = {"SUSPENDED": 2, "ALTERNATIVE": 1, "NONE": 0}  # LEFT, NOT_RECORDED: never an override


class WorkingDays:
    """Every working day of the calendar, in order. A day's index is the number of them strictly before it."""

    def __init__(self, bank_holidays: Set[date]) -> None:
        every_day = (FIRST_DAY + timedelta(days=n) for n in range((LAST_DAY - FIRST_DAY).days + 1))
        self._days = [day for day in every_day if day.weekday() < 5 and day not in bank_holidays]

    def between(self, start: date, stop: date) -> int:
        """Working days from ``start``, which is day 0, to ``stop``; negative if ``stop`` is the earlier."""
        return bisect_left(self._days, stop) - bisect_left(self._days, start)

    def after(self, day: date) -> date:
        """The next working day; of a day that is none, the one after the working day it counts as."""
        return self._days[bisect_left(self._days, day) + 1]


_working_days = cache(WorkingDays)


# K21


def advice_sought(cases: Rows, advice: Rows) -> dict[tuple[date | None, str], int]:
    """The number of cases by month of receipt and whether both agencies are on record with advice, dated or not."""
    counted: Counter[tuple[date | None, str]] = Counter()
    for case in _over_the_threshold(cases):
        heard = {row["agency"] for row in _of(advice, case) if row["advice_value"] in ADVISED}
        month = case["received_on"].replace(day=1) if case["received_on"] else None
        counted[month, "yes" if heard.issuperset(AGENCIES) else "no"] += 1
    return dict(counted)


# K3


def strategy_discussion_in_time(
    cases: Rows, meetings: Rows, bank_holidays: Set[date], snapshot: date
) -> dict[tuple[date | None, str], int]:
    """The number of cases by month of receipt and state; the month is None where receipt is not dated."""
    calendar = _working_days(frozenset(bank_holidays))
    counted: Counter[tuple[date | None, str]] = Counter()
    for case in _over_the_threshold(cases):
        received, discussed = case["received_on"], _first_with_police(_of(meetings, case))
        month = received.replace(day=1) if received else None
        counted[month, state_within_clock(received, discussed, snapshot, calendar)] += 1
    return dict(counted)


def state_within_clock(start: date | None, stop: date | None, snapshot: date, calendar: WorkingDays) -> str:
    """met, missed, too_recent or not_measurable; an unusable date goes before everything else."""
    if start is None or _is_unusable(start, snapshot):
        return "not_measurable"
    if stop is not None and (stop < start or _is_unusable(stop, snapshot)):
        return "not_measurable"
    if calendar.between(start, snapshot) <= LIMIT_WORKING_DAYS:
        return "too_recent"
    return "met" if stop is not None and calendar.between(start, stop) <= LIMIT_WORKING_DAYS else "missed"


def _is_unusable(day: date, snapshot: date) -> bool:
    return day > snapshot or not FIRST_DAY <= day <= LAST_DAY


def _first_with_police(meetings: Rows) -> date | None:
    held = [
        meeting["meeting_on"]
        for meeting in meetings
        if meeting["meeting_type"] in ("DISCUSSION", "INITIAL")
        and "POLICE" in (meeting["attended"] or "").split(";")
        and meeting["meeting_on"]
    ]
    return min(held, default=None)


# K20


def joint_advice_not_followed(
    cases: Rows, advice: Rows, decisions: Rows, bank_holidays: Set[date], snapshot: date
) -> dict[str, date]:
    """The day of the first event, by case, of the cases that have one."""
    calendar = _working_days(frozenset(bank_holidays))
    first: dict[str, date] = {}
    for case in _over_the_threshold(cases):
        given = [row for row in _of(advice, case) if row["advice_value"] in ADVISED and row["advice_on"]]
        made = [
            row
            for row in _of(decisions, case)
            if row["decision_type"] in ("SAFEGUARD", "REVIEW") and row["decision_on"]
        ]
        events = overridden_by_decision(given, made) | overridden_by_silence(case, given, made, snapshot, calendar)
        if events:
            first[case["case_id"]] = min(events)
    return first


def overridden_by_decision(given: Rows, made: Rows) -> set[date]:
    """The days on which less was decided than the weaker of both agencies' advice."""
    return {
        row["decision_on"]
        for row in made
        if row["decision_value"] in DECIDED
        and DECIDED[row["decision_value"]] < jointly_advised(given, row["decision_on"])
    }


def overridden_by_silence(case: Row, given: Rows, made: Rows, snapshot: date, calendar: WorkingDays) -> set[date]:
    """The working days by whose end advice had no answer, and nothing as protective was in place."""
    events: set[date] = set()
    for day in {row["advice_on"] for row in given if row["agency"] in AGENCIES}:
        if not FIRST_DAY <= day <= LAST_DAY or calendar.between(day, snapshot) <= 1:
            continue
        is_answered = any(row["decision_on"] >= day and calendar.between(day, row["decision_on"]) <= 1 for row in made)
        has_left = case["exit_on"] is not None and case["exit_on"] <= calendar.after(day)
        protection = _in_place(made, day)
        if is_answered or has_left or protection is None:
            continue
        if protection < jointly_advised(given, day):
            events.add(calendar.after(day))
    return events


def jointly_advised(given: Rows, day: date) -> int:
    """How protective the weaker of both agencies' advice in force was; 0 unless both advised protection."""
    return min(_advised(given, agency, day) for agency in AGENCIES)


def _advised(given: Rows, agency: str, day: date) -> int:
    until = [row for row in given if row["agency"] == agency and row["advice_on"] <= day]
    if not until:
        return 0
    last = max(until, key=lambda row: (row["advice_on"], row["advice_time"] or "", ADVISED[row["advice_value"]]))
    return ADVISED[last["advice_value"]]


def _in_place(made: Rows, day: date) -> int | None:
    """How protective what stood before ``day`` is; None where the person had left or it was not recorded."""
    before = [row for row in made if row["decision_on"] < day]
    if not before:
        return 0
    last = max(before, key=lambda row: (row["decision_on"], row["decision_time"] or "", row["decision_id"]))
    if last["decision_value"] not in DECIDED:
        return None
    has_ended = last["end_on"] is not None and last["end_on"] < day
    return 0 if has_ended else DECIDED[last["decision_value"]]


# Both


def _over_the_threshold(cases: Rows) -> Iterable[Row]:
    return (case for case in cases if case["threshold_met"] == "Y")


def _of(rows: Rows, case: Row) -> Rows:
    return [row for row in rows if row["case_id"] == case["case_id"]]
