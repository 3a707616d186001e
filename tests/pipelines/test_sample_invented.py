"""Northmoor and the sample region are what their READMEs promise, counted without the product's own code."""

from __future__ import annotations

import csv
import importlib
import io
import re
import tomllib
import zipfile
import zlib
from collections import Counter
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest
from scipy.stats import binom, chi2

from pipelines import load
from pipelines.judge import Judge

DATA = Path(__file__).parents[2] / "data"
NORTHMOOR, REGION = DATA / "sample" / "northmoor", DATA / "sample" / "region"
MONTHS = ("2026-07", "2026-08", "2026-09")
DIFFERENT = "X06000109"
SIZES = {"01": 57, "02": 150, "03": 32, "04": 300, "05": 78, "06": 25, "07": 105}
SIZES |= {"08": 48, "09": 180, "10": 66, "11": 230, "12": 40, "13": 125, "14": 90}
AREAS = tuple(f"X060001{number}" for number in SIZES)
EVERY = (*MONTHS, *AREAS)

Row = dict[str, str]
Tables = dict[str, list[Row]]


def _read(text: str) -> list[Row]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


DECLARED = tomllib.loads((DATA / "reference" / "extract.toml").read_text(encoding="utf-8"))
CODES = tomllib.loads((DATA / "reference" / "codes.toml").read_text(encoding="utf-8"))
BANK_HOLIDAYS = {
    date.fromisoformat(row["date"])
    for row in _read((DATA / "reference" / "bank_holidays.csv").read_text(encoding="utf-8"))
}


def _committed(name: str) -> dict[str, bytes]:
    """The bytes of each file of the extract of a month or an area."""
    if name in MONTHS:
        return {path.name: path.read_bytes() for path in (NORTHMOOR / name).glob("*.csv")}
    with zipfile.ZipFile(REGION / f"{name}.zip") as packed:
        return {entry: packed.read(entry) for entry in packed.namelist()}


@cache
def _tables(name: str) -> Tables:
    return {file.removesuffix(".csv"): _read(text.decode()) for file, text in _committed(name).items()}


def _by(key: str, rows: list[Row]) -> dict[str, Row]:
    return {row[key]: row for row in rows}


def _cases(name: str) -> dict[str, Row]:
    return _by("case_id", _tables(name)["cases"])


def _snapshot(name: str) -> str:
    return _tables(name)["extract"][0]["snapshot_date"]


