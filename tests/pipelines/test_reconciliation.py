"""What services hold, state and count is as a second computation in plain Python has it, on every sample."""

from __future__ import annotations

import csv
import io
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from assurance.warehouse import Warehouse
from pipelines import build, extract_format
from tests.conftest import NORTHMOOR, REGION, SAMPLE

Row = dict[str, str]
Extract = Mapping[str, list[Row]]


def extracts() -> list[Extract]:
    return [_folder(SAMPLE), _folder(NORTHMOOR), *map(_zip, sorted(REGION.glob("*.zip")))]


def _folder(path: Path) -> Extract:
    return {each.stem: list(csv.DictReader(each.open(encoding="utf-8"))) for each in path.glob("*.csv")}


def _zip(path: Path) -> Extract:
    with zipfile.ZipFile(path) as opened:
        texts = {name.removesuffix(".csv"): opened.read(name).decode() for name in opened.namelist()}
    return {name: list(csv.DictReader(io.StringIO(text))) for name, text in texts.items()}


EXTRACTS = extracts()


@pytest.fixture(scope="module")
def warehouse() -> Warehouse:
    """The marts over every sample at once: no rule finds anything in them, so that all of their rows are accepted."""
    frames = {
        name: pl.concat([_typed(table, each[name], each["extract"][0]["area_code"]) for each in EXTRACTS])
        for name, table in extract_format.tables().items()
    }
    return build.marts_over(frames)


def _typed(table: extract_format.Table, rows: list[Row], area: str) -> pl.DataFrame:
    kinds = {"date": date.fromisoformat, "integer": int}
    cells = [
        {
            column.staged_name: kinds.get(column.type, str)(row[header]) if row.get(header) else None
            for header, column in table.columns.items()
        }
        | {"area_code": area}
        for row in rows
    ]
    return pl.DataFrame(cells, schema=build.no_rows(table).schema)


# In plain Python


def cases_of(extract: Extract) -> dict[str, Row]:
    return {row["case_id"]: row for row in extract["cases"]}


def first_decisions(extract: Extract) -> dict[str, Row]:
    first: dict[str, Row] = {}
    for row in extract["decisions"]:
        key = (row["decision_date"] or "9", row.get("decision_time") or "", row["decision_id"])
        held = first.get(row["case_id"])
        if row["decision_type"] == "SAFEGUARD" and (held is None or key < _key(held)):
            first[row["case_id"]] = row
    return first


def _key(row: Row) -> tuple[str, str, str]:
    return row["decision_date"] or "9", row.get("decision_time") or "", row["decision_id"]


def compared(own: str, lead: str, nothing: tuple[str, ...] = ("",)) -> str:
    return "not_stated" if own in nothing else "agrees" if own == lead else "differs"


def found_of(extract: Extract) -> Iterator[tuple[str, str, str, str]]:
    """Month (empty if not known), service, aspect, finding: one for each thing to be said of each case."""
    cases, decided = cases_of(extract), first_decisions(extract)
    discussed = {row["case_id"] for row in extract["meetings"]}
    included = extract["extract"][0]["services_included"].split(";")
    lists: dict[str, dict[str, Row]] = defaultdict(dict)
    for row in extract["service_lists"]:
        lists[row["service"]][row["case_id"]] = row
    differing: dict[str, bool] = {}
    for service, listed in lists.items():
        for case in cases.keys() | listed.keys():
            lead, own = cases.get(case), listed.get(case)
            month = ((lead or own or {})["received_date"])[:7]
            if lead is None or own is None:
                yield month, service, "held_by", "service" if own else "lead"
                continue
            decision = decided.get(case, {"decision_value": "", "decision_date": ""})
            said = {
                "received": compared(own["received_date"], lead["received_date"]),
                "decision": compared(own["safeguard_decision_value"], decision["decision_value"]),
                "decided_on": compared(own["safeguard_decision_date"], decision["decision_date"]),
                "outcome": compared(own["outcome_code"], lead["outcome_code"] or "UNK", ("", "UNK")),
            }
            if service in included:
                differing[case] = differing.get(case, False) or "differs" in said.values()
            said["file_held"] = {"Y": "agrees", "N": "differs"}.get(own["file_held"], "not_stated")
            if case in discussed:
                said["strategy_record"] = {"Y": "agrees", "N": "differs"}.get(
                    own["strategy_record_on_file"], "not_stated"
                )
            for aspect, finding in {"held_by": "both", **said}.items():
                yield month, service, aspect, finding
    for case, differs in differing.items():
        yield cases[case]["received_date"][:7], "ANY", "anywhere", "differs" if differs else "agrees"


