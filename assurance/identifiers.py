"""What looks like a way to find a person, in text that somebody typed.

Knows forms: addresses, numbers, a title before a name, words of birth. Refuses to say what it found, only of which kind
it is. A name alone has no form: people are asked to write roles, and what they write stays in the restricted product.
"""

from __future__ import annotations

import re
from typing import Final, Literal

Identifier = Literal["email", "telephone", "national_insurance", "nhs_number", "postcode", "titled_name", "birth_date"]

_FORMS: Final[dict[Identifier, re.Pattern[str]]] = {
    "email": re.compile(r"[^\s@]+@[^\s@]+\.\w{2,}"),
    "telephone": re.compile(r"(?<!\d)(?:\+44|0)(?:[\s().-]*\d){9,10}(?!\d)"),
    "national_insurance": re.compile(r"\b[A-CEGHJ-PR-TW-Z]{2}\s?(?:\d\s?){6}[A-D]\b", re.I),
    "postcode": re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[ABD-HJLNP-UW-Z]{2}\b", re.I),
    "titled_name": re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Sir|Mstr|Y Parch|Rev|Bnr|Mnr)\b\.?\s+[^\W\d_]"),
    "birth_date": re.compile(r"\b(?:born|birth|dob|d\.o\.b|ganwyd|geni)\b", re.I),
}
_TEN_DIGITS: Final = re.compile(r"(?<!\d)(?:\d[\s-]?){9}\d(?!\d)")
_NHS_WEIGHTS: Final = range(10, 1, -1)


def found(text: str) -> list[Identifier]:
    """The kinds of identifier that ``text`` seems to hold, in a fixed order; empty where it seems to hold none."""
    kinds: list[Identifier] = [kind for kind, form in _FORMS.items() if form.search(text)]
    if any(_is_nhs_number(each) for each in _TEN_DIGITS.findall(text)):
        kinds.append("nhs_number")
    return kinds


def _is_nhs_number(text: str) -> bool:
    """Whether ten digits end with the check digit of the NHS Data Dictionary (modulus 11)."""
    *digits, check = (int(each) for each in text if each.isdigit())
    remainder = 11 - sum(weight * digit for weight, digit in zip(_NHS_WEIGHTS, digits, strict=True)) % 11
    return remainder % 11 == check
