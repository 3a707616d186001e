"""A chart draws the numbers of its figures and no others, and says in words what it shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations, pairwise, product
from pathlib import Path
from typing import Any

import pytest

from assurance import figures, release, sentence, survival, words
from assurance.figures import Figure
from assurance.indicator import Definition, Population
from assurance.intervals import wilson
from assurance.judgement import MIN_N
from assurance.release import Release
from assurance.words import LANGUAGES, Language
from pages.parts import bars, card, curves, dots, labels, look, pictures
from pages.parts.chart import Drawn
from tests.made import AREA, BEFORE, definition, duration, figure


def categories(breakdown: str, counts: Mapping[str, int], declared: Definition) -> list[Figure]:
    """A profile's figures, with a share where there are ten or more in all."""
    N = sum(counts.values())
    made = []
    for category, n in counts.items():
        low, high = wilson(n, N)
        share = {"value": 100 * n / N, "low": 100 * low, "high": 100 * high} if N >= MIN_N else {"withheld": "too_few"}
        place = {"breakdown": breakdown, "category": category, "definition": declared}
        made.append(figure("", {"known": n}, n=n, N=N, **place, **share))
    return made


@pytest.fixture(scope="module")
def opened(store: Path) -> Release:
    return release.open(store)


TWENTY = duration(finished={0: 5, 3: 5, 9: 2}, running={5: 2, 30: 6})
"""20 waiting before day 0, 15 before day 3, 10 before day 5, 8 before day 9."""
FORTY = duration(BEFORE, finished={1: 10, 4: 15, 12: 10}, left={2: 2}, running={40: 3})
LATE = {"not_due": 14, "late_30": 3, "late_over_30": 9, "no_deadline": 2, "not_measurable": 1}
STEPS = [
    figure("police_advice_followed", {"yes": yes, "no": no, "left": 3}, code)
    for code, yes, no in (("2025-Q2", 8, 1), ("2025-Q3", 5, 0), ("2025-Q4", 11, 4))
]
CHILDREN = replace(
    definition("children"),
    populations=(Population("has_aln", "Y", date(2020, 1, 1), None, 10.6, {"en": "Census", "cy": "Cyfrifiad"}),),
)
GROUPS = [
    ("Needs", categories("has_aln", {"Y": 11, "N": 13}, CHILDREN)),
    ("Looked after", categories("looked_after", {"Y": 2, "N": 6}, CHILDREN)),
    ("Sex", []),
]


def drawings(opened: Release, lang: Language, tokens: look.Tokens = look.LIGHT, present: bool = False) -> list[Drawn]:
    """Every kind of chart."""
    rest = (AREA, lang, tokens, present)
    return [
        curves.share_by_day(TWENTY, FORTY, *rest),
        curves.share_by_day(TWENTY, None, *rest),
        bars.by_state(figure("actions_overdue", LATE, N=28), *rest),
        bars.by_state(figure("open_cases", {"over_12_months": 2}, N=2), *rest),
        bars.diverging(STEPS, *rest),
        dots.profile(GROUPS, *rest, opened),
    ]


def curve(now: Figure, before: Figure | None = None) -> Drawn:
    return curves.share_by_day(now, before, AREA, "en", look.LIGHT, False)


def profile(opened: Release, groups: dots.Groups = GROUPS) -> Drawn:
    return dots.profile(groups, AREA, "en", look.LIGHT, False, opened)


def written(drawn: Drawn) -> list[str]:
    return [each.text for each in drawn.figure.layout.annotations]


def lines(drawn: Drawn, colour: str) -> list[Any]:
    return [each for each in drawn.figure.data if each.mode == "lines" and each.line.color == colour]


# Every chart


@pytest.mark.parametrize(("lang", "tokens"), product(LANGUAGES, (look.LIGHT, look.DARK)))
def test_a_chart_has_a_key_an_alternative_and_nothing_left_to_guess(
    opened: Release, lang: Language, tokens: look.Tokens
) -> None:
    for drawn in drawings(opened, lang, tokens):
        layout = drawn.figure.layout
        assert drawn.key.endswith(".") and drawn.alternative.endswith(".")
        assert layout.showlegend is False
        assert layout.xaxis.range and layout.yaxis.range
        assert not layout.xaxis.autorange and not layout.yaxis.autorange
        assert all(not each.textangle and not each.showarrow for each in layout.annotations)
        assert all(each.hoverinfo == "skip" or each.hovertemplate for each in drawn.figure.data)