def counted(extract: Extract, total: Row) -> int:
    """What the rows give for a total that a service counted itself."""
    cases, start, end = cases_of(extract), total["period_start"], total["period_end"]
    own = [row for row in extract["service_lists"] if row["service"] == total["service"]]
    match total["measure"]:
        case "CASES_RECEIVED":
            return sum(start <= row["received_date"] <= end for row in own)
        case "CASES_OPEN":
            return sum(
                cases[row["case_id"]]["received_date"] <= end
                and (cases[row["case_id"]]["status"] != "CLOSED" or cases[row["case_id"]]["closed_date"] > end)
                for row in own
            )
        case "STRATEGY_MEETINGS":
            return sum(start <= row["meeting_date"] <= end for row in extract["meetings"])
        case measure:
            raise AssertionError(f"no sample has {measure}")


def test_what_services_hold_and_state_is_counted_as_plain_python_counts_it(warehouse: Warehouse) -> None:
    expected: Counter[tuple[Any, ...]] = Counter()
    for extract in EXTRACTS:
        area = extract["extract"][0]["area_code"]
        expected.update((area, *each) for each in found_of(extract))
    reads: Counter[tuple[Any, ...]] = Counter()
    for row in warehouse.run("select * from marts.reconciliation").to_pylist():
        month = f"{row['month']:%Y-%m}" if row["month"] else ""
        reads[row["area"], month, row["service"], row["aspect"], row["finding"]] += row["n"]
    assert len({area for area, *_ in expected}) == 16
    assert {finding for *_, finding in expected} >= {"both", "lead", "agrees", "differs", "not_stated"}
    assert reads == expected


def test_a_services_own_totals_are_held_against_the_rows(warehouse: Warehouse) -> None:
    totals = {
        (row["area"], row["service"], row["measure"], str(row["period_start"]), str(row["period_end"])): row
        for row in warehouse.run("select * from marts.control_totals").to_pylist()
    }
    seen = 0
    for extract in EXTRACTS:
        for total in extract["control_totals"]:
            place = (total["service"], total["measure"], total["period_start"], total["period_end"])
            found = totals.pop((extract["extract"][0]["area_code"], *place))
            assert found["stated"] == int(total["value"])
            if total["measure"] != "SUSPENSIONS_CURRENT":  # when one ends is a rule of its own (marts/suspensions.sql)
                assert found["counted"] == counted(extract, total), place
                seen += 1
    assert totals == {}
    assert seen > 200


def test_a_case_that_only_a_service_holds_is_seen_and_a_suspension_counts_once() -> None:
    extract = {"area_code": "A", "source_service": "LEAD", "services_included": "LEAD;HR"}
    given = {
        "extract": [extract | {"snapshot_on": date(2026, 3, 31)}],
        "cases": [{"area_code": "A", "case_id": "a", "received_on": date(2026, 3, 2), "status": "OPEN"}],
        "decisions": [
            {"area_code": "A", "decision_id": each, "case_id": "a", "decision_type": kind, "decision_on": day,
             "decision_value": "SUSPENDED"}
            for each, kind, day in (("1", "SAFEGUARD", date(2026, 3, 2)), ("2", "REVIEW", date(2026, 3, 9)))
        ],
        "service_lists": [
            {"area_code": "A", "service": "HR", "case_id": "b", "received_on": date(2026, 3, 4), "file_held": "Y"}
        ],
        "control_totals": [
            {"area_code": "A", "service": "HR", "measure": measure, "period_start": date(2026, 3, 1),
             "period_end": date(2026, 3, 31), "value": 1}
            for measure in ("SUSPENSIONS_CURRENT", "CASES_CLOSED")
        ],
    }  # fmt: skip
    tables = extract_format.tables()
    frames = {name: pl.DataFrame(rows, schema=build.no_rows(tables[name]).schema) for name, rows in given.items()}
    made = build.marts_over(frames)
    held = {row["case_id"]: row["held_by"] for row in made.run("select * from marts.service_records").to_pylist()}
    assert held == {"a": "lead", "b": "service"}
    counts = {row["measure"]: row["counted"] for row in made.run("select * from marts.control_totals").to_pylist()}
    assert counts == {"SUSPENSIONS_CURRENT": 1, "CASES_CLOSED": 0}
