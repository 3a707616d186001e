"""Totals that a service counts on its own are held against its rows, and a total against those of its parts."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import polars as pl
import pytest

from assurance import reconcile
from pipelines import extract_format, load, read, stage
from pipelines.judge import Judge
from tests.rules.test_reconcile import ADDS_UP, DIFFERS

Row = Mapping[str, Any]

EXTRACT = {
    "area_code": "X06000001",
    "source_service": "LEAD",
    "period_start": "2024-04-01",
    "period_end": "2025-03-31",
    "snapshot_date": "2025-03-31",
    "procedure_edition": "WSP_NEW",
}
YEAR = ("2024-04-01", "2025-03-31")
MARCH = ("2025-03-01", "2025-03-31")
FACTS = {
    "CASES_RECEIVED": "cases_received_agree",
    "CASES_OPEN": "cases_open_agree",
    "CASES_CLOSED": "cases_closed_agree",
    "SUSPENSIONS_CURRENT": "suspensions_agree",
    "STRATEGY_MEETINGS": "strategy_meetings_agree",
}
AGENCIES = list(extract_format.codes()["agency"])


def staged_all(**tables: Sequence[Row]) -> dict[str, pl.DataFrame]:
    """The staged tables of an extract that holds these rows and nothing else."""
    frames: dict[str, pl.DataFrame] = {}
    for name, rows in ({"extract": [EXTRACT]} | tables).items():
        columns = list(extract_format.tables()[name].columns)
        cells = [{"source_row": at, **dict.fromkeys(columns), **row, "is_ragged": False} for at, row in enumerate(rows)]
        schema = {"source_row": pl.Int64, **dict.fromkeys(columns, pl.String), "is_ragged": pl.Boolean}
        frames[name] = pl.DataFrame(cells, schema=schema)
    return stage.stage(read.Extract(frames, pl.DataFrame(), (), {}))


def staged(**tables: Sequence[Row]) -> pl.DataFrame:
    return staged_all(**tables)["control_totals"]


def total(measure: str, value: int, period: tuple[str, str] = YEAR, service: str = "LADO") -> Row:
    start, end = period
    return {"service": service, "measure": measure, "period_start": start, "period_end": end, "value": str(value)}


def agreed(measure: str, period: tuple[str, str], **tables: Sequence[Row]) -> list[int]:
    """The values from 0 to 5 that agree with the rows."""
    totals = [total(measure, value, period) for value in range(6)]
    facts = staged(control_totals=totals, **tables)[FACTS[measure]].to_list()
    return [value for value, agrees in enumerate(facts) if agrees]


CASES = [
    {"case_id": "a", "adult_id": "x", "received_date": "2024-03-31", "status": "CLOSED", "closed_date": "2025-03-31"},
    {"case_id": "b", "adult_id": "y", "received_date": "2024-04-01", "status": "OPEN"},
    {"case_id": "c", "adult_id": "z", "received_date": "2025-03-31", "status": "OPEN"},
    {"case_id": "d", "adult_id": "z", "received_date": "2024-06-01", "status": "CLOSED", "closed_date": "2024-07-01"},
]
SUSPENDED = {"decision_type": "SAFEGUARD", "decision_value": "SUSPENDED", "decision_date": "2024-06-03"}
LIFTED = {"decision_type": "REVIEW", "decision_value": "NONE", "decision_date": "2024-07-03"}


def test_cases_received_on_the_first_and_the_last_day_are_in_the_period() -> None:
    assert agreed("CASES_RECEIVED", YEAR, cases=CASES) == [3]
    assert agreed("CASES_RECEIVED", MARCH, cases=CASES) == [1]


def test_a_case_that_stands_twice_is_one_and_a_case_without_a_day_may_be_in_any_period() -> None:
    undated = {"case_id": "e", "status": "OPEN", "received_date": "not known"}
    assert agreed("CASES_RECEIVED", YEAR, cases=[*CASES, CASES[1]]) == [3]
    assert agreed("CASES_RECEIVED", YEAR, cases=[*CASES, undated]) == [2, 3, 4]


def test_a_reopened_case_may_have_been_closed_in_any_period() -> None:
    reopened = {"case_id": "e", "status": "REOPENED", "received_date": "2024-05-01"}
    assert agreed("CASES_CLOSED", YEAR, cases=CASES) == [2]
    assert agreed("CASES_CLOSED", YEAR, cases=[*CASES, reopened]) == [1, 2, 3]
    assert agreed("CASES_OPEN", MARCH, cases=[*CASES, reopened]) == [3]


def test_a_suspension_stands_until_it_ended_was_lifted_or_the_person_left() -> None:
    assert agreed("SUSPENSIONS_CURRENT", MARCH, cases=CASES, decisions=[{"case_id": "b", **SUSPENDED}]) == [1]
    ended = {"case_id": "b", **SUSPENDED, "end_date": "2024-06-10"}
    assert agreed("SUSPENSIONS_CURRENT", MARCH, cases=CASES, decisions=[ended]) == [0]
    lifted = [{"case_id": "b", **LIFTED}, {"case_id": "b", **SUSPENDED}]
    assert agreed("SUSPENSIONS_CURRENT", MARCH, cases=CASES, decisions=lifted) == [0]
    left = [CASES[0], {**CASES[1], "exit_type": "RESIGNED", "exit_date": "2024-06-30"}]
    assert agreed("SUSPENSIONS_CURRENT", MARCH, cases=left, decisions=[{"case_id": "b", **SUSPENDED}]) == [0]


def test_a_person_suspended_in_two_cases_is_one_person() -> None:
    both = [{"case_id": case, **SUSPENDED} for case in ("b", "c", "d")]
    assert agreed("SUSPENSIONS_CURRENT", MARCH, cases=CASES, decisions=both) == [2]


def test_a_discussion_is_no_strategy_meeting() -> None:
    types = ("DISCUSSION", "INITIAL", "REVIEW", "OUTCOME")
    meetings = [{"meeting_id": kind, "meeting_type": kind, "meeting_date": "2024-05-02"} for kind in types]
    assert agreed("STRATEGY_MEETINGS", YEAR, cases=CASES, meetings=meetings) == [3]


@pytest.mark.parametrize(
    ("measure", "period"),
    [
        ("CASES_RECEIVED", ("2024-03-01", "2024-04-30")),  # began before the extract
        ("CASES_CLOSED", ("2025-03-01", "2025-04-30")),  # ends after it
        ("CASES_OPEN", ("2025-02-01", "2025-02-28")),  # what stood on an earlier day is not on record
        ("SUSPENSIONS_CURRENT", ("2025-02-01", "2025-02-28")),
    ],
)
def test_what_cannot_be_counted_exactly_is_not_held_against_the_rows(measure: str, period: tuple[str, str]) -> None:
    assert agreed(measure, period, cases=CASES) == [0, 1, 2, 3, 4, 5]


def test_another_service_s_total_is_no_fault_of_the_file() -> None:
    facts = staged(control_totals=[total("CASES_RECEIVED", 5, service="HR")], cases=CASES)
    assert facts["cases_received_agree"].to_list() == [True]


def test_a_service_that_sends_for_itself_is_held_against_its_rows() -> None:
    own = [{**EXTRACT, "source_service": "HR"}]
    facts = staged(extract=own, control_totals=[total("CASES_RECEIVED", 5, service="HR")], cases=CASES)
    assert facts["cases_received_agree"].to_list() == [False]


def test_published_arithmetic_is_found_by_the_rule_as_it_is_by_hand(judge: Judge) -> None:
    """Each total under a service of its own, its parts as the months that make up its period."""
    published = [*ADDS_UP, *((given, parts) for given, parts, _ in DIFFERS if len(parts) > 1)]
    assert len(published) <= len(AGENCIES)
    rows: list[Row] = []
    wrong: set[int] = set()
    for service, (given, parts) in zip(AGENCIES, published, strict=False):
        ends = [date(2020, month, monthrange(2020, month)[1]) for month in range(1, len(parts) + 1)]
        for end, part in zip(ends, parts, strict=True):
            rows.append(total("CASES_RECEIVED", part, (str(end.replace(day=1)), str(end)), service))
        if reconcile.adds_up(given, parts):
            wrong.add(len(rows))
        rows.append(total("CASES_RECEIVED", given, ("2020-01-01", str(ends[-1])), service))
    found = {
        finding.rule.id: set(finding.rows) for finding in judge.judge("control_totals", staged(control_totals=rows))
    }
    assert found["control_totals.parts_add_up"] == wrong
    assert len(wrong) == 2


@pytest.mark.parametrize("seed", range(3))
def test_the_rule_finds_the_totals_that_the_arithmetic_finds(seed: int) -> None:
    """On made totals of overlapping, nested and adjoining periods, most of whose parts add up."""
    random = Random(seed)
    rows: list[Row] = []
    expected: list[bool] = []
    for service in AGENCIES:
        for measure in ("CASES_RECEIVED", "CASES_CLOSED", "STRATEGY_MEETINGS"):
            made = _made_totals(random)
            wrong = reconcile.differing(made)
            expected += [each not in wrong for each in made]
            rows += [total(measure, each.value, (str(each.starts), str(each.ends)), service) for each in made]
    assert staged(control_totals=rows)["parts_add_up"].to_list() == expected
    assert 0.02 < expected.count(False) / len(expected) < 0.8


def _made_totals(random: Random) -> list[reconcile.Total]:
    """Some of the periods over a dozen days, each with one happening a day, now and then miscounted."""
    periods = [(start, end) for start in range(6) for end in range(start, 6)]
    return [
        reconcile.Total(
            date(2024, 2, 27) + timedelta(days=start),
            date(2024, 2, 27) + timedelta(days=end),
            end - start + 1 + random.choice((0, 0, 0, 0, 1)),
        )
        for start, end in random.sample(periods, random.randint(3, 12))
    ]


def test_an_extract_whose_own_total_its_rows_do_not_bear_out_is_refused(
    judge: Judge, extract: Callable[..., Path]
) -> None:
    wrong = [(0, "service", "LADO"), (0, "value", "9")]
    verdict = load.check([extract(control_totals=wrong)], judge)
    assert not verdict.accepted
    assert [(each.rule.id, each.rows) for each in verdict.findings] == [("control_totals.cases_received_agree", (2,))]
    assert "lost" in str(verdict.as_json("en")["refused_because"])
