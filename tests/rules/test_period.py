"""Period codes: one code for each period, and each language's own words for it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assurance import period

DAYS = st.dates(date(1990, 1, 1), date(2098, 12, 31))


@pytest.mark.parametrize(
    ("code", "first", "last", "en", "cy"),
    [
        ("2026-07", date(2026, 7, 1), date(2026, 7, 1), "July 2026", "Gorffennaf 2026"),
        ("2026-Q1", date(2026, 1, 1), date(2026, 3, 1), "January to March 2026", "Ionawr i Fawrth 2026"),
        ("2026-Q2", date(2026, 4, 1), date(2026, 6, 1), "April to June 2026", "Ebrill i Fehefin 2026"),
        ("2026-Q3", date(2026, 7, 1), date(2026, 9, 1), "July to September 2026", "Gorffennaf i Fedi 2026"),
        ("2026-Q4", date(2026, 10, 1), date(2026, 12, 1), "October to December 2026", "Hydref i Ragfyr 2026"),
        ("2025-26", date(2025, 4, 1), date(2026, 3, 1), "April 2025 to March 2026", "Ebrill 2025 i Fawrth 2026"),
        ("1999-00", date(1999, 4, 1), date(2000, 3, 1), "April 1999 to March 2000", "Ebrill 1999 i Fawrth 2000"),
        ("2011-2012", date(2011, 4, 1), date(2012, 3, 1), "April 2011 to March 2012", "Ebrill 2011 i Fawrth 2012"),
        ("2011-12", date(2011, 12, 1), date(2011, 12, 1), "December 2011", "Rhagfyr 2011"),
        ("r12-2026-09", date(2025, 10, 1), date(2026, 9, 1), "Year to September 2026",
         "Y flwyddyn hyd at fis Medi 2026"),
        ("r12-2026-12", date(2026, 1, 1), date(2026, 12, 1), "Year to December 2026",
         "Y flwyddyn hyd at fis Rhagfyr 2026"),
        ("all", date(1, 1, 1), date(9999, 12, 1), "All periods", "Pob cyfnod"),
    ],
)  # fmt: skip
def test_a_code_covers_its_months_and_is_said_in_both_languages(
    code: str, first: date, last: date, en: str, cy: str
) -> None:
    assert period.parse(code) == (first, last)
    assert (period.label(code, "en"), period.label(code, "cy")) == (en, cy)


@pytest.mark.parametrize(
    "code",
    ["", "2026", "2026-13", "2026-00", "2026-Q0", "2026-Q5", "2025-27", "2025-2026", "2010-2012", "2026-07\n",
     "r12-2026", "r12-2026-13", "ALL", "٢٠٢٦-07", "0000-07", "2026-7", "9999-00", "r12-0001-06", "2026-07-01"],
)  # fmt: skip
def test_any_other_code_is_refused(code: str) -> None:
    with pytest.raises(ValueError):
        period.parse(code)


@given(DAYS)
def test_every_day_falls_inside_the_periods_it_is_given(day: date) -> None:
    start = day.replace(day=1)
    for code in (period.month(day), period.quarter(day), period.financial_year(day)):
        first, last = period.parse(code)
        assert first <= start <= last


@given(DAYS, DAYS)
def test_two_different_periods_never_share_a_code(one: date, other: date) -> None:
    for name in (period.month, period.quarter, period.financial_year):
        same = period.parse(name(one)) == period.parse(name(other))
        assert (name(one) == name(other)) == same
    assert period.month(one) != period.financial_year(other)


@given(DAYS)
def test_the_financial_year_turns_on_the_first_of_april(day: date) -> None:
    turns = period.financial_year(day) != period.financial_year(day + timedelta(days=1))
    assert turns == ((day.month, day.day) == (3, 31))
