"""The 2011 reconstruction comes out at the published findings, counted without the product's own code."""

from __future__ import annotations

import csv
import importlib.util
import re
import sys
import tomllib
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest

DATA = Path(__file__).parents[2] / "data"
SAMPLE = DATA / "sample" / "2011"
SNAPSHOT = date(2011, 7, 31)

Row = dict[str, str]


def _read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


DECLARED = tomllib.loads((DATA / "reference" / "extract.toml").read_text(encoding="utf-8"))
CODES = tomllib.loads((DATA / "reference" / "codes.toml").read_text(encoding="utf-8"))
TABLES = {path.stem: _read(path) for path in sorted(SAMPLE.glob("*.csv"))}
CASES = {row["case_id"]: row for row in TABLES["cases"]}
BANK_HOLIDAYS = {date.fromisoformat(row["date"]) for row in _read(DATA / "reference" / "bank_holidays.csv")}


def _of(table: str, case_id: str) -> list[Row]:
    return [row for row in TABLES[table] if row["case_id"] == case_id]


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_2011", DATA / "sample" / "make_2011.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


# The published facts


def test_25_cases_were_received_between_april_2007_and_march_2011_all_meeting_the_threshold() -> None:
    received = [_day(case["received_date"]) for case in CASES.values()]
    assert len(TABLES["cases"]) == len(CASES) == 25
    assert date(2007, 4, 1) <= min(received) and max(received) <= date(2011, 3, 31)
    assert {case["threshold_met"] for case in CASES.values()} == {"Y"}
    years = Counter(day.year if day.month > 3 else day.year - 1 for day in received)
    assert min(years[year] for year in (2007, 2008, 2009, 2010)) >= 5


def test_the_five_published_roles_and_no_other_are_present() -> None:
    roles = {case["role_group"] for case in CASES.values()}
    assert roles == {"HEAD", "TEACHER", "SUPPORT", "YOUTH", "ADMIN_SITE"}


def test_inappropriate_restraint_appears_in_a_number_of_cases() -> None:
    assert 3 <= sum(case["restraint_involved"] == "Y" for case in CASES.values()) <= 12


def test_there_is_one_child_per_case_aged_3_to_16() -> None:
    assert Counter(child["case_id"] for child in TABLES["children"]) == Counter(list(CASES))
    bands = {child["age_band"] for child in TABLES["children"]}
    assert bands == {"3-4", "5-7", "8-10", "11-13", "14-16"}


def test_35_percent_of_the_children_whose_needs_are_known_have_additional_needs() -> None:
    statuses = Counter(child["aln_status"] for child in TABLES["children"])
    assert set(statuses) == {"NONE", "SA", "SAP", "STMT", "UNK"}
    known = 25 - statuses["UNK"]
    assert (known, known - statuses["NONE"]) == (20, 7)
    assert all(bool(c["aln_needs"]) == (c["aln_status"] in {"SA", "SAP", "STMT"}) for c in TABLES["children"])


def test_14_files_were_examined_6_referred_back_and_3_of_those_held_immediate_risk() -> None:
    audits = TABLES["file_audits"]
    back = [audit for audit in audits if audit["referred_back"] == "Y"]
    at_risk = [audit for audit in audits if audit["immediate_risk_found"] == "Y"]
    assert len({audit["case_id"] for audit in audits}) == len(audits) == 14
    assert len(back) == 6
    assert len(at_risk) == 3 and all(audit in back for audit in at_risk)
    assert all(date(2011, 5, 1) <= _day(audit["audit_date"]) < SNAPSHOT for audit in audits)
    assert {audit["auditor_type"] for audit in audits} == {"INSPECTORATE"}
    assert 0 < sum(not audit["referred_back_closed_date"] for audit in back) < 6


def test_immediate_risk_in_the_cases_is_the_same_three_as_in_the_files() -> None:
    flagged = {case_id for case_id, case in CASES.items() if case["immediate_risk"] == "Y"}
    assert flagged == {a["case_id"] for a in TABLES["file_audits"] if a["immediate_risk_found"] == "Y"}


def test_people_left_in_four_ways_before_risk_was_assessed() -> None:
    left = [case for case in CASES.values() if case["exit_type"] not in {"NONE", "DISMISSED"}]
    assert sorted(case["exit_type"] for case in left) == ["REDUNDANCY", "RESIGNED", "RETIRED", "SETTLEMENT"]
    assert all(_unassessed(case, case["exit_date"]) for case in left)


def test_two_people_were_dismissed_after_assessment_one_of_them_a_convicted_headteacher() -> None:
    dismissed = [case for case in CASES.values() if case["exit_type"] == "DISMISSED"]
    assert len(dismissed) == 2
    assert not any(_unassessed(case, case["exit_date"]) for case in dismissed)
    convicted = [case for case in CASES.values() if case["criminal_outcome"] == "CONVICTED"]
    assert [case["role_group"] for case in convicted] == ["HEAD"] and convicted[0] in dismissed
    assert date(2009, 5, 1) <= _day(convicted[0]["outcome_date"]) <= date(2009, 7, 31)


