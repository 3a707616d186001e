"""The seven kinds of measure: the items of one area into counts by month, breakdown, category, state and days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Literal

from tests.pipelines.second_computation.areas import Area, Counts, Item, Measure
from tests.pipelines.second_computation.dates import (
    is_in_calendar,
    is_unusable,
    last_day_of,
    month_of,
    months,
    months_later,
)

Placed = tuple[date | None, str, int | None]
"""Month, state, days."""


def _each(place: Callable[[Item, Area], Iterable[Placed]], by: Sequence[str]) -> Measure:
    """Every item under "all" and under each breakdown, wherever ``place`` puts it, as many times as it stands for."""

    def measure(items: Sequence[Item], area: Area) -> Counts:
        counted: Counts = Counter()
        for item in items:
            for month, state, days in place(item, area):
                for breakdown, category in [("all", "all"), *((name, item[name] or "UNK") for name in by)]:
                    counted[month, breakdown, category, state, days] += item.get("n", 1)
        return counted

    return measure


def within_clock(
    unit: Literal["working_days", "months", "due_date"], limit: int = 0, by: Sequence[str] = ()
) -> Measure:
    """Whether each item's clock stopped in time."""

    def place(item: Item, area: Area) -> list[Placed]:
        month = month_of(item.get("counted_on") or item["started_on"])
        return [(month, item.get("apart_as") or _clock_state(item, area, unit, limit), None)]

    return _each(place, by)


def _clock_state(item: Item, area: Area, unit: str, limit: int) -> str:
    """met, missed, too_recent or not_measurable; an unusable date goes before everything else."""
    start, stop, due = item["started_on"], item["stopped_on"], item.get("due_on")
    if start is None or is_unusable(start, area.snapshot) or is_unusable(stop, area.snapshot):
        return "not_measurable"
    if stop is not None and stop < start:
        return "not_measurable"
    if unit == "due_date" and (due is None or not is_in_calendar(due) or due < start):
        return "not_measurable"

    def is_within(day: date) -> bool:
        if unit == "working_days":
            return area.calendar.between(start, day) <= limit
        return day <= (months_later(start, limit) if unit == "months" else due)

    if is_within(area.snapshot):
        return "too_recent"
    return "met" if stop is not None and is_within(stop) else "missed"


def share(by: Sequence[str] = ()) -> Measure:
    """Whether something is so of each item."""
    states = {True: "yes", False: "no", None: "not_known"}

    def place(item: Item, _: Area) -> list[Placed]:
        return [(month_of(item["counted_on"]), item.get("apart_as") or states[item["is_met"]], None)]

    return _each(place, by)


def yes_or_no(code: str | None) -> bool | None:
    """What Y and N say; everything else leaves it open."""
    return {"Y": True, "N": False}.get(code or "")


def occurrences() -> Measure:
    """Each item by itself, with the day of the month it happened on."""

    def place(item: Item, _: Area) -> list[Placed]:
        day = item["occurred_on"]
        return [(month_of(day), "occurred", day.day if day is not None and is_in_calendar(day) else None)]

    return _each(place, by=())


def duration(by: Sequence[str] = ()) -> Measure:
    """How many calendar days each item took, or has been running."""

    def place(item: Item, area: Area) -> list[Placed]:
        return [(month_of(item["started_on"]), *_duration(item, area.snapshot))]

    return _each(place, by)


def _duration(item: Item, snapshot: date) -> tuple[str, int | None]:
    if item.get("apart_as"):
        return item["apart_as"], None
    start, stop, left = item["started_on"], item["stopped_on"], item.get("left_on")
    if start is None or any(is_unusable(day, snapshot) for day in (start, stop)):
        return "not_measurable", None
    if stop is not None and stop < start:
        return "not_measurable", None
    if stop is not None and (left is None or stop <= left):
        return "finished", (stop - start).days
    if is_unusable(left, snapshot):
        return "not_measurable", None
    if left is not None:
        return "left", max((left - start).days, 0)
    return "running", (snapshot - start).days


def stock(stand: Callable[[Item, date], tuple[str, int | None]], by: Sequence[str] = ()) -> Measure:
    """What is open at each month's end; what cannot be placed is counted once, at the snapshot."""

    def place(item: Item, area: Area) -> list[Placed]:
        opened, closed, due = item["opened_on"], item["closed_on"], item.get("due_on")
        is_impossible = opened is None or any(day is not None and day < opened for day in (closed, due))
        is_undated = is_unusable(opened, area.snapshot) or is_unusable(closed, area.snapshot)
        if item.get("apart_as") or is_impossible or is_undated or (due is not None and not is_in_calendar(due)):
            return [(month_of(area.snapshot), item.get("apart_as") or "not_measurable", None)]
        ends = [(month, min(last_day_of(month), area.snapshot)) for month in months(opened, area.snapshot)]
        return [(month, *stand(item, as_at)) for month, as_at in ends if closed is None or closed > as_at]

    return _each(place, by)


def age(item: Item, as_at: date) -> tuple[str, int]:
    """How long something has been open, in bands of calendar months."""
    opened = item["opened_on"]
    bands = {1: "to_1_month", 3: "to_3_months", 6: "to_6_months", 12: "to_12_months"}
    within = (band for limit, band in bands.items() if as_at <= months_later(opened, limit))
    return next(within, "over_12_months"), (as_at - opened).days


def lateness(item: Item, as_at: date) -> tuple[str, int | None]:
    """How long something open is past its due date."""
    if item["due_on"] is None:
        return "no_deadline", None
    late = (as_at - item["due_on"]).days
    if late <= 0:
        return "not_due", None
    return ("late_30" if late <= 30 else "late_over_30"), late


def is_open(item: Item, as_at: date) -> tuple[str, int]:
    """Only that something is open, and for how many days."""
    return "open", (as_at - item["opened_on"]).days


def profile(by: Sequence[str], several: Sequence[str] = ()) -> Measure:
    """What the items are: how many are known by each breakdown, and how many have each of its codes."""

    def measure(items: Sequence[Item], _: Area) -> Counts:
        counted: Counts = Counter()
        for item in items:
            month, n = month_of(item["counted_on"]), item.get("n", 1)
            counted[month, "all", "all", "known", None] += n
            for breakdown in by:
                codes = _codes(item, breakdown, several)
                counted[month, breakdown, "all", "known" if codes else "not_known", None] += n
                for code in codes:
                    counted[month, breakdown, code, "known", None] += n
        return counted

    return measure


def _codes(item: Item, breakdown: str, several: Sequence[str]) -> set[str]:
    """The codes an item has under a breakdown, "X*Y" under a two-way one; none where it is not known."""
    values = [item[column] or "" for column in breakdown.split("*")]
    if any(value in ("", "UNK", "U") for value in values):
        return set()
    return set(values[0].split(";")) if breakdown in several else {"*".join(values)}


def rate(base: str) -> Measure:
    """The items, and month by month the people they are held against."""

    def measure(items: Sequence[Item], area: Area) -> Counts:
        counted: Counts = Counter((month_of(item["counted_on"]), "all", "all", "counted", None) for item in items)
        dated = [item["counted_on"] for item in items if item["counted_on"]]
        for month in filter(is_in_calendar, months(min(dated), area.snapshot)) if dated else ():
            begun = [row for row in area.bases if row["base"] == base and row["from"] <= month]
            if begun:
                counted[month, "all", "all", "base", None] = max(begun, key=lambda row: row["from"])["value"]
            else:
                counted[month, "all", "all", "no_base", None] = 1
        return counted

    return measure