def test_a_chart_grows_on_a_projector(opened: Release) -> None:
    for small, large in zip(drawings(opened, "en"), drawings(opened, "en", present=True), strict=True):
        assert large.figure.layout.font.size == pytest.approx(look.PRESENT_SCALE * small.figure.layout.font.size)
        assert large.figure.layout.height == pytest.approx(look.PRESENT_SCALE * small.figure.layout.height, abs=2)


def test_rows_are_as_tall_as_they_say(opened: Release) -> None:
    for drawn in drawings(opened, "en")[2:]:
        layout = drawn.figure.layout
        assert layout.height - layout.margin.t - layout.margin.b == layout.yaxis.range[0]


# Share by day


def test_a_line_stops_where_fewer_than_ten_are_waiting() -> None:
    (line,) = lines(curve(TWENTY), look.LIGHT.series)
    assert line.x == (0, 0, 3, 5)
    assert line.y == pytest.approx((0, 25, 50, 50))
    assert line.line.shape == "hv"


def test_the_band_is_the_curves_own() -> None:
    low, high = (each for each in curve(TWENTY, FORTY).figure.data if each.line.width == 0)
    whole = figures.curve(TWENTY)
    assert whole is not None
    assert low.y[1:] == pytest.approx([100 * each for each in whole.low[:3]])
    assert high.y[1:] == pytest.approx([100 * each for each in whole.high[:3]])
    assert high.fill == "tonexty" and high.fillcolor == look.LIGHT.band


def test_the_year_before_is_thinner_grey_and_named_at_its_end() -> None:
    drawn = curve(TWENTY, FORTY)
    (now,), (before,) = lines(drawn, look.LIGHT.series), lines(drawn, look.LIGHT.common)
    assert before.line.width < now.line.width
    assert drawn.figure.layout.xaxis.range == (0, max(before.x))
    colours = {each.text.replace("<br>", " "): each.font.color for each in drawn.figure.layout.annotations}
    assert colours["April 2025 to March 2026"] == look.LIGHT.series
    assert colours["April 2024 to March 2025"] == look.LIGHT.common
    assert "thin grey line: April 2024 to March 2025" in drawn.key


def test_a_year_before_with_fewer_than_ten_is_not_drawn() -> None:
    few = duration(BEFORE, finished={1: 5}, running={3: 4})
    assert curve(TWENTY, few).figure == curve(TWENTY).figure
    assert curves.milestones(TWENTY, few, "en") == curves.milestones(TWENTY, None, "en")


def test_fewer_than_ten_have_no_curve_and_no_shares_by_day() -> None:
    few = duration(finished={1: 5}, running={3: 4})
    with pytest.raises(ValueError, match="ten or more"):
        curve(few, FORTY)
    assert curves.milestones(few, FORTY, "en") == ([], [])


def test_half_is_marked_where_the_line_gets_there() -> None:
    (dot,) = (each for each in curve(TWENTY).figure.data if each.mode == "markers")
    assert (dot.x, dot.y, dot.marker.symbol) == ((3,), (50,), "circle")
    late = duration(finished={1: 4, 9: 8})  # half by day 9, for which only eight are waiting
    assert late.value == 9
    assert [each for each in curve(late).figure.data if each.mode == "markers"] == []


def test_the_alternative_says_the_shares_and_when_half_were_done() -> None:
    told = curve(TWENTY, FORTY).alternative
    assert "Northmoor. April 2025 to March 2026. Share done, of 20: 25% by day 0; 25% by day 1; 50% by day 3; " in told
    assert "Half were done by day 3." in told and "Half were done by day 4." in told
    slow = duration(finished={2: 3}, running={60: 12})
    assert "Half had not been done" in curve(slow).alternative