def test_one_reference_was_false_and_it_was_sent() -> None:
    false = [case for case in CASES.values() if case["reference_agreed"] == "N"]
    assert [case["disciplinary_result"] for case in false] == ["DISMISSED"]
    sent = [row for row in _of("information_sharing", false[0]["case_id"]) if row["purpose"] == "REFERENCE"]
    assert [row["recipient"] for row in sent] == ["OTHER_EMPLOYER"] and sent[0]["shared_date"]


def test_nearly_all_joint_investigations_were_run_by_one_agency() -> None:
    decided = [meeting for meeting in TABLES["meetings"] if meeting["joint_decided"] == "Y"]
    done = [meeting for meeting in TABLES["meetings"] if meeting["joint_done"] == "Y"]
    assert len(decided) == 12
    assert len(done) == 1 and done[0] in decided


def test_meeting_records_were_not_always_on_social_services_files() -> None:
    on_file = Counter(meeting["minutes_on_ss_file"] for meeting in TABLES["meetings"])
    assert on_file["N"] == 7 and on_file["U"] == 1 and on_file["Y"] > 20


def test_information_was_not_routinely_shared_least_of_all_with_parents() -> None:
    parents = [row for row in TABLES["information_sharing"] if row["recipient"] == "PARENT"]
    untold = [row for row in parents if row["required"] == "Y" and not row["shared_date"]]
    assert sum(row["not_shared_reason"] == "NOT_RECORDED" for row in untold) >= 5
    assert 0 < len(untold) < len(parents)
    assert {row["purpose"] for row in untold} == {"ALLEGATION", "OUTCOME"}


def test_actions_were_not_followed_up() -> None:
    actions = TABLES["actions"]
    done = [action for action in actions if action["completed_date"]]
    on_time = [row for row in done if "" < row["completed_date"] <= row["original_due_date"]]
    overdue = [row for row in actions if row["status"] == "OPEN" and "" < row["current_due_date"] < "2011-06-30"]
    assert (len(actions), len(on_time), len(overdue)) == (40, 20, 8)
    assert sum(not action["original_due_date"] for action in actions) == 3
    assert any(int(action["due_changes"]) for action in actions)
    assert any(action["evidence_on_file"] == "N" for action in done)


def test_the_services_hold_lists_that_do_not_agree() -> None:
    held = Counter(row["service"] for row in TABLES["service_lists"])
    assert held == {"POLICE": 17, "SS": 21, "EDU": 23, "HR": 19}
    outcomes = [row["outcome_code"] != CASES[row["case_id"]]["outcome_code"] for row in TABLES["service_lists"]]
    dates = [row["received_date"] != CASES[row["case_id"]]["received_date"] for row in TABLES["service_lists"]]
    assert any(outcomes) and any(dates)


def test_most_cases_are_closed_four_are_open_and_some_closed_without_an_outcome() -> None:
    states = Counter((case["status"], case["outcome_code"] == "UNK") for case in CASES.values())
    assert states["OPEN", False] == 4 and states["OPEN", True] == 0
    assert states["CLOSED", True] >= 3


# K3: a strategy discussion with the police within one working day


def _working_days(start: date, stop: date) -> int:
    """Steps day by day: slow, and nothing like the product's index."""
    days = [start + timedelta(days=n) for n in range((stop - start).days)]
    return sum(day.weekday() < 5 and day not in BANK_HOLIDAYS for day in days)


def test_11_of_25_strategy_discussions_were_in_time() -> None:
    waits = []
    for case_id, case in CASES.items():
        held = [
            _day(meeting["meeting_date"])
            for meeting in _of("meetings", case_id)
            if meeting["meeting_type"] in {"DISCUSSION", "INITIAL"} and "POLICE" in meeting["attended"].split(";")
        ]
        waits.append(_working_days(_day(case["received_date"]), min(held)) if held else None)
    assert sum(wait is not None and wait <= 1 for wait in waits) == 11
    assert sum(wait is not None and wait > 1 for wait in waits) == 6
    assert waits.count(None) == 8


# K20: both agencies advised protection and the decision gave less

PROTECTION = {"NONE": 0, "ALTERNATIVE": 1, "SUSPENDED": 2}
ADVISED = {"NO_RESTRICTION": 0, "NO_VIEW": 0, "RESTRICT": 1, "SUSPEND": 2}


def _advised(case_id: str, agency: str, on: date) -> int:
    """How protective the agency's last advice was on that day; 0 if it gave none."""
    given = [row for row in _of("advice", case_id) if row["agency"] == agency and _day(row["advice_date"]) <= on]
    last = max(given, key=lambda row: row["advice_date"], default=None)
    return ADVISED.get(last["advice_value"], 0) if last else 0


