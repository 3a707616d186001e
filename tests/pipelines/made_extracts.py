"""Made extracts that hold what real ones get wrong, and the samples, all as accepted rows.

Missing, reversed and mistyped dates, blank required cells, advice and decisions on one day, weekends and bank holidays,
dates after the snapshot, ended and repeated suspensions, people who left, and one case id in two areas.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any
from zipfile import ZipFile

Tables = Mapping[str, Sequence[Mapping[str, Any]]]

TABLES = ("extract", "cases", "children", "advice", "decisions", "meetings", "actions")
AREAS = ("X06000001", "X06000002")
CASES_PER_AREA = 60
WINDOWS = (
    date(1994, 12, 26),  # the calendar begins
    date(2022, 12, 20),  # Christmas Day on a Sunday: substitute days
    date(2023, 4, 27),  # two Mondays off in a row
    date(2023, 12, 19),
    date(2024, 1, 22),  # a month after the 29th to the 31st is a leap day
    date(2024, 3, 25),  # Easter
    date(2024, 6, 3),
    date(2035, 12, 14),  # the calendar ends
)
"""The first days of fortnights in which nearly all dates lie, so that they meet."""
SNAPSHOTS = (8, 12, 16, 21, 38, 70, 130, 400)
"""How many days after the window's first day an extract may be drawn."""
MADE_BASES = [
    {"area": area, "base": base, "from": since, "value": value}
    for area, base, since, value in (
        ("X06000001", "PUPILS", date(1990, 9, 1), 1000),
        ("X06000001", "PUPILS", date(2023, 1, 1), 1100),
        ("X06000001", "PUPILS", date(2024, 2, 15), 1050),
        ("X06000001", "SCHOOL_STAFF", date(2024, 1, 1), 90),
        ("X06000002", "PUPILS", date(2024, 4, 1), 300),
    )
]