def test_the_table_has_the_share_its_interval_and_who_was_waiting() -> None:
    headers, rows = curves.milestones(TWENTY, FORTY, "en")
    assert [row[0] for row in rows] == ["By day 0", "By day 1", "By day 3", "By day 5"]
    assert [row[1] for row in rows] == ["25%", "25%", "50%", "50%"]
    assert [row[3] for row in rows] == ["20", "15", "15", "10"]
    assert [row[4] for row in rows] == ["0%", "25%", "25%", "63%"]
    assert all(len(row) == len(headers) for row in rows)
    assert headers[1].endswith("2026") and headers[4].endswith("2025")


def test_none_and_all_have_no_interval_by_day() -> None:
    rows = curves.milestones(duration(finished={1: 12}), None, "en")[1]
    assert [row[1:3] for row in rows] == [["0%", "–"], ["100%", "–"]]


@pytest.mark.parametrize("days", [1, 2, 5, 7, 30, 90, 400, 4000])
def test_the_marks_along_the_days_are_few_and_even(days: int) -> None:
    marks = curve(duration(finished={0: 5, days: 15})).figure.layout.xaxis.tickvals
    assert 2 <= len(marks) <= 7
    assert marks[0] == 0 and marks[-1] <= days
    assert len({after - before for before, after in pairwise(marks)}) == 1


def test_all_done_on_the_first_day_is_drawn() -> None:
    assert curve(duration(finished={0: 12})).figure.layout.xaxis.range == (0, 1)


# Labels at the lines' ends

RISING = survival.kaplan_meier([1, 5, 9, 20], [True] * 4, [20, 30, 30, 20])
LOWER = survival.kaplan_meier([1, 5, 9, 20, 20], [True] * 4 + [False], [10, 20, 20, 20, 30])
SHORT = survival.kaplan_meier([1, 3, 30], [True, True, False], [5, 5, 40]).drawn(40)
ENDING_LOW = survival.kaplan_meier([2, 20, 25], [True, True, False], [1, 2, 60]).drawn(60)


@pytest.mark.parametrize("pair", combinations((RISING, LOWER, SHORT, ENDING_LOW), 2))
@pytest.mark.parametrize("is_turned", [False, True])
def test_no_line_and_no_label_runs_through_a_label(pair: tuple[Any, Any], is_turned: bool) -> None:
    shown = pair[::-1] if is_turned else pair
    days = max(each.days[-1] for each in shown)
    one, other = labels.at_ends(shown, [100 * each.share[-1] for each in shown], days)
    assert not one.box.overlaps(other.box)
    assert [each for each in shown for label in (one, other) if label.box.is_crossed_by(each)] == []


def test_equal_lines_have_labels_side_by_side() -> None:
    one, other = labels.at_ends([RISING, RISING], [100, 100], 20)
    assert (one.xanchor, other.xanchor) == ("right", "left")


def test_a_box_knows_what_crosses_it() -> None:
    over_the_start, at_the_jump = labels.Box(0, 4, 25, 45), labels.Box(4, 6, 25, 45)
    assert not over_the_start.is_crossed_by(RISING)
    assert at_the_jump.is_crossed_by(RISING)
    assert not labels.Box(21, 30, 90, 110).is_crossed_by(RISING)


# States of a stock


def bars_of(drawn: Drawn) -> list[tuple[float, str]]:
    return [(each.x[0], each.marker.color) for each in drawn.figure.data]


def test_a_stock_is_a_bar_for_each_state_in_order_with_its_number() -> None:
    drawn = bars.by_state(figure("actions_overdue", LATE, N=28), AREA, "en", look.LIGHT, False)
    navy, orange = look.LIGHT.series, look.LIGHT.concern
    assert bars_of(drawn) == [(14, navy), (3, orange), (9, orange), (2, navy)]
    assert written(drawn) == [
        "Not yet due", "14", "Up to 30 days late", "3", "More than 30 days late", "9", "No deadline set", "2"
    ]  # fmt: skip
    assert drawn.figure.layout.xaxis.range == (0, 14)


def test_what_is_counted_is_bold_as_well_as_orange() -> None:
    drawn = bars.by_state(figure("actions_overdue", LATE, N=28), AREA, "en", look.LIGHT, False)
    bold = [each.text for each in drawn.figure.layout.annotations if each.font.weight == 700]
    assert bold == ["Up to 30 days late", "3", "More than 30 days late", "9"]
    assert drawn.key.endswith("bold, in orange: Up to 30 days late, More than 30 days late.")
    assert "In all 28: Not yet due: 14; Up to 30 days late: 3;" in drawn.alternative


