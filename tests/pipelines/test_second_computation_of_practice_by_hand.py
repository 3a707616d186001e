"""What the second computation gives of records, exits, sharing, risk and learning, counted by hand."""

from __future__ import annotations

from typing import Any

import pytest

from tests.pipelines.one_case import answer, counts, decided, of

JUNE = "2024-06-30"


# Records


def test_minutes_lack_on_a_schools_education_file_alone() -> None:
    meeting = {"meeting_on": "2024-03-01", "minutes_on_ss_file": "Y", "minutes_on_hr_file": "Y"}
    for setting, lacking, is_met in (("FE", "EDU", "no"), ("CLUB", "COMPLETE", "yes"), (None, "COMPLETE", "yes")):
        case = {"received_on": "2024-03-01", "setting_type": setting}
        found = counts("files_without_record", JUNE, case=case, meetings=[meeting])
        assert {category for _, _, _, category, _, _ in found} == {"all", lacking}
        assert answer("record_on_all_files", case=case, meetings=[meeting]) == [is_met]


def test_a_decision_rests_on_any_assessment_by_its_day() -> None:
    later = decided("2024-03-09", "NONE", decision_type="REVIEW", decision_id="d_2", risk_assessment_on="2024-03-05")
    rows = [decided("2024-03-05", "NONE"), decided("2024-03-04", "ALTERNATIVE", decision_id="d_3"), later]
    assert answer("risk_assessed_before_decision", decisions=rows) == ["no", "yes", "yes"]
    assert answer("risk_assessed_before_decision", decisions=[decided(None, "NONE"), later]) == ["not_known", "yes"]
    assert answer("risk_assessed_before_decision", decisions=[decided(None, "NONE")]) == ["no"]


# Exits: twelve months after 2024-02-28 and after the 29th is 2025-02-28


@pytest.mark.parametrize(
    ("case", "states"),
    [
        pytest.param({"outcome_code": "SUB"}, ["yes"], id="concluded, on whatever day"),
        pytest.param({"outcome_code": "SUB", "outcome_on": "2024-02-28"}, [], id="concluded before"),
        pytest.param({"outcome_code": "SUB", "outcome_on": "2024-02-29"}, ["yes"], id="concluded that day"),
        pytest.param({"outcome_code": "NMT", "status": "CLOSED"}, ["no"], id="closed without"),
        pytest.param({}, ["too_recent"], id="twelve months are not over on their last day"),
        pytest.param({"exit_on": "2024-02-27"}, ["no"], id="over the day after"),
        pytest.param({"exit_on": None}, ["not_known"], id="no day to count from"),
        pytest.param({"threshold_met": "N"}, [], id="below the threshold"),
        pytest.param({"threshold_met": "U"}, ["too_recent"], id="threshold not known"),
        pytest.param({"exit_type": "DISMISSED"}, [], id="dismissed: the case was not cut short"),
    ],
)
def test_an_outcome_after_leaving(case: dict[str, Any], states: list[str]) -> None:
    left = {"exit_type": "RESIGNED", "exit_on": "2024-02-29", "status": "OPEN", **case}
    assert answer("outcome_after_exit", "2025-02-28", case=left) == states


def test_who_left_on_the_day_of_the_assessment_left_after_it() -> None:
    case = {"exit_type": "RETIRED", "exit_on": "2024-03-05", "risk_assessment_on": "2024-03-05"}
    assert answer("left_before_risk_assessed", case=case) == []
    assert answer("left_before_risk_assessed", case=case | {"exit_on": "2024-03-04"}) == ["occurred"]
    assert answer("left_before_risk_assessed", case=case | {"exit_on": None}) == []
    assert answer("left_before_risk_assessed", case=case | {"exit_on": None, "risk_assessment_on": None}) == [
        "occurred"
    ]


def test_a_doubt_about_the_duty_to_refer_counts_only_of_who_is_gone() -> None:
    assert answer("barring_referral_made", case={"dbs_duty_met": "U", "exit_type": "NONE"}) == []
    assert answer("barring_referral_made", case={"removal_on": "2024-03-01"}) == ["not_known"]
    assert answer("barring_referral_made", case={"dbs_duty_met": "Y", "exit_type": "NONE"}) == ["no"]


# Sharing


