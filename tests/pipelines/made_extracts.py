"""Made extracts that hold what real ones get wrong, as accepted rows.

Missing, reversed and mistyped dates, blank required cells, advice and decisions on one day, weekends and bank holidays,
dates after the snapshot, ended and repeated suspensions, people who left, adults and settings with several cases, and
one case id in two areas.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from tests.pipelines.chance import months_on
from tests.pipelines.made_rows import MadeRows

Tables = Mapping[str, Sequence[Mapping[str, Any]]]

TABLES = (
    "extract", "cases", "children", "advice", "decisions", "meetings", "actions", "information_sharing", "file_audits",
    "training", "helpline",
)  # fmt: skip
AREAS = ("X06000001", "X06000002")
CASES_PER_AREA = 60
WINDOWS = (
    date(1994, 12, 26),  # the calendar begins
    date(2022, 12, 20),  # Christmas Day on a Sunday: substitute days
    date(2023, 4, 27),  # two Mondays off in a row
    date(2023, 12, 19),
    date(2024, 1, 22),  # a month after the 29th to the 31st is a leap day
    date(2024, 2, 20),  # a year and three years after a leap day
    date(2024, 3, 25),  # Easter
    date(2024, 6, 3),
    date(2035, 12, 14),  # the calendar ends
)
"""The first days of fortnights in which nearly all dates lie, so that they meet."""
SNAPSHOTS = (8, 12, 16, 21, 38, 70, 130, 400)
"""How many days after the window's first day an extract may be drawn."""
MONTHS_AWAY = (0, 0, 0, 0, 0, 0, 0, 0, 12, 36, -12, -12, -24, -36)
"""The months by which a case may lie outside the window, so that what repeats does so around the limits."""
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
        self._made = MadeRows(seed)
        self._random = self._made.random
        self._window = self._random.choice(WINDOWS)
        self._shared_ids = [self._made.id("c") for _ in range(CASES_PER_AREA // 2)]
        self._tables: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}

    def tables(self) -> Tables:
        for area in AREAS:
            days = self._random.choice(SNAPSHOTS)
            self._made.snapshot = min(self._window + timedelta(days), date(2035, 12, 31))
            self._add("extract", area, source_service="LEAD", snapshot_on=self._made.snapshot)
            self._add("extract", area, source_service="HR", snapshot_on=self._made.snapshot - timedelta(7))
            own_ids = [self._made.id("c") for _ in range(CASES_PER_AREA - len(self._shared_ids))]
            for case_id in self._shared_ids + own_ids:
                self._case(area, case_id)
            self._training(area)
            self._helpline(area)
        for rows in self._tables.values():
            self._random.shuffle(rows)
        return self._tables

    def _case(self, area: str, case_id: str) -> None:
        made = self._made
        made.is_calm = self._random.random() < 0.3
        day = self._window + timedelta(self._random.randint(0, 12))
        day = months_on(day, self._random.choice(MONTHS_AWAY))
        self._add("cases", area, case_id=case_id, **made.case(day))
        makes = (
            ("meetings", made.meeting, (0, 1, 1, 2, 3)),
            ("advice", made.advice, (0, 1, 2, 2, 2, 3, 4, 6)),
            ("decisions", made.decision, (0, 0, 1, 1, 2, 3, 5)),
            ("actions", made.action, (0, 1, 2, 3)),
            ("children", made.child, (0, 0, 1, 1, 3)),
            ("information_sharing", made.share, (0, 1, 2, 3, 5)),
            ("file_audits", made.audit, (0, 0, 1, 1, 2)),
        )
        for table, make, numbers in makes:
            for _ in range(self._random.choice(numbers)):
                self._add(table, area, case_id=case_id, **make(day))

    def _training(self, area: str) -> None:
        """Quarters with gaps between them, some yet to end at the snapshot, and one that ends around it."""
        for role in ("TEACHER", "HEAD", "UNK"):
            ends = {months_on(self._window, months) for months in (-7, -4, -1, 2)}
            ends |= {self._made.around(self._made.snapshot), self._made.mistyped(self._window)}
            for period_end in self._random.sample(sorted(ends), self._random.randint(0, 4)):
                counts = dict(zip(("in_scope", "in_date"), self._made.whole_and_part(), strict=True))
                self._add("training", area, role_group=role, period_end=period_end, **counts)

    def _helpline(self, area: str) -> None:
        for channel in ("PHONE", "WEB", "OTHER"):
            for months in range(self._random.randint(0, 5)):
                start = months_on(self._window, months - 3)
                period = {"period_start": start, "period_end": start + timedelta(30)}
                counts = dict(zip(("contacts", "converted_to_reports"), self._made.whole_and_part(), strict=True))
                self._add("helpline", area, channel=channel, **period, **counts)

    def _add(self, table: str, area: str, **values: Any) -> None:
        self._tables[table].append({"area_code": area, **values})
