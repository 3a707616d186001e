"""The pictures of a judgement draw its points and limits, never a limit that cannot be, and say the same in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import plotly.graph_objects as go
import pytest

from assurance import release, sentence, series, verdicts
from assurance.indicator import Definition
from assurance.judgement import Judgement, OverTime, over_time
from assurance.release import Release
from assurance.series import Series
from assurance.words import LANGUAGES, Language
from pages.parts import changes, finding, gaps, limits, look, pictures, spark, trends
from tests.made import AREA, definition, figure

QUARTERS = [f"{2020 + at // 4}-Q{at % 4 + 1}" for at in range(16)]
WIDE = [98.0, 60.0] * 7


def steps(slug: str, values: Sequence[float]) -> list[Any]:
    made = []
    for at, (code, value) in enumerate(zip(QUARTERS, values)):
        begins = date(2020 + at // 4, 1 + at % 4 * 3, 1)
        place = {"period_from": begins, "period_to": begins, "n": round(value / 4), "N": 25, "value": value}
        made.append(figure(slug, {"yes": round(value / 4)}, code, **place))
    return made


def over(slug: str, values: Sequence[float], better: Any = "higher", **given: Any) -> Series:
    return Series(tuple(steps(slug, values)), over_time(values, is_share=True, better=better, **given))


def drawn(found: Series, lang: Language = "en", present: bool = False) -> Any:
    return limits.xmr(found, ["Told."], AREA, lang, look.LIGHT, present)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_number_of_the_chart_can_be_and_every_point_is_drawn(lang: Language) -> None:
    picture = drawn(over("advice_sought", WIDE), lang).figure
    heights = [y for trace in picture.data for y in trace.y if y is not None]
    assert 0 <= min(heights) <= max(heights) <= 100
    assert tuple(picture.data[-1].y) == tuple(WIDE)
    assert picture.layout.yaxis.range[0] == 0


def test_a_signal_is_told_by_shape_and_colour() -> None:
    picture = drawn(over("advice_sought", [*[58.0, 68.0] * 6, 99.0])).figure
    marker = picture.data[-1].marker
    assert (marker.symbol[-1], marker.color[-1]) == ("square", look.LIGHT.improving)
    assert set(marker.symbol[:-1]) == {"circle"}
    worse = drawn(over("advice_sought", [*[58.0, 68.0] * 6, 15.0])).figure.data[-1].marker
    assert (worse.symbol[-1], worse.color[-1]) == ("diamond", look.LIGHT.concern)


@pytest.mark.parametrize("present", [False, True])
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("values", [WIDE, [60.0, 64.0] * 7, [99.0, 100.0] * 7, [1.0, 0.0] * 7])
def test_the_words_at_the_edge_do_not_touch_and_have_room(
    values: Sequence[float], lang: Language, present: bool
) -> None:
    picture = drawn(over("advice_sought", values), lang, present).figure
    scale, layout = look.scale(present), picture.layout
    low, high = layout.yaxis.range
    pixels = (layout.height - layout.margin.t - layout.margin.b) / (high - low)
    edge = [each for each in layout.annotations if each.x == 1]
    places = sorted(each.y * pixels for each in edge)
    assert len(edge) == 4
    assert all(later - earlier >= 13.5 * scale for earlier, later in pairwise(places))
    assert max(len(each.text) for each in edge) * 7 * scale < layout.margin.r


def test_the_target_is_a_step_line_as_it_was_and_a_benchmark_is_drawn_otherwise() -> None:
    made = steps("advice_sought", WIDE)
    declared = made[0].definition
    early, late = (
        replace(declared.targets[0], since=date(year, 1, 1), percent=n) for year, n in ((2020, 80), (2022, 90))
    )
    with_targets = replace(declared, targets=(early, late))
    found = Series(
        tuple(replace(each, definition=with_targets) for each in made), over_time(WIDE, is_share=True, better="higher")
    )
    line = next(trace for trace in drawn(found).figure.data if trace.line.dash == "dash")
    assert line.line.shape == "hvh"
    assert tuple(line.y) == (80,) * 8 + (90,) * 6
    as_benchmark = replace(declared, targets=(replace(early, basis="benchmark"),))
    found = replace(found, steps=tuple(replace(each, definition=as_benchmark) for each in made))
    picture = drawn(found).figure
    assert {trace.line.dash for trace in picture.data} & {"dash", "dot"} == {"dot"}
    assert any(each.text.startswith("Benchmark") for each in picture.layout.annotations)
    assert not any(each.text.startswith("Target") for each in picture.layout.annotations)


def test_without_limits_there_is_no_such_chart() -> None:
    with pytest.raises(ValueError, match="limits"):
        drawn(over("advice_sought", WIDE[:5]))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_table_behind_the_chart_has_every_point_its_limits_and_the_rule(lang: Language) -> None:
    found = over("advice_sought", [*[58.0, 68.0] * 6, 99.0])
    headers, rows = limits.points(found, lang)
    assert len(rows) == 13
    assert all(len(row) == len(headers) for row in rows)
    assert rows[-1][1] == verdicts.amount(found, 99, lang)
    assert rows[-1][-1] not in ("–", "")
    assert rows[0][-1] == "–"


def test_the_alternative_text_says_what_was_judged_and_what_is_usual() -> None:
    told = drawn(over("advice_sought", [60.0, 64.0] * 7)).alternative
    assert "Told." in told
    assert "64%" in told
    assert "The average quarter has 62%" in told


# Rare events


def days(n: int, apart: int = 30) -> list[date]:
    return [date(2020, 1, 1) + timedelta(days=at * apart + at % 3) for at in range(n)]


def rare(n: int, until: date = date(2026, 9, 30), lang: Language = "en") -> Any:
    return gaps.drawn(definition("joint_advice_not_followed"), days(n), until, AREA, lang, look.LIGHT, False)


def test_hardly_any_events_have_no_picture() -> None:
    assert rare(3) is None
    assert rare(4) is not None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_limits_come_with_twenty_and_their_lack_is_said(lang: Language) -> None:
    few, many = rare(19, lang=lang), rare(20, lang=lang)
    assert [len(each.figure.layout.annotations) for each in (few, many)] == [0, 2]
    assert few.key != many.key
    assert not any(trace.fill for trace in few.figure.data)


def test_every_gap_is_a_mark_and_the_open_one_is_hollow() -> None:
    marks = rare(6, date(2020, 12, 31)).figure.data[-1]
    assert len(marks.x) == 6
    assert list(marks.marker.symbol)[-1] == "circle-open"
    assert marks.y[-1] == (date(2020, 12, 31) - days(6)[-1]).days
    _, rows = gaps.table(days(6), date(2020, 12, 31), "en")
    assert [int(row[1]) for row in rows] == list(marks.y)


# At a glance


def test_the_small_picture_has_the_band_target_and_signals_of_the_large_one() -> None:
    found = over("advice_sought", [*[58.0, 68.0] * 6, 99.0])
    picture, says = trends.of(None, AREA, found.steps[-1], found, None, "en")  # type: ignore[arg-type]
    svg = unquote(picture)
    assert svg.count("<rect class='band'") == 1
    assert "<rect class='improving'" in svg
    assert "class='target' d=" in svg
    assert "quarter" in says


def test_what_cannot_be_drawn_says_so() -> None:
    withheld = figure("advice_sought", {}, withheld="not_supplied")
    assert trends.of(None, AREA, withheld, None, None, "en") == ("", "Too few each quarter to draw")  # type: ignore[arg-type]
    assert trends.of(None, AREA, withheld, None, (days(2), date(2026, 1, 1)), "en")[0] == ""  # type: ignore[arg-type]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_finding_has_words_with_its_icon_and_says_when_limits_are_provisional(lang: Language) -> None:
    step = figure("advice_sought", {"yes": 11, "no": 14}, n=11, N=25)
    found = Series((step,), OverTime((), "getting_worse", is_trial=True))
    told = finding.change(Judgement("xmr", "getting_worse", "will_miss", "run"), found, lang)
    assert told.icon == "concern"
    assert told.words
    assert told.detail
    assert finding.against_target(Judgement("xmr", "no_change", "hit_or_miss"), step, lang).icon == "hit_or_miss"


# On real data


def test_a_verdict_can_be_traced_to_its_method_points_limits_target_and_definition(northmoor: Path) -> None:
    shown: Release = release.open(northmoor)
    wanted, area = shown.definitions["advice_sought"], shown.areas[0]
    over_time_of = series.of(shown, [wanted], area, "2026-27")["advice_sought"]
    told = changes.of(shown, area, over_time_of.steps[-1], over_time_of, "en")
    trace = "".join(told.trace)
    for part in (
        "XmR chart",
        "The average quarter has",
        "Target: 100%",
        "Every point, with its limits",
        "Definition K21",
    ):
        assert part in trace
    assert trace.count('<tr role="row">') == 1 + len(over_time_of.steps)


def test_higher_and_lower_are_triangles_in_the_small_picture_too() -> None:
    up, down = (unquote(spark.trend([1, 2, 3], marks=["common", "common", mark])) for mark in ("higher", "lower"))
    assert "<path class='neutral'" in up and "<path class='neutral'" in down
    assert up != down
    assert "<circle" not in up


# A target that changed


def changed_target(slug: str = "advice_sought", basis: str = "local") -> Definition:
    own = definition(slug)
    (one,) = own.targets[-1:]
    first = replace(one, since=date(2004, 1, 1), percent=60, basis=basis)
    return replace(own, targets=(first, replace(one, since=date(2022, 1, 1), percent=80, basis=basis)))


def test_a_target_is_a_step_line_in_every_picture() -> None:
    made = [replace(each, definition=changed_target()) for each in steps("advice_sought", WIDE)]
    picture = limits.xmr(replace(over("advice_sought", WIDE), steps=tuple(made)), [], AREA, "en", look.LIGHT, False)
    line = next(each for each in picture.figure.data if each.line.dash == "dash")
    assert list(line.y) == [60.0] * 8 + [80.0] * 6
    assert line.line.shape == "hvh"
    small = unquote(spark.trend(WIDE, **trends._aims(made)))
    assert small.count("class='target'") == 1
    path = re.search(r"class='target' d='([^']*)'", small)
    assert path is not None and len(set(re.findall(r"[V ]([\d.]+)H", path[1]))) == 2
    shares = go.Figure()
    pictures._target(shares, made, "en", look.LIGHT)
    assert [(each.x0, each.y1) for each in shares.layout.shapes] == [(60, 7.5), (80, 13.5)]


def test_a_benchmark_is_drawn_and_worded_as_none() -> None:
    made = [replace(each, definition=changed_target(basis="benchmark")) for each in steps("advice_sought", WIDE)]
    picture = limits.xmr(replace(over("advice_sought", WIDE), steps=tuple(made)), [], AREA, "en", look.LIGHT, False)
    assert [each.line.dash for each in picture.figure.data if each.line.dash] == ["dot"]
    assert "Benchmark" in " ".join(each.text for each in picture.figure.layout.annotations)
    assert "benchmark" in picture.key and "target." not in picture.key.replace("no target.", "")
    small = unquote(spark.trend(WIDE, **trends._aims(made)))
    assert "class='benchmark'" in small and "class='target'" not in small


def test_every_target_of_the_period_is_told_with_its_basis_and_source() -> None:
    own = replace(figure("advice_sought", {"yes": 9, "no": 3}), definition=changed_target())
    whole = replace(own, period_from=date(2021, 4, 1), period_to=date(2022, 3, 31))
    told = sentence.targets(whole, "en")
    assert ["60%" in told[0], "80%" in told[1]] == [True, True]
    assert all("a local standard" in each and whole.definition.targets[0].source["en"] in each for each in told)
    later = replace(own, period_from=date(2023, 4, 1), period_to=date(2024, 3, 31))
    assert len(sentence.targets(later, "en")) == 1