@pytest.mark.parametrize(
    ("row", "state"),
    [
        pytest.param({"shared_on": "2024-06-29", "due_on": "2024-07-01"}, "yes", id="told, early"),
        pytest.param({"not_shared_reason": "LEGAL_ADVICE"}, "yes", id="a reason on record"),
        pytest.param({"not_shared_reason": "NOT_RECORDED"}, "no", id="no reason on record"),
        pytest.param({"due_on": JUNE}, "too_recent", id="due on the day of the snapshot"),
        pytest.param({"due_on": "2024-06-29"}, "no", id="due the day before"),
        pytest.param({"shared_on": "2024-06-01", "purpose": "SAFEGUARD"}, "no", id="told of something else"),
    ],
)
def test_parents_are_told(row: dict[str, Any], state: str) -> None:
    case = {"received_on": "2024-06-01", "identifiable_child": "Y"}
    rows = [{"recipient": "PARENT", "purpose": "ALLEGATION", **row}, {"recipient": "SS", "shared_on": "2024-06-01"}]
    assert answer("parents_told_of_allegation", case=case, information_sharing=rows) == [state]


def test_a_reason_does_not_inform_anybody() -> None:
    row = {"required": "Y", "not_shared_reason": "POLICE_ADVICE"}
    assert answer("recipients_informed", information_sharing=[row, row | {"required": "U"}]) == ["no"]


# Immediate risk: 2024-03-01 is a Friday


@pytest.mark.parametrize(
    ("decisions", "state"),
    [
        pytest.param([], "missed", id="nothing was decided"),
        pytest.param([decided("2024-03-01", "ALTERNATIVE")], "met", id="the same day"),
        pytest.param([decided("2024-03-02", "SUSPENDED")], "missed", id="the next day"),
        pytest.param([decided("2024-03-01", "NONE"), decided("2024-03-02", "SUSPENDED")], "missed", id="nothing first"),
        pytest.param([decided("2024-02-01", "SUSPENDED")], "met", id="in force already"),
        pytest.param([decided("2024-02-01", "SUSPENDED", end_on="2024-03-01")], "met", id="in force that day"),
        pytest.param([decided("2024-02-01", "SUSPENDED", end_on="2024-02-29")], "missed", id="ended the day before"),
        pytest.param([decided("2024-02-01", "SUSPENDED", end_on="2024-01-31")], "met", id="an end that cannot be"),
        pytest.param(
            [decided("2024-02-01", "SUSPENDED"), decided("2024-02-01", "LEFT", decision_id="d_2")],
            "missed",
            id="not the last of its day",
        ),
        pytest.param(
            [
                decided("2024-02-01", "SUSPENDED", decision_time="15:30", decision_id="d_0"),
                decided("2024-02-01", "LEFT"),
            ],
            "met",
            id="the last of its day by its time",
        ),
    ],
)
def test_a_child_at_immediate_risk_is_safeguarded(decisions: list[dict[str, Any]], state: str) -> None:
    case = {"received_on": "2024-02-20", "immediate_risk": "Y", "immediate_risk_on": "2024-03-01"}
    assert of("immediate_risk_safeguarded", JUNE, case=case, decisions=decisions) == {("2024-03", state, None): 1}


def test_on_a_weekend_the_same_day_lasts_to_the_end_of_monday() -> None:
    case = {"immediate_risk": "Y", "received_on": "2024-03-02"}
    for day, state in (("2024-03-04", "met"), ("2024-03-05", "missed")):
        assert answer("immediate_risk_safeguarded", case=case, decisions=[decided(day, "SUSPENDED")]) == [state]
    assert answer("immediate_risk_safeguarded", "2024-03-04", case=case) == ["too_recent"]


def test_who_left_before_a_safeguard_stands_apart() -> None:
    risk = {"immediate_risk": "Y", "received_on": "2024-03-02"}  # a Saturday, which counts as Monday the 4th
    for left, day, state in (
        ("2024-03-04", "2024-03-06", "left"),  # on the working day the clock starts
        ("2024-03-05", "2024-03-06", "missed"),  # had been left without a safeguard for a day
        ("2024-03-04", "2024-03-04", "met"),  # a safeguard all the same
    ):
        given = {"case": risk | {"exit_on": left}, "decisions": [decided(day, "SUSPENDED")]}
        assert answer("immediate_risk_safeguarded", **given) == [state]


def test_what_is_in_place_is_said_as_at_the_snapshot() -> None:
    case = {"immediate_risk": "Y", "received_on": "2024-05-01", "exit_type": "NONE"}
    suspended = decided("2024-05-01", "SUSPENDED", end_on="2024-06-29")
    for decisions, place in (
        ([], "NO_DECISION"),
        ([suspended], "NONE"),
        ([suspended | {"end_on": JUNE}], "SUSPENDED"),
        ([decided("2024-05-02", "NOT_RECORDED"), suspended], "NOT_RECORDED"),
        ([decided("2024-07-01", "ALTERNATIVE"), suspended], "NONE"),
    ):
        found = counts("live_risk", JUNE, case=case, decisions=decisions)
        assert {key[3:5] for key in found if key[2] != "all"} == {(place, "open")}
    assert ("LEFT", "open") in {key[3:5] for key in counts("live_risk", JUNE, case=case | {"exit_type": "DIED"})}