def _jointly_advised(case_id: str, on: date) -> int:
    return min(_advised(case_id, "POLICE", on), _advised(case_id, "SS", on))


def _safeguards(case_id: str) -> list[tuple[date, str]]:
    rows = [row for row in _of("decisions", case_id) if row["decision_type"] in {"SAFEGUARD", "REVIEW"}]
    return sorted((_day(row["decision_date"]), row["decision_value"]) for row in rows)


def _overridden_by_decision(case_id: str) -> bool:
    return any(
        value in PROTECTION and PROTECTION[value] < _jointly_advised(case_id, on) for on, value in _safeguards(case_id)
    )


def _overridden_by_silence(case_id: str) -> bool:
    return any(
        _jointly_advised(case_id, on) > 0
        and not any(_is_answer(on, decided) for decided, _ in _safeguards(case_id))
        and not _already_protected(case_id, on)
        for on in {_day(row["advice_date"]) for row in _of("advice", case_id)}
    )


def _is_answer(advised: date, decided: date) -> bool:
    return advised <= decided and _working_days(advised, decided) <= 1


def _already_protected(case_id: str, on: date) -> bool:
    before = [value for decided, value in _safeguards(case_id) if decided < on]
    return bool(before) and PROTECTION.get(before[-1], 0) >= _jointly_advised(case_id, on)


def test_three_people_stayed_at_work_against_the_views_of_police_and_social_services() -> None:
    overridden = [case_id for case_id in CASES if _overridden_by_decision(case_id)]
    assert len(overridden) == 3
    assert not any(_overridden_by_silence(case_id) for case_id in CASES)


def test_the_three_are_the_same_however_simply_the_rule_is_read() -> None:
    """Any advice to suspend by both at any time, and never suspended."""
    told = {
        case_id
        for case_id in CASES
        if {"POLICE", "SS"} <= {a["agency"] for a in _of("advice", case_id) if a["advice_value"] == "SUSPEND"}
    }
    never = {case_id for case_id in told if all(value != "SUSPENDED" for _, value in _safeguards(case_id))}
    assert never == {case_id for case_id in CASES if _overridden_by_decision(case_id)}


def test_four_other_cases_followed_the_advice_of_both_at_once() -> None:
    concordant = 0
    for case_id in CASES:
        first = [_day(r["decision_date"]) for r in _of("decisions", case_id) if r["decision_type"] == "SAFEGUARD"]
        joint = bool(first) and _jointly_advised(case_id, first[0]) > 0
        concordant += joint and not _overridden_by_decision(case_id)
    assert concordant == 4


def test_a_good_record_was_the_reason_in_two_of_the_three_and_nowhere_else() -> None:
    good = [row for row in TABLES["decisions"] if "PREV_GOOD_RECORD" in row["override_reasons"].split(";")]
    assert len({row["case_id"] for row in good}) == 2
    assert all(_overridden_by_decision(row["case_id"]) for row in good)


def test_the_files_at_immediate_risk_are_another_three() -> None:
    overridden = {case_id for case_id in CASES if _overridden_by_decision(case_id)}
    assert not overridden & {case_id for case_id, case in CASES.items() if case["immediate_risk"] == "Y"}


def test_other_duties_did_not_always_keep_the_person_from_children() -> None:
    moved = [row for row in TABLES["decisions"] if row["decision_value"] == "ALTERNATIVE"]
    assert {row["access_to_children_removed"] for row in moved} == {"Y", "N", "P"}


def test_many_decisions_were_made_without_a_risk_assessment_and_some_outside_the_process() -> None:
    first = [row for row in TABLES["decisions"] if row["decision_type"] == "SAFEGUARD"]
    assert sum(_unassessed(row, row["decision_date"], same_day=True) for row in first) > len(first) / 2
    assert any(row["forum"] == "OUTSIDE_PROCESS" for row in first)


def _unassessed(row: Row, on: str, *, same_day: bool = False) -> bool:
    assessed = row["risk_assessment_date"]
    return not assessed or assessed > on or (assessed == on and not same_day)


# The files as an extract


def test_the_generator_makes_the_committed_files_byte_for_byte() -> None:
    made = _generator().as_csv()
    assert {f"{name}.csv" for name in made} == {path.name for path in SAMPLE.glob("*.csv")}
    for name, text in made.items():
        assert (SAMPLE / f"{name}.csv").read_bytes() == text.encode(), f"run data/sample/make_2011.py: {name}.csv"


def test_there_is_a_file_for_every_table_with_every_header_in_order() -> None:
    assert set(TABLES) == set(DECLARED)
    for table, declared in DECLARED.items():
        header = (SAMPLE / f"{table}.csv").read_text(encoding="utf-8").splitlines()[0]
        assert header.split(",") == list(declared["columns"])