@pytest.fixture
def make_northmoor(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(DATA / "sample")
    return importlib.import_module("make_northmoor")


@pytest.fixture
def make_region(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(DATA / "sample")
    return importlib.import_module("make_region")


# The files


def test_the_generator_makes_northmoors_committed_files_byte_for_byte(make_northmoor: ModuleType) -> None:
    made = make_northmoor.months()
    assert tuple(made) == MONTHS == tuple(sorted(path.name for path in NORTHMOOR.iterdir() if path.is_dir()))
    for month, tables in made.items():
        encoded = {f"{table}.csv": text.encode() for table, text in tables.items()}
        assert encoded == _committed(month), f"run data/sample/make_northmoor.py: {month}"


def test_the_generator_makes_the_regions_committed_files_byte_for_byte(make_region: ModuleType) -> None:
    assert {path.stem for path in REGION.glob("*.zip")} == set(AREAS)
    for authority in make_region.authorities():
        made = make_region.zipped(authority)
        with zipfile.ZipFile(io.BytesIO(made)) as packed:
            unpacked = {entry: packed.read(entry) for entry in packed.namelist()}
        assert unpacked == _committed(authority.area), f"run data/sample/make_region.py: {authority.area}"
        if "ng" not in zlib.ZLIB_RUNTIME_VERSION:  # zlib-ng packs the same text into other bytes
            assert made == (REGION / f"{authority.area}.zip").read_bytes()


def test_all_files_together_stay_under_four_megabytes() -> None:
    files = [*NORTHMOOR.rglob("*.csv"), *REGION.glob("*.zip")]
    assert sum(path.stat().st_size for path in files) < 4_000_000


@pytest.mark.parametrize("name", EVERY)
def test_there_is_a_file_for_every_table_with_every_header_in_order(name: str) -> None:
    headers = {file: text.decode().splitlines()[0].split(",") for file, text in _committed(name).items()}
    assert headers == {f"{table}.csv": list(declared["columns"]) for table, declared in DECLARED.items()}


@pytest.mark.parametrize("name", EVERY)
def test_the_extract_says_what_it_is(name: str) -> None:
    (extract,) = _tables(name)["extract"]
    assert extract["area_code"] == ("X06000001" if name in MONTHS else name)
    ends = {"2026-07": "2026-07-31", "2026-08": "2026-08-31"}
    assert extract["snapshot_date"] == extract["period_end"] == ends.get(name, "2026-09-30")
    assert (extract["source_service"], extract["procedure_edition"]) == ("LEAD", "WSP_NEW")


@pytest.mark.parametrize("path", [NORTHMOOR / "2026-09", REGION / "X06000106.zip"], ids=lambda path: path.name)
def test_the_door_accepts_it_whole(path: Path, judge: Judge) -> None:
    """Two of the seventeen, as each takes seconds; the tests below look at all of them."""
    verdict = load.check([path], judge)
    assert verdict.accepted
    assert (verdict.count("quarantined"), list(verdict.findings)) == (0, [])


@pytest.mark.parametrize("name", EVERY)
def test_every_cell_is_filled_readable_and_in_its_list(name: str) -> None:
    for table, rows in _tables(name).items():
        for column, declared in DECLARED[table]["columns"].items():
            for row in rows:
                assert row[column] or declared.get("optional"), f"{table}.{column} is empty"
                is_future = column in {"due_date", "original_due_date", "current_due_date", "review_due_date"}
                if row[column]:
                    latest = "9999" if is_future else _snapshot(name)
                    assert _is_readable(row[column], declared, row, latest), f"{table}.{column} cannot be read"


PATTERNS = {"id": "[a-z]_[0-9a-f]{16}", "area": "X06[0-9]{6}", "integer": "[0-9]+", "time": "[0-9]{2}:[0-9]{2}"}


def _is_readable(cell: str, column: dict[str, object], row: Row, latest: str) -> bool:
    kind = str(column["type"])
    if kind == "date":
        return cell == str(date.fromisoformat(cell)) and cell <= latest
    if kind in PATTERNS:
        return re.fullmatch(PATTERNS[kind], cell) is not None
    lists = column.get("lists")
    codes = lists[row[str(column["list_by"])]] if isinstance(lists, dict) else column["list"]
    return all(code in CODES[str(codes)] for code in cell.split(";"))


@pytest.mark.parametrize("name", EVERY)
def test_keys_are_unique_and_every_case_and_meeting_named_exists(name: str) -> None:
    tables = _tables(name)
    for table, rows in tables.items():
        keys = [tuple(row[column] for column in DECLARED[table]["key"]) for row in rows]
        assert len(set(keys)) == len(keys)
        assert {row["case_id"] for row in rows if "case_id" in row} <= set(_cases(name))
    meetings = {row["meeting_id"] for row in tables["meetings"]}
    assert {row["meeting_id"] for row in tables["actions"] if row["meeting_id"]} <= meetings


@pytest.mark.parametrize("name", EVERY)
def test_every_case_happens_in_order(name: str) -> None:
    meetings: dict[str, list[Row]] = {case_id: [] for case_id in _cases(name)}
    for row in _tables(name)["meetings"]:
        meetings[row["case_id"]].append(row)
    for case_id, case in _cases(name).items():
        held = sorted(meetings[case_id], key=lambda row: row["meeting_date"])
        first = [
            row["meeting_date"] for kind in ("DISCUSSION", "INITIAL") for row in held if row["meeting_type"] == kind
        ]
        steps = [case["concern_aware_date"], case["received_date"], case["threshold_decision_date"], *first]
        _assert_in_order([*steps, case["outcome_date"], case["closed_date"]])
        _assert_in_order([case["received_date"], case["risk_assessment_date"], case["closed_date"]])
        _assert_in_order([case["received_date"], case["exit_date"], case["dbs_referral_date"]])
        _assert_in_order([case["received_date"], case["immediate_risk_date"]])
        assert not case["closed_date"] or all(row["meeting_date"] <= case["closed_date"] for row in held)


@pytest.mark.parametrize("name", EVERY)
def test_nothing_is_finished_before_it_was_begun(name: str) -> None:
    tables, cases = _tables(name), _cases(name)
    for row in tables["actions"]:
        _assert_in_order([row["agreed_date"], row["original_due_date"], row["current_due_date"]])
        _assert_in_order([row["agreed_date"], row["completed_date"]])
        assert (row["status"] == "DONE") == bool(row["completed_date"])
    for row in tables["decisions"]:
        _assert_in_order([cases[row["case_id"]]["received_date"], row["decision_date"], row["end_date"]])
        for later in ("written_confirmation_date", "senior_signoff_date", "reviewed_date", "review_due_date"):
            _assert_in_order([row["decision_date"], row[later]])
        assert (
            row["risk_assessment_date"] == cases[row["case_id"]]["risk_assessment_date"] or not row["alternatives_used"]
        )
    for row in tables["advice"]:
        _assert_in_order([cases[row["case_id"]]["received_date"], row["advice_date"]])
    for row in tables["meetings"]:
        _assert_in_order([row["meeting_date"], row["minutes_date"]])
    for row in tables["file_audits"]:
        _assert_in_order([cases[row["case_id"]]["closed_date"], row["audit_date"], row["referred_back_date"]])
        _assert_in_order([row["referred_back_date"], row["referred_back_closed_date"]])


def _assert_in_order(days: list[str]) -> None:
    known = [day for day in days if day]
    assert all(before <= after for before, after in pairwise(known)), known


# What changes from month to month


@pytest.mark.parametrize(("before", "after"), list(pairwise(MONTHS)))
def test_every_month_brings_new_cases_and_keeps_every_identifier(before: str, after: str) -> None:
    new = set(_cases(after)) - set(_cases(before))
    assert new and all(_cases(after)[case_id]["received_date"] > _snapshot(before) for case_id in new)
    for table in ("children", "advice", "decisions", "meetings", "actions", "information_sharing", "file_audits"):
        key = DECLARED[table]["key"][0]
        kept = {row[key] for row in _tables(before)[table] if row["case_id"] in _cases(after)}
        assert kept <= {row[key] for row in _tables(after)[table]}
    both = set(_cases(before)) & set(_cases(after))
    assert all(_cases(before)[case_id]["adult_id"] == _cases(after)[case_id]["adult_id"] for case_id in both)


@pytest.mark.parametrize(("before", "after"), list(pairwise(MONTHS)))
def test_every_month_brings_outcomes_that_are_dated_in_an_earlier_one(before: str, after: str) -> None:
    was, late = _cases(before), []
    for case_id, case in _cases(after).items():
        if case_id in was and was[case_id]["status"] == "OPEN" and case["status"] == "CLOSED" and case["outcome_date"]:
            late.append(case["outcome_date"] <= _snapshot(before))
    assert sum(late) >= 2


@pytest.mark.parametrize(("before", "after"), list(pairwise(MONTHS)))
def test_every_month_some_actions_are_completed(before: str, after: str) -> None:
    was, now = _by("action_id", _tables(before)["actions"]), _by("action_id", _tables(after)["actions"])
    assert sum(was[key]["status"] == "OPEN" and now[key]["status"] == "DONE" for key in set(was) & set(now)) >= 2


def test_one_case_of_july_has_vanished_in_august() -> None:
    (vanished,) = set(_cases("2026-07")) - set(_cases("2026-08"))
    assert vanished not in _cases("2026-09")
    assert set(_cases("2026-08")) <= set(_cases("2026-09"))


def test_one_closed_case_was_reopened_in_august() -> None:
    assert {case["status"] for case in _cases("2026-07").values()} == {"OPEN", "CLOSED"}
    for month in ("2026-08", "2026-09"):
        (reopened,) = (key for key, case in _cases(month).items() if case["status"] == "REOPENED")
        assert _cases("2026-07")[reopened]["status"] == "CLOSED"
        assert (_cases(month)[reopened]["outcome_code"], _cases(month)[reopened]["closed_date"]) == ("OPEN", "")


def test_one_day_of_receipt_was_corrected_in_september() -> None:
    changed = [_changed_receipts(before, after) for before, after in pairwise(MONTHS)]
    assert [len(days) for days in changed] == [0, 1]
    ((was, now),) = changed[1]
    assert now < was


def _changed_receipts(before: str, after: str) -> list[tuple[str, str]]:
    was, now = _cases(before), _cases(after)
    days = [(was[key]["received_date"], now[key]["received_date"]) for key in set(was) & set(now)]
    return [(old, new) for old, new in days if old != new]


@pytest.mark.parametrize("month", MONTHS)
def test_human_resources_sent_nothing_in_september(month: str) -> None:
    tables = _tables(month)
    is_silent = month == "2026-09"
    assert ("HR" not in tables["extract"][0]["services_included"].split(";")) == is_silent
    for table in ("service_lists", "control_totals"):
        assert ({row["service"] for row in tables[table]} == {"POLICE", "SS", "EDU"}) == is_silent


# What Northmoor is like


def test_northmoor_has_about_110_cases_a_year_with_fewer_in_the_holidays() -> None:
    received = [date.fromisoformat(case["received_date"]) for case in _cases("2026-09").values()]
    assert 325 <= len(received) <= 335
    assert min(received) >= date(2023, 10, 1)
    years = Counter(day.year + (day.month > 9) for day in received)
    assert all(90 <= years[year] <= 130 for year in (2024, 2025, 2026))
    months = Counter(day.month for day in received)
    assert months[8] * 2 < min(months[month] for month in (3, 6, 10, 11))


def test_cases_come_in_clusters_and_adults_come_again() -> None:
    cases = list(_cases("2026-09").values())
    assert sum(count > 1 for count in Counter(case["adult_id"] for case in cases).values()) >= 10
    by_setting: dict[str, list[date]] = {}
    for case in sorted(cases, key=lambda case: case["received_date"]):
        by_setting.setdefault(case["setting_id"], []).append(date.fromisoformat(case["received_date"]))
    close = [b - a <= timedelta(days=7) for days in by_setting.values() for a, b in pairwise(days)]
    assert sum(close) >= 15


def test_joint_advice_was_overridden_six_to_ten_times_with_some_reasons_and_sign_offs() -> None:
    overridden = {row["case_id"]: row for row in _overrides("2026-09")}
    silent = _unanswered("2026-09")
    assert silent and not silent & set(overridden)
    assert 6 <= len(set(overridden) | silent) <= 10
    assert all(row["override_reasons"] for row in overridden.values())
    assert 0 < sum(bool(row["senior_signoff_role"]) for row in overridden.values()) < len(overridden)
    assert any("PREV_GOOD_RECORD" in row["override_reasons"] for row in overridden.values())


PROTECTION = {"SUSPENDED": 2, "SUSPEND": 2, "ALTERNATIVE": 1, "RESTRICT": 1}


def _joint(name: str, case_id: str, on: str) -> int:
    """How protective the weaker of both agencies' last advice up to the day was."""
    said: dict[str, int] = {"POLICE": 0, "SS": 0}
    for row in sorted(_tables(name)["advice"], key=lambda row: row["advice_date"]):
        is_given = row["advice_value"] not in {"NOT_SOUGHT", "NOT_RECORDED"}
        if row["case_id"] == case_id and row["agency"] in said and row["advice_date"] <= on and is_given:
            said[row["agency"]] = PROTECTION.get(row["advice_value"], 0)
    return min(said.values())


def _safeguards(name: str) -> list[Row]:
    return [row for row in _tables(name)["decisions"] if row["decision_type"] in {"SAFEGUARD", "REVIEW"}]


def _overrides(name: str) -> list[Row]:
    weak = [row for row in _safeguards(name) if row["decision_value"] in {"SUSPENDED", "ALTERNATIVE", "NONE"}]
    found = [
        row
        for row in weak
        if PROTECTION.get(row["decision_value"], 0) < _joint(name, row["case_id"], row["decision_date"])
    ]
    return [row for row in found if row["decision_type"] == "SAFEGUARD"]


def _unanswered(name: str) -> set[str]:
    """Cases in which both advised protection, and the first decision came later than the next working day."""
    first = {row["case_id"]: row["decision_date"] for row in _safeguards(name) if row["decision_type"] == "SAFEGUARD"}
    given: dict[str, str] = {}
    for row in _tables(name)["advice"]:
        if row["agency"] in {"POLICE", "SS"} and row["advice_date"] <= first.get(row["case_id"], ""):
            given[row["case_id"]] = max(given.get(row["case_id"], ""), row["advice_date"])
    days = {key: _working_days(date.fromisoformat(on), date.fromisoformat(first[key])) for key, on in given.items()}
    return {key for key, on in given.items() if days[key] > 1 and _joint(name, key, on) > 0}


def test_timeliness_rose_and_records_did_not() -> None:
    cases = _cases("2026-09")
    in_time = _in_time("2026-09")
    first, last = (_share([met for key, met in in_time.items() if _year(cases[key]) == year]) for year in (2024, 2026))
    assert last - first > 0.1
    filed: dict[int, list[bool]] = {2024: [], 2025: [], 2026: []}
    for row in _tables("2026-09")["meetings"]:
        filed[_year(cases[row["case_id"]])].append(row["minutes_on_ss_file"] == "Y")
    assert abs(_share(filed[2026]) - _share(filed[2024])) < 0.08
    assert 0.6 < _share(filed[2026]) < 0.9


def _year(case: Row) -> int:
    """Years of twelve months that end with September."""
    day = date.fromisoformat(case["received_date"])
    return day.year + (day.month > 9)


def _share(states: list[bool]) -> float:
    return sum(states) / len(states)


def test_children_are_of_all_ages_some_with_additional_needs_and_in_both_languages() -> None:
    children = _tables("2026-09")["children"]
    known = [child for child in children if child["aln_status"] != "UNK"]
    assert 0.15 < _share([child["aln_status"] != "NONE" for child in known]) < 0.27
    assert len(known) < len(children)
    assert {child["age_band"] for child in children} >= {"0-2", "3-4", "5-7", "8-10", "11-13", "14-16"}
    assert {child["welsh_medium"] for child in children} == {"Y", "N", "U"}
    assert {child["looked_after"] for child in children} == {"Y", "N", "U"}


def test_some_people_left_before_risk_was_assessed_and_a_tenth_of_closed_files_was_audited() -> None:
    cases = _cases("2026-09").values()
    left = [case for case in cases if case["exit_type"] not in {"NONE", "DISMISSED"}]
    unassessed = [not c["risk_assessment_date"] or c["risk_assessment_date"] > c["exit_date"] for c in left]
    assert 3 <= sum(unassessed) < len(left)
    closed = sum(case["status"] == "CLOSED" for case in cases)
    assert 0.07 < len(_tables("2026-09")["file_audits"]) / closed < 0.15


def test_actions_are_moved_overdue_and_undated() -> None:
    actions = _tables("2026-09")["actions"]
    overdue = [row for row in actions if row["status"] == "OPEN" and "" < row["current_due_date"] < "2026-09-30"]
    assert overdue and any(row["due_changes"] != "0" for row in actions)
    assert any(not row["original_due_date"] for row in actions)


# The region


@pytest.mark.parametrize("area", AREAS)
def test_each_authority_has_its_size_over_twelve_months(area: str) -> None:
    days = [case["received_date"] for case in _cases(area).values()]
    assert len(days) == SIZES[area[-2:]]
    assert min(days) >= "2025-10-01" and max(days) <= "2026-09-30"


def test_the_authorities_share_no_identifier() -> None:
    ids = [case_id for area in (*AREAS, "2026-09") for case_id in _cases(area)]
    assert len(set(ids)) == len(ids)


def _working_days(start: date, stop: date) -> int:
    """Working days from ``start``, which is day 0; a day that is none counts as the next that is one."""
    days = (start + timedelta(days=n) for n in range((stop - start).days))
    return sum(day.weekday() < 5 and day not in BANK_HOLIDAYS for day in days)


def _in_time(name: str) -> dict[str, bool]:
    """Whether the first discussion or meeting with the police came within one working day (K3), where that is known."""
    first: dict[str, str] = {}
    for row in _tables(name)["meetings"]:
        if row["meeting_type"] in {"DISCUSSION", "INITIAL"} and "POLICE" in row["attended"].split(";"):
            first[row["case_id"]] = min(first.get(row["case_id"], "9999"), row["meeting_date"])
    states = {}
    for case_id, case in _cases(name).items():
        received = date.fromisoformat(case["received_date"])
        if case["threshold_met"] == "Y" and _working_days(received, date.fromisoformat(_snapshot(name))) > 1:
            held = first.get(case_id)
            states[case_id] = bool(held) and _working_days(received, date.fromisoformat(str(held))) <= 1
    return states


def _counts() -> dict[str, tuple[int, int]]:
    states = {area: list(_in_time(area).values()) for area in AREAS}
    return {area: (sum(met), len(met)) for area, met in states.items()}


def _tails(met: int, of: int, share: float) -> float:
    """The smaller of the chances of as few as these, and of as many."""
    return float(min(binom.cdf(met, of, share), binom.sf(met - 1, of, share)))


def test_one_authority_and_no_other_lies_outside_998_percent_limits_for_discussions_in_time() -> None:
    counts = _counts()
    met, of = (sum(column) for column in zip(*counts.values(), strict=True))
    outside = {area for area, (n, N) in counts.items() if _tails(n, N, met / of) < 0.001}
    assert outside == {DIFFERENT}
    assert counts[DIFFERENT][0] / counts[DIFFERENT][1] < met / of - 0.2


def test_the_others_differ_from_each_other_no_more_and_no_less_than_chance_would_have_it() -> None:
    others = {area: counted for area, counted in _counts().items() if area != DIFFERENT}
    met, of = (sum(column) for column in zip(*others.values(), strict=True))
    share = met / of
    assert 0.75 < share < 0.9
    assert all(_tails(n, N, share) > 0.001 for n, N in others.values())
    spread = sum((n - N * share) ** 2 / (N * share * (1 - share)) for n, N in others.values())
    assert chi2.ppf(0.01, len(others) - 1) < spread < chi2.ppf(0.99, len(others) - 1)
