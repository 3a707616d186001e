"""Text that looks like a way to find a person is told from text that only speaks of work."""

from __future__ import annotations

import pytest

from assurance.identifiers import found


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Write to someone.else@example.org about it", "email"),
        ("Call 01234 567890", "telephone"),
        ("Call +44 7700 900 123 after four", "telephone"),
        ("QQ is no prefix but AB 12 34 56 C is a form", "national_insurance"),
        ("Lives near SA1 3SN", "postcode"),
        ("sa13sn", "postcode"),
        ("943 476 5919", "nhs_number"),
        ("Mrs Jones said so", "titled_name"),
        ("Dr. Ahmed", "titled_name"),
        ("born in spring", "birth_date"),
    ],
)
def test_a_way_to_find_a_person_is_seen(text: str, kind: str) -> None:
    assert kind in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "The duty rota began on 1 April 2025; see minute 14 of the Board.",
        "K21 rose from 60 to 85 in 2025-26.",
        "9434765918 has no valid check digit",
        "Release 3275b87, case reference 12345",
        "Dechreuodd y rota newydd; gweler cofnod 4.",
        "",
    ],
)
def test_text_about_work_is_let_through(text: str) -> None:
    assert found(text) == []
