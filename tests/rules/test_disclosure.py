"""How many cases stand out is counted, and never called anonymous."""

from __future__ import annotations

from datetime import date

from assurance.disclosure import OF_A_CASE, OF_A_CHILD, KReport, k_report, of_cases

CASES = [
    {"case_id": case_id, "role_group": role, "setting_type": "PRIMARY", "harm_category": "PHYSICAL", "received_on": day}
    for case_id, role, day in (
        ("c_1", "TEACHER", date(2025, 4, 1)),
        ("c_2", "TEACHER", date(2025, 4, 30)),
        ("c_3", "TEACHER", date(2025, 4, 9)),
        ("c_4", "HEAD", date(2025, 4, 9)),
        ("c_5", "HEAD", date(2025, 4, 2)),
        ("c_6", "HEAD", date(2025, 5, 2)),
    )
]


def child(case_id: str, sex: str) -> dict[str, object]:
    return {"case_id": case_id, "sex": sex, "age_band": "5-7", "ethnic_group": "WHITE"}


def test_cases_alike_in_role_setting_month_and_harm_stand_together() -> None:
    assert of_cases(CASES) == KReport(OF_A_CASE, rows=6, smallest=1, unique=1, below_3=3, below_5=6)


def test_children_tell_cases_apart_whatever_their_order() -> None:
    pair = [child("c_1", "F"), child("c_1", "M"), child("c_2", "M"), child("c_2", "F")]
    report = of_cases(CASES, [*pair, child("c_3", "F")])
    assert report == KReport((*OF_A_CASE, *OF_A_CHILD), rows=6, smallest=1, unique=2, below_3=6, below_5=6)


def test_a_case_without_a_date_or_a_child_of_another_extract_is_no_fault() -> None:
    undated = [{**case, "received_on": None} for case in CASES]
    assert of_cases(undated, [child("c_9", "F")]).smallest == 3


def test_any_columns_can_be_looked_at_together() -> None:
    rows = [{"a": 1, "b": 1}, {"a": 1, "b": 2}, {"a": 1}]
    assert k_report(rows, ["a"]) == KReport(("a",), rows=3, smallest=3, unique=0, below_3=0, below_5=3)
    assert k_report(rows, ["a", "b"]).unique == 3


def test_no_cases_have_no_smallest_group() -> None:
    assert of_cases([]) == KReport(OF_A_CASE, rows=0, smallest=0, unique=0, below_3=0, below_5=0)


def test_the_report_says_pseudonymised_in_both_languages_and_never_anonymous() -> None:
    reports = (of_cases([]), of_cases(CASES), of_cases(CASES, [child("c_1", "F")]))
    said = {lang: [report.says(lang) for report in reports] for lang in ("en", "cy")}
    assert "1 of 6 cases are alone" in said["en"][1]
    assert "1 o blith 6" in said["cy"][1]
    assert all(len(set(each)) == 3 for each in said.values())
    assert all("Pseudonymised" in each for each in said["en"][1:])
    assert all("ffugenwi" in each for each in said["cy"][1:])
    assert not any(word in " ".join([*said["en"], *said["cy"]]).lower() for word in ("anonym", "dienw", "teacher"))
