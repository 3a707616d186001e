"""What the pages say of how often a verdict is wrong is what services that do not change give."""

from __future__ import annotations

import pytest

from assurance.words import LANGUAGES, Language, say
from benchmarks import false_verdicts
from benchmarks.false_verdicts import Service


@pytest.mark.parametrize(
    ("service", "volume", "share"),
    [
        (false_verdicts.counts_by_month, 9, 1 / 6),
        (false_verdicts.counts_by_month, 20, 1 / 6),
        (false_verdicts.shares_by_quarter, 20, 1 / 20),
        (false_verdicts.speed_against_the_year_before, 9, 1 / 20),
    ],
)
def test_a_service_that_does_not_change_is_said_to_in_about_the_share_of_years_that_is_said(
    service: Service, volume: float, share: float
) -> None:
    judged, wrong = false_verdicts.wrong(service, volume, 400)
    spread = 3 * (share * (1 - share) / judged) ** 0.5
    assert abs(wrong / judged - share) < spread + 0.01


def test_few_cases_a_quarter_are_hardly_ever_judged() -> None:
    judged, _ = false_verdicts.wrong(false_verdicts.shares_by_quarter, 4, 400)
    assert judged < 20


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_pages_say_so_where_a_verdict_rests_on_its_method(lang: Language) -> None:
    six, twenty = {"en": ("of six", "of twenty"), "cy": ("o bob chwech", "o bob ugain")}[lang]
    assert six in say(lang, "judgement.method_xmr") and twenty in say(lang, "judgement.method_xmr")
    assert twenty in say(lang, "judgement.method_log_rank")
