"""What is different since the last meeting is found, what time alone changes is not, and nothing is told as nothing."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assurance import figures, judgement, period, release, series, since, verdicts
from assurance.entries import Entry
from assurance.indicator import Definition
from assurance.judgement import OverTime
from assurance.release import Release
from assurance.since import Since
from tests.made import definition


@pytest.fixture(scope="module")
def now(met: Path) -> Release:
    return release.open(met)


@pytest.fixture(scope="module")
def then(met: Path) -> Release:
    return release.open(met, 1)


@pytest.fixture(scope="module")
def found(now: Release, then: Release) -> Since:
    return since.of(now, then, now.areas[0])


def test_what_was_current_at_the_last_meeting_is_compared_with(met: Path, now: Release) -> None:
    published = release.publications(met)
    compared = since.compared_with(now, now.areas[0], published)
    assert compared is not None and compared.number == 1
    assert since.last_meeting(now, now.areas[0]) == compared.published_at.date()


def test_without_a_meeting_it_is_the_publication_before(then: Release, met: Path) -> None:
    assert since.last_meeting(then, then.areas[0]) is None
    assert since.compared_with(then, then.areas[0], release.publications(met)) is None  # it was the first


def test_a_publication_after_the_meeting_is_not_what_the_board_saw(now: Release, met: Path) -> None:
    (first, second) = release.publications(met)
    late = replace(first, published_at=first.published_at.replace(year=first.published_at.year + 1))
    assert since.compared_with(now, now.areas[0], [late, second]) is None


@pytest.mark.parametrize(("known_to", "is_new"), [(date(2026, 6, 30), True), (date(2026, 7, 31), False)])
def test_a_signal_is_new_where_its_step_was_not_known_then(now: Release, known_to: date, is_new: bool) -> None:
    found = series.of(now, [now.definitions["reports_received"]], now.areas[0], "2026-Q3")["reports_received"]
    july = next(at for at, step in enumerate(found.steps) if step.period == "2026-07")
    points = [replace(point, signal="run" if at == july else None) for at, point in enumerate(found.judged.points)]
    over_time = {"reports_received": replace(found, judged=replace(found.judged, points=tuple(points)))}
    told = [each.step.period for each in since._signals(over_time, known_to)]
    assert told == (["2026-07"] if is_new else [])


def test_an_override_that_was_put_right_is_one_fewer_and_restates_its_quarter(corrected_later: Path) -> None:
    then, now = release.open(corrected_later, 1), release.open(corrected_later)
    found = since.of(now, then, now.areas[0])
    # its reason was a good record, which was then the reason of no override either
    assert [(each.definition.id, each.more) for each in found.happened] == [("K20", -1), ("K23", -1)]
    restated = [each for each in found.restated if each.now.definition.id == "K20"]
    assert [(each.then.n, each.now.n) for each in restated] == [(1, 0)]


def test_restated_are_quarters_that_had_ended_and_no_others(found: Since, then: Release) -> None:
    known_to = then.facts(then.areas[0]).snapshot_on
    assert found.restated
    for each in found.restated:
        assert each.now.period == each.then.period
        assert each.now.period_to <= known_to
        assert dict(each.now.states) != dict(each.then.states)


def test_notes_and_rebases_that_were_not_known_then_are_named(found: Since) -> None:
    assert [(each.register, each.agreed_by) for each in found.entries] == [
        ("notes", "Chair of the Board"),
        ("rebases", "Chair of the Board"),
    ]


def test_against_itself_nothing_is_different(now: Release) -> None:
    same = since.of(now, now, now.areas[0])
    assert not any((same.signals, same.happened, same.turned, same.restated, same.entries, same.redefined))


def test_the_first_publication_has_nothing_to_be_compared_with(now: Release) -> None:
    alone = since.of(now, None, now.areas[0])
    assert alone.then is None
    assert len(alone.entries) == 2


IN_TIME, WAITS = definition("safeguard_decided_in_time"), definition("time_to_decision")
SHARE, ONCE = definition("advice_sought"), definition("joint_advice_not_followed")


@pytest.mark.parametrize(
    ("of", "then", "now", "is_restated"),
    [
        (IN_TIME, {"met": 3, "too_recent": 2}, {"met": 4, "missed": 1}, False),
        (IN_TIME, {"met": 3, "too_recent": 2}, {"met": 3, "too_recent": 2}, False),
        (IN_TIME, {"met": 3, "missed": 2}, {"met": 4, "missed": 1}, True),
        (IN_TIME, {"met": 3}, {"met": 3, "missed": 1}, True),
        (IN_TIME, {"met": 3, "missed": 1}, {"met": 3, "too_recent": 1}, True),
        (IN_TIME, {"met": 3, "not_measurable": 1}, {"met": 4}, True),
        (WAITS, {"finished": 3, "running": 4}, {"finished": 6, "running": 1}, False),
        (WAITS, {"finished": 3, "running": 4}, {"finished": 3, "running": 3, "left": 1}, False),
        (WAITS, {"finished": 3, "running": 4}, {"finished": 2, "running": 5}, True),
        (SHARE, {"yes": 3, "no": 1}, {"yes": 4}, True),
        (ONCE, {"occurred": 1}, {"occurred": 1}, False),
        (ONCE, {"occurred": 1}, {"occurred": 2}, True),
    ],
)
def test_what_time_alone_changes_is_no_restatement(
    of: Definition, then: Mapping[str, int], now: Mapping[str, int], is_restated: bool
) -> None:
    def whole(states: Mapping[str, int]) -> dict[str, int]:
        return {state: states.get(state, 0) for state in of.states}

    assert since._is_restated(of, whole(then), whole(now)) == is_restated


def test_a_changed_definition_is_named_with_its_new_notes(now: Release) -> None:
    class Words:
        def __init__(self, definitions: dict[str, Definition]) -> None:
            self.definitions = definitions

    note = {"on": SHARE.changes[-1]["on"], "what": {"en": "Counts more.", "cy": "Yn cyfrif mwy."}}
    old: Any = Words({"a": SHARE, "b": ONCE})
    new: Any = Words({"a": replace(SHARE, changes=(*SHARE.changes, note)), "c": IN_TIME})
    told = [(each.definition.slug, each.how, each.what) for each in since._redefined(new, old)]
    assert told == [
        ("advice_sought", "changed", ({"en": "Counts more.", "cy": "Yn cyfrif mwy."},)),
        ("safeguard_decided_in_time", "new", tuple(each["what"] for each in IN_TIME.changes)),
        ("joint_advice_not_followed", "gone", ()),
    ]


# Limits that begin anew, from the register


def test_a_rebase_of_the_register_starts_limits_anew_and_says_what_would_be_without(now: Release) -> None:
    area = now.areas[0]
    found = series.of(now, [now.definitions["reports_received"]], area, period.ALL)["reports_received"]
    assert [each.on for each in found.rebases] == list(found.rebased_on)
    groups = [point.group for point in found.judged.points]
    first = next(at for at, step in enumerate(found.steps) if step.period_from == found.rebased_on[0])
    assert groups == [0] * first + [1] * (len(groups) - first)
    assert isinstance(found.without, OverTime)
    assert {point.group for point in found.without.points} == {0}
    assert [point.value for point in found.without.points] == [point.value for point in found.judged.points]


def test_a_rebase_concerns_its_measure_alone(now: Release) -> None:
    found = series.of(now, list(now.definitions.values()), now.areas[0], period.ALL)
    assert {slug for slug, each in found.items() if each.rebases} == {"reports_received"}


def test_a_rebase_that_no_step_follows_yet_waits(now: Release) -> None:
    area = now.areas[0]
    found = series.of(now, [now.definitions["reports_received"]], area, "2024-Q4")["reports_received"]
    assert found.rebases == found.waiting == ()  # it is of a later day than the period on show


def decided(now: Release, *entered: Entry) -> Release:
    changed = copy(now)
    changed.entries = entered
    return changed


def entry(register: Any, on: date, **state: Any) -> Entry:
    both = {"en": "x", "cy": "y"}
    agreed = {"agreed_by": "Chair", "agreed_on": on, **state}
    return Entry(1, register, on, "X06000001", "reports_received", both, both, "Analyst", on, **agreed)


@pytest.mark.parametrize(
    ("on", "is_fixed"), [(date(2025, 10, 1), True), (date(2024, 10, 1), True), (date(2024, 9, 1), False)]
)
def test_limits_stay_where_a_decision_has_points_enough_before_it(now: Release, on: date, is_fixed: bool) -> None:
    shown = decided(now, entry("fixings", on))
    found = series.of(shown, [now.definitions["reports_received"]], now.areas[0], period.ALL)["reports_received"]
    assert (found.fixed_by is not None) == is_fixed
    assert (found.without is not None) == is_fixed
    told = " ".join(
        verdicts.change(
            judgement.judge(figures.figure(shown, found.steps[0].definition, now.areas[0], "all"), found.judged),
            "en",
            found,
        )
    )
    assert ("The limits rest on what came before" in told) == is_fixed


@pytest.mark.parametrize("state", [{"agreed_on": None}, {"withdrawn_on": date(2026, 1, 1)}])
def test_a_decision_that_is_not_agreed_or_was_withdrawn_changes_no_limit(now: Release, state: dict[str, Any]) -> None:
    shown = decided(now, entry("rebases", date(2025, 1, 1), **state))
    found = series.of(shown, [now.definitions["reports_received"]], now.areas[0], period.ALL)["reports_received"]
    assert (found.rebases, found.without) == ((), None)