# Learning


@pytest.mark.parametrize(
    ("days", "month", "state"),
    [
        pytest.param(["2024-03-01"], "2024-03", "no", id="one report"),
        pytest.param(["2024-03-01", "2024-03-01"], "2024-03", "yes", id="two of one day"),
        pytest.param(["2024-02-29", "2027-02-28"], "2027-02", "yes", id="36 months, to the last of a shorter month"),
        pytest.param(["2024-02-29", "2027-03-01"], "2027-03", "no", id="a day more"),
        pytest.param(["2020-01-01", "2024-02-29", "2027-02-28"], "2027-02", "yes", id="the latest of the others"),
        pytest.param(["2024-03-01", None], "2024-03", "no", id="a report without a day"),
    ],
)
def test_an_adult_is_reported_again(days: list[str | None], month: str, state: str) -> None:
    first, *others = [{"adult_id": "a_1", "received_on": day} for day in days]
    other = {"adult_id": "a_2", "received_on": None}
    assert of("repeat_allegations", "2027-12-31", case=first, others=[*others, other]) == {(month, state, None): 1}


@pytest.mark.parametrize(
    ("received_on", "state"),
    [("2024-02-29", "no"), ("2024-03-01", "yes"), ("2025-02-28", "yes"), ("2025-03-01", "no"), (None, "no")],
)
def test_an_adult_is_reported_again_within_twelve_months_of_closing(received_on: str | None, state: str) -> None:
    case = {"adult_id": "a_1", "status": "CLOSED", "received_on": "2024-01-01", "closed_on": "2024-02-29"}
    again = [{"adult_id": "a_1", "received_on": received_on}, {"adult_id": "a_2", "received_on": "2024-03-01"}]
    found = [of("re_referred_after_closure", day, case=case, others=again) for day in ("2025-02-28", "2025-03-01")]
    assert found == [{("2024-02", "too_recent", None): 1}, {("2024-02", state, None): 1}]


def test_nobody_is_known_again_without_a_reference() -> None:
    case = {"status": "CLOSED", "closed_on": "2024-02-29"}
    others = [{"received_on": "2024-03-01"}]
    assert answer("re_referred_after_closure", "2026-01-01", case=case, others=others) == ["not_known"]
    assert answer("re_referred_after_closure", case={"status": "CLOSED"}) == ["not_known"]


def test_training_is_carried_forward_to_the_snapshot() -> None:
    rows = [
        {"role_group": "HEAD", "period_end": "2024-03-31", "in_scope": 10, "in_date": 7},
        {"role_group": "HEAD", "period_end": "2024-05-15", "in_scope": 8, "in_date": 8},
        {"role_group": "TEACHER", "period_end": "2024-06-15", "in_scope": 4, "in_date": 5},
        {"role_group": "YOUTH", "period_end": "2024-06-16", "in_scope": 3, "in_date": 1},
    ]
    assert of("training_in_date", "2024-06-15", training=rows) == {
        ("2024-03", "yes", None): 7,
        ("2024-03", "no", None): 3,
        ("2024-04", "yes", None): 7,
        ("2024-04", "no", None): 3,
        ("2024-05", "yes", None): 8,
        ("2024-06", "yes", None): 8,
        ("2024-06", "not_known", None): 4,
    }


@pytest.mark.parametrize(
    ("in_scope", "in_date", "states"),
    [
        (None, 3, {"not_known": 1}),
        (5, None, {"not_known": 5}),
        (0, None, {"not_known": 1}),
        (0, 0, {}),
        (0, 1, {"not_known": 1}),
        (2, 0, {"no": 2}),
    ],
)
def test_training_that_cannot_be_is_not_known(
    in_scope: int | None, in_date: int | None, states: dict[str, int]
) -> None:
    row = {"role_group": "HEAD", "period_end": JUNE, "in_scope": in_scope, "in_date": in_date}
    found = of("training_in_date", JUNE, training=[row])
    assert {state: n for (_, state, _), n in found.items()} == states


def test_contacts_with_the_helpline_weigh_what_they_are() -> None:
    rows = [
        {"channel": "PHONE", "period_end": JUNE, "contacts": 9, "converted_to_reports": 2},
        {"channel": "WEB", "period_end": JUNE, "contacts": 0, "converted_to_reports": 1},
        {"channel": "WEB", "period_end": JUNE, "contacts": None, "converted_to_reports": 1},
    ]
    assert of("helpline_contacts", JUNE, helpline=rows) == {("2024-06", "known", None): 9}
    assert of("contacts_became_reports", JUNE, helpline=rows) == {
        ("2024-06", "yes", None): 2,
        ("2024-06", "no", None): 7,
        ("2024-06", "not_known", None): 2,
    }
