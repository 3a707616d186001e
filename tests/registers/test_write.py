"""The register: a second person, both languages, nobody named, nothing edited; and only what is agreed counts."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from assurance import entries, release
from assurance.entries import Correction, Entry, told
from assurance.errors import Refused
from pipelines import __main__ as cli
from pipelines import build, publish
from pipelines.restore import verify
from pipelines.store import Store
from registers import write
from registers.write import Known, Proposal

AREA = "X06000009"
SAYS = {"en": "A duty rota began.", "cy": "Dechreuodd rota."}
EVIDENCE = {"en": "Minute 4 of the Board, May 2011.", "cy": "Cofnod 4 y Bwrdd, Mai 2011."}
REBASE = Proposal("rebases", date(2011, 5, 1), AREA, "K21", SAYS, EVIDENCE, "Data analyst")
NOTE = replace(REBASE, register="notes", indicator="", on=date(2011, 5, 17))
MEETING = replace(NOTE, register="meetings", evidence={})


@pytest.fixture
def known() -> Known:
    return Known(build.definitions(), frozenset({AREA}))


def reasons(refusal: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {reason.key.removeprefix("register.") for reason in refusal.value.reasons}


def test_a_rebase_counts_once_a_second_person_has_agreed(own_store: Store, known: Known) -> None:
    added = write.add(own_store, REBASE, known)
    assert (added.state, added.indicator) == ("proposed", "advice_sought")
    agreed = write.agree(own_store, added.number, "Chair of the Board")
    assert agreed.state == "in_force"
    assert entries.in_force(told(own_store.register.lines()), "rebases") == [agreed]


@pytest.mark.parametrize("again", ["Data analyst", " data  ANALYST", "DataAnalyst"])
def test_the_same_person_cannot_be_the_second(own_store: Store, known: Known, again: str) -> None:
    added = write.add(own_store, REBASE, known)
    with pytest.raises(Refused) as refusal:
        write.agree(own_store, added.number, again)
    assert reasons(refusal) == {"same_person"}
    assert told(own_store.register.lines())[0].state == "proposed"


def test_a_meeting_is_a_fact_and_needs_no_second(own_store: Store, known: Known) -> None:
    assert write.add(own_store, MEETING, known).state == "in_force"


def test_what_is_withdrawn_no_longer_counts_and_stays_with_its_reason(own_store: Store, known: Known) -> None:
    added = write.add(own_store, NOTE, known)
    write.agree(own_store, added.number, "Chair of the Board")
    gone = write.withdraw(own_store, added.number, "Chair of the Board", {"en": "Another area.", "cy": "Ardal arall."})
    assert gone.state == "withdrawn"
    assert gone.withdrawn_because == {"en": "Another area.", "cy": "Ardal arall."}
    assert entries.in_force(told(own_store.register.lines()), "notes") == []
    assert len(own_store.register.lines()) == 3
    for again in (lambda: write.withdraw(own_store, 1, "Chair", SAYS), lambda: write.agree(own_store, 1, "Clerk")):
        with pytest.raises(Refused):
            again()


TOMORROW = datetime.now(UTC).date() + timedelta(days=1)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"register": "opinions"}, {"unknown"}),
        ({"on": TOMORROW.replace(day=1) + timedelta(days=40)}, {"day_to_come", "first_of_month"}),
        ({"on": date(2011, 5, 2)}, {"first_of_month"}),
        ({"area": "W06000001"}, {"no_such_area"}),
        ({"area": entries.EVERYWHERE}, {"one_area"}),
        ({"indicator": "K999"}, {"no_such_measure"}),
        ({"indicator": ""}, {"no_such_measure"}),
        ({"indicator": "K20"}, {"no_limits"}),
        ({"says": {"en": "Only one"}}, {"says_missing"}),
        ({"says": {"en": "x" * 401, "cy": "x"}}, {"too_long"}),
        ({"evidence": {}}, {"evidence_missing"}),
        ({"says": {"en": "Ask Mr Jones", "cy": "x"}}, {"identifier_titled_name"}),
        ({"evidence": {"en": "x", "cy": "a@b.cymru"}}, {"identifier_email"}),
        ({"by": "Mrs Jones"}, {"identifier_titled_name"}),
        ({"by": " "}, {"who_missing"}),
        ({"by": "", "says": {}, "area": "?"}, {"who_missing", "says_missing", "no_such_area"}),
    ],
)
def test_all_that_is_wrong_with_a_proposal_is_named_at_once(
    own_store: Store, known: Known, changed: dict[str, Any], why: set[str]
) -> None:
    with pytest.raises(Refused) as refusal:
        write.add(own_store, replace(REBASE, **changed), known)
    assert reasons(refusal) == why
    assert own_store.register.lines() == []
    for lang in ("en", "cy"):
        assert refusal.value.says(lang)  # type: ignore[arg-type]


def test_an_entry_that_is_not_there_is_no_entry(own_store: Store) -> None:
    with pytest.raises(Refused) as refusal:
        write.agree(own_store, 7, "Chair")
    assert reasons(refusal) == {"no_such_entry"}


# In a release


def published(store: Store) -> tuple[Entry, ...]:
    publish.publish(store, "For the test")
    return release.open(store.path).entries


def test_what_waits_changes_no_release_and_what_is_agreed_makes_a_new_one(own_store: Store, known: Known) -> None:
    before = build.build(own_store)
    number = write.add(own_store, NOTE, known).number
    assert build.build(own_store) == before
    write.agree(own_store, number, "Chair of the Board")
    assert build.build(own_store) != before
    (entry,) = published(own_store)
    assert (entry.says, entry.agreed_by) == (SAYS, "Chair of the Board")
    write.withdraw(own_store, number, "Chair of the Board", SAYS)
    assert [each.state for each in published(own_store)] == ["withdrawn"]


def test_a_proposal_that_was_withdrawn_before_anybody_agreed_is_in_no_release(own_store: Store, known: Known) -> None:
    before = build.build(own_store)
    number = write.add(own_store, NOTE, known).number
    write.withdraw(own_store, number, "Data analyst", SAYS)
    assert build.build(own_store) == before


def test_the_same_register_makes_the_same_release(own_store: Store, known: Known) -> None:
    write.add(own_store, MEETING, known)
    name = build.build(own_store)
    content = {path.name: path.read_bytes() for path in own_store.release(name).rglob("*") if path.is_file()}
    for path in sorted(own_store.release(name).rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    own_store.release(name).rmdir()
    assert build.build(own_store) == name
    assert {path.name: path.read_bytes() for path in own_store.release(name).rglob("*") if path.is_file()} == content


def test_a_register_that_was_altered_is_seen(own_store: Store, known: Known) -> None:
    write.add(own_store, MEETING, known)
    write.add(own_store, NOTE, known)
    assert verify(own_store)[0] == []
    line = own_store.register.folder / "000001.json"
    line.write_text(line.read_text().replace("rota", "rula"))
    assert [fault.key for fault in verify(own_store)[0]] == ["load.chain_broken"]


# From the command line


@pytest.fixture
def command(
    own_store: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Any]:
    monkeypatch.setenv("SAFEGUARDING_STORE", str(own_store.path))
    monkeypatch.setattr(cli, "limit_this_process", lambda: None)  # a ceiling on memory would stay for all later tests

    def run(*arguments: str) -> Any:
        code = cli.main(["register", "--json", *arguments])
        return code, json.loads(capsys.readouterr().out)

    return run


def test_the_command_line_adds_agrees_withdraws_and_lists(command: Callable[..., Any]) -> None:
    texts = ["--says-en", "A rota.", "--says-cy", "Rota.", "--evidence-en", "Minute 4.", "--evidence-cy", "Cofnod 4."]
    about = ["--on", "2011-05-01", "--area", AREA, "--indicator", "K21"]
    assert command("add", "rebases", *about, *texts, "--by", "Analyst")[1]["state"] == "proposed"
    code, told_why = command("agree", "1", "--by", "analyst")
    assert (code, told_why["verdict"]) == (1, "refused")
    assert command("agree", "1", "--by", "Chair")[1]["state"] == "in_force"
    assert command("withdraw", "1", "--by", "Chair", "--why-en", "x", "--why-cy", "y")[1]["state"] == "withdrawn"
    code, listed = command("list")
    assert [each["state"] for each in listed] == ["withdrawn"]


def test_two_people_who_write_at_once_do_not_lose_each_other_s_entry(own_store: Store, known: Known) -> None:
    write.add(own_store, MEETING, known)
    stale = own_store.register.lines()
    write.add(own_store, NOTE, known)
    line = {**stale[0], "number": 2, "before": ""}
    with pytest.raises(FileExistsError):
        own_store.register._write(line)
    assert len(own_store.register.lines()) == 2


def test_the_register_lies_in_the_store(own_store: Store) -> None:
    assert own_store.register.folder == Path(own_store.path) / "register"


# What is wrong in the data


ROW = "c_" + "0" * 16
CELL = Correction("cases", ROW, "received_date", "2011-03-04", datetime.now(UTC).date() + timedelta(days=90))
WRONG = replace(NOTE, register="corrections", correction=CELL)
WHY = replace(MEETING, register="justifications", rule="cases.dates_not_after_snapshot")


def test_a_justification_explains_a_warning_and_needs_no_second(own_store: Store, known: Known) -> None:
    added = write.add(own_store, WHY, known)
    assert (added.state, added.rule) == ("in_force", WHY.rule)


@pytest.mark.parametrize("rule", ["", "cases.case_id.unique", "no.such.rule"])
def test_only_a_warning_can_be_justified(own_store: Store, known: Known, rule: str) -> None:
    with pytest.raises(Refused) as refusal:
        write.add(own_store, replace(WHY, rule=rule), known)
    assert reasons(refusal) == {"no_such_warning"}


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"table": "surnames"}, "no_such_cell"),
        ({"table": "service_lists"}, "no_such_cell"),
        ({"row": "the first"}, "no_such_cell"),
        ({"column": "case_id"}, "no_such_cell"),
        ({"column": "received"}, "no_such_cell"),
        ({"value": "last week"}, "no_such_cell"),
        ({"value": ""}, "no_such_cell"),
        ({"column": "outcome_code", "value": "WIZARD"}, "no_such_cell"),
        ({"until": date(2011, 1, 1)}, "until"),
        ({"until": datetime.now(UTC).date() + timedelta(days=400)}, "until"),
    ],
)
def test_a_correction_names_a_cell_what_it_should_be_and_an_end_within_a_year(
    own_store: Store, known: Known, changed: dict[str, Any], why: str
) -> None:
    with pytest.raises(Refused) as refusal:
        write.add(own_store, replace(WRONG, correction=replace(CELL, **changed)), known)
    assert reasons(refusal) == {why}
    assert own_store.register.lines() == []


def test_a_correction_counts_once_agreed_to_its_last_day_and_its_row_stays_out_of_the_restricted_product(
    own_store: Store, known: Known
) -> None:
    cases = pl.read_parquet(own_store.load(own_store.load_names()[0]) / "accepted" / "cases.parquet")
    row, was = cases.row(0, named=True)["case_id"], cases.row(0, named=True)["outcome_code"]
    other = "UNF" if was != "UNF" else "SUB"
    outcome = replace(WRONG, correction=replace(CELL, row=row, column="outcome_code", value=other))
    added = write.add(own_store, outcome, known)
    before = items(own_store)
    assert items(own_store) == before
    write.agree(own_store, added.number, "Chair of the Board")
    after = items(own_store)
    assert after != before
    folder = own_store.release(build.build(own_store)) / "restricted"
    assert all(row.encode() not in path.read_bytes() for path in folder.glob("*.json"))
    snapshot = date.fromisoformat(own_store.received.lines()[0]["snapshot"])
    (entry,) = entries.in_force(told(own_store.register.lines()), "corrections")
    assert not entry.has_expired(snapshot)
    assert entry.has_expired(CELL.until + timedelta(days=1))


def items(store: Store) -> list[Any]:
    """What the outcome's measure counts of each case, in the release that would be published now."""
    path = store.release(build.build(store)) / "cases" / "items" / "outcomes_by_kind.parquet"
    return pl.read_parquet(path).rows()