def test_the_extract_says_what_it_is() -> None:
    (extract,) = TABLES["extract"]
    assert extract["area_code"] == "X06000009"
    assert (extract["snapshot_date"], extract["procedure_edition"]) == ("2011-07-31", "AWCPP_2008")
    assert (extract["source_service"], extract["schema_version"]) == ("LEAD", "1")


@pytest.mark.parametrize("table", sorted(DECLARED))
def test_every_cell_is_filled_readable_and_in_its_list(table: str) -> None:
    for row in TABLES[table]:
        for name, column in DECLARED[table]["columns"].items():
            assert row[name] or column.get("optional"), f"{table}.{name} is empty"
            if row[name]:
                assert _is_readable(row[name], column, row), f"{table}.{name} cannot be read"


def _is_readable(cell: str, column: dict[str, object], row: Row) -> bool:
    patterns = {
        "id": "[a-z]_[0-9a-f]{16}",
        "area": "X06[0-9]{6}",
        "integer": "[0-9]+",
        "time": "[0-9]{2}:[0-9]{2}",
    }
    kind = str(column["type"])
    if kind == "date":
        return _day(cell) <= SNAPSHOT
    if kind in patterns:
        return re.fullmatch(patterns[kind], cell) is not None
    lists = column.get("lists")
    name = lists[row[str(column["list_by"])]] if isinstance(lists, dict) else column["list"]
    return all(code in CODES[str(name)] for code in cell.split(";"))


@pytest.mark.parametrize("table", sorted(set(DECLARED) - {"extract"}))
def test_keys_are_unique_and_every_case_named_exists(table: str) -> None:
    keys = [tuple(row[name] for name in DECLARED[table]["key"]) for row in TABLES[table]]
    assert len(set(keys)) == len(keys)
    assert all(row["case_id"] in CASES for row in TABLES[table] if "case_id" in row)
    meetings = {row["meeting_id"] for row in TABLES["meetings"]}
    assert {row["meeting_id"] for row in TABLES[table] if row.get("meeting_id")} <= meetings


def test_every_case_happens_in_order() -> None:
    for case_id, case in CASES.items():
        meetings = sorted(row["meeting_date"] for row in _of("meetings", case_id))
        first = meetings[:1] or [""]
        steps = [case["concern_aware_date"], case["received_date"], case["threshold_decision_date"], *first]
        _assert_in_order([*steps, case["outcome_date"], case["closed_date"]])
        _assert_in_order([case["received_date"], case["risk_assessment_date"], case["closed_date"]])
        _assert_in_order([case["exit_date"], case["dbs_referral_date"]])
        assert not case["closed_date"] or all(day <= case["closed_date"] for day in meetings)


def test_nothing_is_finished_before_it_was_begun() -> None:
    for row in TABLES["actions"]:
        _assert_in_order([row["agreed_date"], row["original_due_date"], row["current_due_date"]])
        _assert_in_order([row["agreed_date"], row["completed_date"]])
    for row in TABLES["decisions"]:
        _assert_in_order([CASES[row["case_id"]]["received_date"], row["decision_date"], row["end_date"]])
        _assert_in_order([row["decision_date"], row["written_confirmation_date"], row["review_due_date"]])
        _assert_in_order([row["decision_date"], row["senior_signoff_date"]])
    for row in TABLES["meetings"]:
        _assert_in_order([row["meeting_date"], row["minutes_date"]])
    for row in TABLES["file_audits"]:
        _assert_in_order([row["audit_date"], row["referred_back_date"], row["referred_back_closed_date"]])


def _assert_in_order(days: list[str]) -> None:
    known = [day for day in days if day]
    assert all(before <= after for before, after in pairwise(known)), known


def test_first_decisions_come_after_the_advice_they_answer() -> None:
    for case_id in CASES:
        first = [on for on, _ in _safeguards(case_id)][:1]
        planned = [row for row in _of("advice", case_id) if row["agency"] in {"POLICE", "SS"}]
        assert all(min(_day(row["advice_date"]) for row in planned) <= on for on in first)


def test_ids_are_unique_across_tables_and_carry_the_letter_of_their_table() -> None:
    letters = {
        "extract": "e",
        "cases": "c",
        "children": "k",
        "advice": "v",
        "decisions": "d",
        "meetings": "m",
    }
    letters |= {"actions": "t", "information_sharing": "i", "file_audits": "u"}
    ids = [(row[DECLARED[table]["key"][0]], letter) for table, letter in letters.items() for row in TABLES[table]]
    assert len({name for name, _ in ids}) == len(ids)
    assert all(name.startswith(f"{letter}_") for name, letter in ids)


def test_the_helpline_did_not_exist_yet() -> None:
    assert TABLES["helpline"] == []