# Advice and decision


def diverging(steps: Sequence[Figure] = STEPS) -> Drawn:
    return bars.diverging(steps, AREA, "en", look.LIGHT, False)


def test_less_protective_stands_left_of_the_middle_and_the_rest_right() -> None:
    drawn = diverging()
    assert bars_of(drawn) == [
        (end, colour)
        for no, yes in ((-1, 8), (0, 5), (-4, 11))
        for end, colour in ((no, look.LIGHT.concern), (yes, look.LIGHT.series))
    ]
    assert drawn.figure.layout.xaxis.range == (-11, 11)
    (line,) = drawn.figure.layout.shapes
    assert (line.x0, line.x1) == (0, 0)


def test_the_two_bars_of_a_row_stand_at_one_height() -> None:
    left, right = diverging().figure.data[:2]
    assert left.y == right.y
    assert left.offset == right.offset == (-left.width[0] / 2,)  # else the two would share the row's height


def test_each_side_is_named_once_with_its_total_and_each_bar_has_its_number() -> None:
    heads, rows = written(diverging())[:2], written(diverging())[2:]
    assert [each.replace("<br>", " ") for each in heads] == ["5 less protective", "24 followed or more protective"]
    assert rows == [
        "April to June 2025", "1", "8", "July to September 2025", "0", "5", "October to December 2025", "4", "11"
    ]  # fmt: skip


def test_what_stands_apart_is_in_the_key_and_not_in_the_picture() -> None:
    drawn = diverging()
    assert "in the table only: Not known, Left before, Not recorded" in drawn.key
    assert len(drawn.figure.data) == 2 * len(STEPS)
    assert "April to June 2025 1 less protective, 8 followed or more protective;" in drawn.alternative


def test_a_period_without_decisions_is_drawn() -> None:
    nothing = figure("police_advice_followed", {})
    assert diverging([nothing]).figure.layout.xaxis.range == (-1, 1)


# Profiles


def test_a_category_is_a_dot_with_its_interval_and_its_count(opened: Release) -> None:
    drawn, (yes, no) = profile(opened), GROUPS[0][1]
    (markers,) = (each for each in drawn.figure.data if each.mode == "markers")
    assert markers.x == (yes.value, no.value)
    assert markers.error_x.array == pytest.approx([each.high - each.value for each in (yes, no)])
    assert markers.error_x.arrayminus == pytest.approx([each.value - each.low for each in (yes, no)])
    assert {"Has additional learning needs", "11 of 24", "13 of 24"} <= set(written(drawn))


def test_fewer_than_ten_have_their_count_and_no_dot(opened: Release) -> None:
    drawn = profile(opened, GROUPS[1:])
    (markers,) = (each for each in drawn.figure.data if each.mode == "markers")
    assert markers.x == ()
    assert {"2 of 8", "6 of 8"} <= set(written(drawn))
    assert "%" not in drawn.alternative


def test_a_population_is_a_tick_with_its_percent(opened: Release) -> None:
    drawn = profile(opened)
    (tick,) = drawn.figure.layout.shapes
    assert tick.x0 == tick.x1 == 10.6 and tick.line.color == look.LIGHT.target
    assert "11% of pupils" in written(drawn)
    assert "upright mark: share of pupils" in drawn.key
    assert "Has additional learning needs: 11 of 24 (46%), 11% of pupils; None: 13 of 24 (54%)." in drawn.alternative
    assert "upright" not in profile(opened, GROUPS[1:]).key


def test_headings_are_bold_and_a_group_without_categories_has_none(opened: Release) -> None:
    bold = [each.text for each in profile(opened).figure.layout.annotations if each.font.weight == 700]
    assert bold == ["Needs", "Looked after"]


@pytest.mark.parametrize(("n", "reach"), [(1, 25), (10, 25), (25, 50), (60, 75), (80, 100), (100, 100)])
def test_the_axis_begins_at_nothing_and_holds_every_interval(opened: Release, n: int, reach: int) -> None:
    drawn = profile(opened, [("Sex", categories("sex", {"F": n, "M": 100 - n}, CHILDREN)[:1])])
    assert drawn.figure.layout.xaxis.tickvals[0] == 0
    assert drawn.figure.layout.xaxis.tickvals[-1] == reach


