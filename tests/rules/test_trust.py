"""A figure is withheld where its data lacks, and says who stands behind it; silence is told from never having sent."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from assurance import comparison, figures, period, sentence, series, trust
from assurance.figures import Figure
from assurance.judgement import judge
from assurance.release import Area, AreaFacts
from assurance.trust import Agreement
from assurance.words import LANGUAGES, Language, long_date
from pipelines import history
from pipelines.history import Load
from tests.made import definition, duration, figure
from tests.rules.test_figures import DEFINITIONS, SNAPSHOT, Counted, counted, here

LAST = date(2026, 8, 31)
"""The day of what human resources last sent; the data goes to 30 September 2026."""


class Doubtful(Counted):
    """A release of one area of which something lacks."""

    known = AreaFacts(SNAPSHOT, 0, 0, frozenset(), {}, silent={"HR": LAST})

    def facts(self, _: Area) -> AreaFacts:
        return self.known


def doubtful(slug: str, items: list[dict[str, Any]], facts: AreaFacts = Doubtful.known) -> Doubtful:
    made = Doubtful(counted(DEFINITIONS[slug], items).warehouse)
    made.known = facts
    return made


def of(slug: str, items: list[dict[str, Any]], code: str, facts: AreaFacts = Doubtful.known) -> Figure:
    opened: Any = doubtful(slug, items, facts)
    return figures.figure(opened, DEFINITIONS[slug], here("one"), code)


DECIDED = [
    {"started_on": day, "stopped_on": day + timedelta(days=2)}
    for month in (8, 9)
    for day in (date(2026, month, each) for each in range(1, 13))
]


def test_a_figure_is_withheld_from_the_day_on_which_a_service_it_needs_fell_silent() -> None:
    august, september = (of("time_to_decision", DECIDED, code) for code in ("2026-08", "2026-09"))
    assert (august.value, august.withheld) == (2, None)
    assert (september.value, september.withheld, september.n, september.N) == (None, "service_missing", 12, 12)
    assert figures.curve(september) is None  # nothing to draw as if it were whole
    assert september.silent == {"HR": LAST}


@pytest.mark.parametrize("code", ["2026-Q3", "2026-27", "all"])
def test_a_longer_period_that_reaches_beyond_the_silence_is_withheld_too(code: str) -> None:
    assert of("time_to_decision", DECIDED, code).withheld == "service_missing"


def test_what_does_not_need_the_service_is_shown() -> None:
    received = [{"occurred_on": date(2026, 9, 4)}] * 12
    assert of("reports_received", received, "2026-09").withheld is None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_has_to_be_explained_still_has_to_be_and_none_known_is_not_none_found(lang: Language) -> None:
    one = of("joint_advice_not_followed", [{"occurred_on": date(2026, 9, 4)}], "2026-09")
    none = of("joint_advice_not_followed", [{"occurred_on": date(2026, 8, 4)}], "2026-09")
    assert (one.value, one.verdict, one.n) == (None, "explain_each", 1)
    assert (none.verdict, none.n) == (None, 0)
    found = [judge(each) for each in (one, none)]
    assert [each.variation for each in found] == ["withheld"] * 2
    assert [each.assurance for each in found] == ["explain_each", None]
    assert all(each.is_worth_asking for each in found)
    nothing = none.definition.answer["none"][lang]
    assert nothing not in sentence.answer(none, lang)
    for each in (one, none):
        assert long_date(lang, LAST) in sentence.answer(each, lang)
        assert sentence.services(["HR"], lang) in sentence.answer(each, lang)
        assert sentence.value(each, lang) == "–"
        assert sentence.step_of(each, lang) != sentence.period_of(each, lang)


def test_a_series_keeps_what_came_before_and_says_nothing_of_now() -> None:
    share = definition("advice_sought")
    months = [f"2025-{month:02}" for month in range(1, 13)] + ["2026-01", "2026-02"]
    steps = [
        figure(share.slug, {}, code, value=80.0 + at % 2, n=80, N=100, period_from=period.parse(code)[0])
        for at, code in enumerate(months)
    ]
    release: Any = doubtful(share.slug, [{"counted_on": LAST, "is_met": True}])
    release.entries = ()
    whole = series._series(release, share, here("one"), steps, ())
    assert whole.judged.variation == "no_change"
    steps[-1] = replace(steps[-1], value=None, withheld="service_missing", silent={"POLICE": LAST})
    held = series._series(release, share, here("one"), steps, ())
    assert (held.judged.variation, held.judged.assurance, held.judged.rule) == ("withheld", None, None)
    assert held.judged.has_limits
    assert held.judged.points[-1].value is None


def test_a_withheld_year_is_not_compared_with() -> None:
    slower, quick = duration(finished={9: 30}), duration("2024-25", finished={1: 30})
    assert judge(slower, before=quick).variation == "getting_worse"
    assert judge(slower, before=replace(quick, withheld="service_missing")).variation == "too_early"


def test_an_authority_whose_figure_is_withheld_has_no_place_among_the_others() -> None:
    class Region:
        areas = tuple(Area(code, {}, (code,)) for code in "ABCDEF")
        areas = (*areas, Area("R", {}, tuple("ABCDEF")))

        def area(self, code: str) -> Area:
            return next(each for each in self.areas if each.code == code)

    region: Any = Region()
    made = {code: figure("advice_sought", {"yes": 15, "no": 5}, n=15, N=20, value=75.0) for code in "ABCDEF"}
    made["A"] = replace(made["A"], value=None, withheld="service_missing")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(figures, "figure", lambda _release, _definition, area, _code: made[area.code])
        found = comparison.of(region, definition("advice_sought"), region.area("B"), "all")
    assert found.place(region.area("A")) is None
    assert found.place(region.area("B")) is not None


@pytest.mark.parametrize(("quarantined", "withheld"), [(10, None), (11, "data_quality")])
def test_a_figure_is_withheld_where_more_than_a_tenth_of_a_tables_rows_failed(quarantined: int, withheld: str) -> None:
    facts = AreaFacts(SNAPSHOT, 0, 0, frozenset(), {"decisions": quarantined}, read={"decisions": 100, "cases": 50})
    found = of("time_to_decision", DECIDED, "2026-09", facts)
    assert found.withheld == withheld
    assert of("reports_received", [{"occurred_on": LAST}] * 12, "2026-08", facts).withheld is None


# Who stands behind a figure


def test_examined_files_come_first_then_lists_that_agree_and_else_the_lead_service_stands_alone() -> None:
    fixed = definition("outcome_fixed")
    assert fixed.assured_by == ("outcome", "file_audits")
    assert trust.line(fixed, True, ()) == "independently_checked"
    assert trust.line(fixed, False, ["outcome", "received"]) == "reconciled"
    assert trust.line(fixed, False, ["received"]) == "self_reported"
    assert trust.line(definition("actions_overdue"), True, ["outcome"]) == "self_reported"


@pytest.mark.parametrize(
    ("audits", "closed", "examined"),
    [
        ({"Y": 8, "N": 2}, 100, True),
        ({"Y": 7, "N": 3}, 100, False),  # too many disagree
        ({"Y": 9}, 100, False),  # fewer than a tenth
        ({"Y": 5}, 20, True),
        ({"Y": 4}, 4, False),  # fewer than five
        ({"U": 20}, 20, False),  # nobody said whether they agree
        ({}, 0, False),
    ],
)
def test_files_are_examined_if_enough_were_and_most_agree(audits: dict[str, int], closed: int, examined: bool) -> None:
    assert trust.are_examined(Counter(audits), closed) is examined


def agreement(agrees: int, differs: int, service_only: int = 0) -> Agreement:
    aspects = {each: Counter[str]() for each in trust.COMPARED}
    aspects["outcome"].update(agrees=agrees, differs=differs, not_stated=50)
    return Agreement("SS", agrees + differs + 50, 3, service_only, aspects)


def test_lists_agree_on_what_they_state_and_only_on_cases_enough() -> None:
    assert trust.agree([agreement(60, 0), agreement(35, 5)], "outcome")
    assert not trust.agree([agreement(94, 6)], "outcome")
    assert not trust.agree([agreement(9, 0)], "outcome")
    assert trust.agree([agreement(90, 0, 7)], "held_by")
    assert not trust.agree([agreement(90, 0, 8)], "held_by")


# Who was heard of


def load(service: str, day: date, *includes: str, lists: tuple[str, ...] = (), is_in_force: bool = True) -> Load:
    return Load(f"{service}{day}", "A", service, day, frozenset({service, *includes}), frozenset(lists), is_in_force)


def states(*loads: Load) -> dict[str, tuple[str, date | None]]:
    return {each.service: (each.state, each.last and each.last.snapshot_on) for each in history.heard(loads)}


SEPTEMBER = date(2026, 9, 30)


def test_a_service_that_was_in_an_earlier_extract_and_is_not_in_this_one_is_silent() -> None:
    found = states(load("LEAD", LAST, "SS", "HR", is_in_force=False), load("LEAD", SEPTEMBER, "SS"))
    assert found["HR"] == ("silent", LAST)
    assert found["SS"] == ("sent", SEPTEMBER)
    assert found["POLICE"] == ("never", None)


def test_a_service_that_sends_an_extract_of_its_own_may_be_a_month_behind() -> None:
    lead = load("LEAD", SEPTEMBER)
    assert states(load("HR", SEPTEMBER - timedelta(days=31)), lead)["HR"][0] == "sent"
    assert states(load("HR", SEPTEMBER - timedelta(days=32)), lead)["HR"][0] == "silent"


def test_a_service_is_not_heard_of_by_the_lead_service_saying_so() -> None:
    before = load("LEAD", LAST, "HR", "SS", lists=("HR",), is_in_force=False)
    found = states(before, load("LEAD", SEPTEMBER, "HR", "SS"))
    assert found["HR"] == ("silent", LAST)
    assert found["SS"] == ("sent", SEPTEMBER)  # it never had rows of its own


def test_the_day_of_an_area_is_the_lead_services() -> None:
    found = states(load("POLICE", SEPTEMBER + timedelta(days=20)), load("LEAD", LAST, "HR"))
    assert found["HR"] == ("sent", LAST)