class Maker:
    """One made extract of two areas. The same seed makes the same one."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)
        self._window = self._random.choice(WINDOWS)
        self._shared_ids = [self._id("c") for _ in range(CASES_PER_AREA // 2)]
        self._tables: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}

    def tables(self) -> Tables:
        for area in AREAS:
            days = self._random.choice(SNAPSHOTS)
            snapshot = min(self._window + timedelta(days), date(2035, 12, 31))
            self._add("extract", area, None, source_service="LEAD", snapshot_on=snapshot)
            self._add("extract", area, None, source_service="HR", snapshot_on=snapshot - timedelta(7))
            own_ids = [self._id("c") for _ in range(CASES_PER_AREA - len(self._shared_ids))]
            for case_id in self._shared_ids + own_ids:
                self._case(area, case_id)
        for rows in self._tables.values():
            self._random.shuffle(rows)
        return self._tables

    def _case(self, area: str, case_id: str) -> None:
        day = self._window + timedelta(self._random.randint(0, 12))
        self._add(
            "cases",
            area,
            case_id,
            threshold_met=self._one_of("YYYYYYNU"),
            received_on=self._near(day, missing=0.1),
            concern_aware_on=self._near(day - timedelta(1), missing=0.2),
            threshold_decision_on=self._near(day, missing=0.2),
            meeting_decided=self._one_of("YYYNU"),
            status=self._one_of(("OPEN", "CLOSED", "CLOSED", "CLOSED", "REOPENED")),
            closed_on=self._later(day, missing=0.3),
            outcome_code=self._one_of(("SUB", "UNS", "UNF", "FAL", "MAL", "NMT", "OPEN", "UNK")),
            outcome_on=self._later(day, missing=0.3),
            exit_on=self._near(day + timedelta(1), missing=0.7),
            report_source=self._one_of(("POLICE", "PARENT", "ANON")),
            role_group=self._one_of(("TEACHER", "HEAD", "UNK")),
            setting_type=self._one_of(("PRIMARY", "SECONDARY")),
            harm_category=self._one_of(("PHYSICAL", "ONLINE")),
        )
        makes = (
            (self._meeting, (0, 1, 1, 2, 3)),
            (self._advice, (0, 1, 2, 2, 2, 3, 4, 6)),
            (self._decision, (0, 0, 1, 1, 2, 3, 5)),
            (self._action, (0, 1, 2, 3)),
            (self._child, (0, 0, 1, 1, 3)),
        )
        for make, numbers in makes:
            for _ in range(self._random.choice(numbers)):
                make(area, case_id, day)

    def _meeting(self, area: str, case_id: str, day: date) -> None:
        self._add(
            "meetings",
            area,
            case_id,
            meeting_id=self._id("m"),
            meeting_type=self._one_of(("DISCUSSION", "DISCUSSION", "INITIAL", "REVIEW", "OUTCOME")),
            meeting_on=self._later(day) if self._random.random() < 0.2 else self._near(day),
            attended=self._random.choice(("POLICE", "POLICE;SS", "SS;EDU;POLICE", "SS;EDU", "LADO", None)),
        )

    def _advice(self, area: str, case_id: str, day: date) -> None:
        values = ("SUSPEND", "RESTRICT", "NO_RESTRICTION", "NO_VIEW", "NOT_SOUGHT", "NOT_RECORDED", None)
        self._add(
            "advice",
            area,
            case_id,
            advice_id=self._id("v"),
            agency=self._random.choices(("POLICE", "SS", "LADO", None), (20, 20, 4, 1))[0],
            advice_on=day if self._random.random() < 0.3 else self._near(day),
            advice_time=self._time(),
            advice_value=self._random.choices(values, (24, 24, 4, 4, 4, 4, 1))[0],
        )

    def _decision(self, area: str, case_id: str, day: date) -> None:
        kinds = ("SAFEGUARD", "REVIEW", "THRESHOLD", "REFERRAL")
        kind = self._random.choices((*kinds, None), (12, 6, 2, 2, 1))[0]
        values = ("SUSPENDED", "ALTERNATIVE", "NONE", "LEFT", "NOT_RECORDED", None)
        decided_on = day - timedelta(3) if self._random.random() < 0.3 else self._near(day)
        then = decided_on or day
        self._add(
            "decisions",
            area,
            case_id,
            decision_id=self._id("d"),
            decision_type=kind,
            decision_on=decided_on,
            decision_time=self._time(),
            decision_value=self._random.choices(values, (12, 10, 7, 3, 3, 1))[0],
            end_on=self._near(then, missing=0.5),
            alternatives_used=self._codes(("SUPERVISED", "LEAVE", "NONE")),
            alternatives_considered=self._codes(("SUPERVISED", "LEAVE", "NONE")),
            alternatives_rejected_reason_recorded=self._one_of("YYYNU"),
            access_to_children_removed=self._one_of("YNPU"),
            override_reasons=self._codes(("PREV_GOOD_RECORD", "STAFFING", "NOT_RECORDED")),
            risk_assessment_on=self._near(then, missing=0.2),
            senior_signoff_role=self._one_of(("HEAD", "HEAD", "DIRECTOR", "UNK", None)),
            senior_signoff_on=self._near(then, missing=0.2),
            written_confirmation_on=self._near(then + timedelta(1), missing=0.2),
            review_due_on=self._near(then + timedelta(3), missing=0.3),
            reviewed_on=self._near(then + timedelta(3), missing=0.3),
        )

    def _action(self, area: str, case_id: str, day: date) -> None:
        agreed_on = self._near(day)
        then = agreed_on or day
        self._add(
            "actions",
            area,
            case_id,
            action_id=self._id("t"),
            owner_agency=self._one_of(("SS", "EDU", "POLICE")),
            agreed_on=agreed_on,
            original_due_on=self._near(then + timedelta(3), missing=0.3),
            current_due_on=self._near(then + timedelta(5), missing=0.4),
            due_changes=self._random.choice((0, 0, 1, 2, None)),
            completed_on=self._near(then + timedelta(3), missing=0.3),
            status=self._one_of(("OPEN", "DONE", "DONE", "DONE", "CANCELLED", "SUPERSEDED")),
        )

    def _child(self, area: str, case_id: str, _: date) -> None:
        self._add(
            "children",
            area,
            case_id,
            child_id=self._id("k"),
            age_band=self._one_of(("5-7", "17", "UNK")),
            sex=self._one_of("FMOU"),
            ethnic_group=self._one_of(("WHITE", "ASIAN", "REFUSED", "UNK")),
            aln_status=self._one_of(("NONE", "NONE", "SA", "IDP_LA", "UNK")),
            looked_after=self._one_of("YNU"),
        )

    def _one_of(self, codes: Sequence[str | None]) -> str | None:
        """One of the codes, now and then a blank: a blank cell is warned about and loaded."""
        return None if self._random.random() < 0.03 else self._random.choice(codes)

    def _codes(self, codes: Sequence[str]) -> str | None:
        """None to three of the codes, the same one twice among them."""
        return ";".join(self._random.choices(codes, k=self._random.choice((0, 1, 1, 2, 3)))) or None

    def _near(self, day: date, *, missing: float = 0.03) -> date | None:
        """Mostly within a few days, now and then weeks away or mistyped: before the calendar or after the snapshot."""
        if self._random.random() < missing:
            return None
        if self._random.random() < 0.05:
            return day + timedelta(self._random.randint(-40, 40))
        if self._random.random() < 0.004:
            return day.replace(year=1954, day=1)
        return day + timedelta(self._random.choice((-3, -2, -1, 0, 0, 0, 0, 1, 1, 2, 3, 4, 5)))

    def _later(self, day: date, *, missing: float = 0.03) -> date | None:
        """Around the ends of the month, three and twelve months after a day."""
        return self._near(day + timedelta(self._random.choice((0, 4, 30, 91, 365))), missing=missing)

    def _time(self) -> str | None:
        return self._random.choice((None, None, "09:00", "15:30"))

    def _id(self, letter: str) -> str:
        return f"{letter}_{self._random.getrandbits(64):016x}"

    def _add(self, table: str, area: str, case_id: str | None, **values: Any) -> None:
        self._tables[table].append({"area_code": area} | ({"case_id": case_id} if case_id else {}) | values)


# The samples


def samples(*paths: Path) -> Tables:
    """The extracts in folders and zips as accepted rows of one store, read without the product's own reader."""
    tables: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
    for path in paths:
        read = {name: _rows(path, f"{name}.csv") for name in TABLES}
        area = {"area_code": read["extract"][0]["area_code"]}
        for name, rows in read.items():
            tables[name] += [
                area | {_staged(header): _value(header, cell) for header, cell in row.items()} for row in rows
            ]
    return tables


def _rows(path: Path, name: str) -> list[dict[str, str]]:
    if path.suffix == ".zip":
        with ZipFile(path) as packed:
            return list(csv.DictReader(io.StringIO(packed.read(name).decode())))
    return list(csv.DictReader((path / name).read_text(encoding="utf-8").splitlines()))


def _staged(header: str) -> str:
    return header.removesuffix("_date") + "_on" if header.endswith("_date") else header


def _value(header: str, cell: str) -> Any:
    if not cell:
        return None
    if header.endswith("_date") or header in ("period_start", "period_end"):
        return date.fromisoformat(cell)
    return int(cell) if header in ("prior_reports_count", "minutes_quality", "due_changes") else cell