def test_a_long_name_has_two_lines_and_a_taller_row(opened: Release) -> None:
    split = categories("setting_type", {"PRU_EOTAS": 20, "FE": 30}, CHILDREN)
    drawn = profile(opened, [("Setting", split)])
    (two_lines,) = (each for each in written(drawn) if "<br>" in each)
    assert two_lines.replace("<br>", " ") == "Pupil referral unit or education other than at school"
    assert two_lines.replace("<br>", " ") in drawn.alternative
    short = profile(opened, [("Setting", split[1:] * 2)])
    assert drawn.figure.layout.height > short.figure.layout.height


def test_what_stands_at_the_left_edge_does_not_touch(opened: Release) -> None:
    for drawn in drawings(opened, "cy")[2:]:
        names = (each for each in drawn.figure.layout.annotations if each.xref == "paper" and each.x == 0)
        ends = sorted((each.y, each.y + 17 * len(each.text.split("<br>"))) for each in names)
        assert all(bottom <= top for (_, bottom), (top, _) in pairwise(ends))


# The sample


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_samples_children_are_drawn_with_the_names_of_the_release(opened: Release, lang: Language) -> None:
    (sheet,) = figures.sheets(opened, [opened.definitions["children"]], opened.areas[0], "all")
    groups = [(opened.breakdown(name).header[lang], split) for name, split in sheet.splits.items()]
    drawn = dots.profile(groups, opened.areas[0], lang, look.DARK, False, opened)
    shown = {
        opened.breakdown(name).labels[each.category][lang] for name, split in sheet.splits.items() for each in split
    }
    assert len(shown) > 3
    assert shown <= {each.replace("<br>", " ") for each in written(drawn)}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_samples_time_to_decision_is_drawn(opened: Release, lang: Language) -> None:
    whole = figures.figure(opened, opened.definitions["time_to_decision"], opened.areas[0], "all")
    drawn = curves.share_by_day(whole, None, opened.areas[0], lang, look.DARK, False)
    (line,) = lines(drawn, look.DARK.series)
    assert line.x[-1] > 0 and 0 < line.y[-1] <= 100
    assert len(curves.milestones(whole, None, lang)[1]) > 1


# What a mark, a part of a period and a small profile say


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_key_names_the_marks_that_are_drawn_and_no_others(lang: Language) -> None:
    steps = [figure("actions_done_in_time", {"met": 3, "missed": 1, "cancelled": 1, "no_deadline": 2})]
    key = pictures._key_of_marks(steps, lang)
    assert definition("actions_done_in_time").counts[lang] in key
    for state in ("met", "missed", "cancelled", "no_deadline"):
        assert words.say(lang, f"figures.state_{state}") in key
    for state in ("too_recent", "not_measurable", "superseded"):
        assert words.say(lang, f"figures.state_{state}") not in key
    assert "{" not in key


@pytest.mark.parametrize(
    ("known_to", "says"),
    [
        (date(2025, 7, 31), "April 2025 – July 2025, so far"),
        (date(2026, 3, 31), "April 2025 to March 2026"),
        (date(2025, 3, 1), "April 2025 to March 2026"),
        (None, "April 2025 to March 2026"),
    ],
)
def test_a_period_that_the_data_reaches_in_part_says_so(known_to: date | None, says: str) -> None:
    assert sentence.period_of(figure("advice_sought", {}, known_to=known_to), "en") == says


def test_a_profile_of_fewer_than_ten_has_tables_and_no_chart(store: Path) -> None:
    shown = release.open(store)
    area, reasons = shown.areas[0], shown.definitions["override_reasons"]
    (sheet,) = figures.sheets(shown, [reasons], area, "all")
    assert sheet.whole.n and sheet.whole.n < MIN_N
    assert pictures._of_kind(shown, area, sheet, "en", look.LIGHT, False) is None
    assert "<details class='fold' open>" in "".join(card.tables(shown, area, sheet, "en"))
