"""What looks like a way to find a person: in text that somebody typed, in a header, in a column of cells.

Knows forms: addresses, numbers, a title before a name, words of birth; and which names are common. Refuses to say what
it found, only of which kind it is and where. In typed text a name alone has no form: people are asked to write roles,
and what they write stays in the restricted product. In a column many names have one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from assurance.headers import Identifier, of_header
from assurance.names import is_full_name, is_one_name, is_shaped

__all__ = ["Hit", "Identifier", "found", "of_column", "of_header"]

Typed = Literal["email", "telephone", "national_insurance", "nhs_number", "postcode", "titled_name", "birth_date"]

_WELSH_COUNTIES: Final = r"(?!(?:Benfro|Ddinbych|y Fflint|Fynwy|G[aâ]r|Gaerfyrddin|Gaernarfon|F[oô]n|Feirionnydd)\b)"
"""Pembrokeshire is Sir Benfro: no knight."""

_FORMS: Final[dict[Typed, re.Pattern[str]]] = {
    "email": re.compile(r"(?<![^\s@])[^\s@]+@[^\s@]+\.\w{2,}"),  # sought once in a word: a cell may be 32,767 signs
    "telephone": re.compile(r"(?<!\d)(?:\+44|0)(?:[\s().-]*\d){9,10}(?!\d)"),
    "national_insurance": re.compile(r"\b[A-CEGHJ-PR-TW-Z]{2}\s?(?:\d\s?){6}[A-D]\b", re.I),
    "postcode": re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[ABD-HJLNP-UW-Z]{2}\b", re.I),
    "titled_name": re.compile(
        rf"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Sir|Mstr|Y Parch|Rev|Bnr|Mnr)\b\.?\s+{_WELSH_COUNTIES}[^\W\d_]"
    ),
    "birth_date": re.compile(r"\b(?:born|birth|dob|d\.o\.b|ganwyd|geni)\b", re.I),
}
_TEN_DIGITS: Final = re.compile(r"(?<!\d)(?:\d[\s-]?){9}\d(?!\d)")
_NHS_WEIGHTS: Final = range(10, 1, -1)


def found(text: str) -> list[Typed]:
    """The kinds of identifier that ``text`` seems to hold, in a fixed order; empty where it seems to hold none."""
    kinds: list[Typed] = [kind for kind, form in _FORMS.items() if form.search(text)]
    if any(_is_nhs_number(each) for each in _TEN_DIGITS.findall(text)):
        kinds.append("nhs_number")
    return kinds


def _is_nhs_number(text: str) -> bool:
    """Whether ten digits end with the check digit of the NHS Data Dictionary (modulus 11)."""
    *digits, check = (int(each) for each in text if each.isdigit())
    remainder = 11 - sum(weight * digit for weight, digit in zip(_NHS_WEIGHTS, digits, strict=True)) % 11
    return remainder % 11 == check


# Columns

_AREAS: Final = (
    "AB|AL|B|BA|BB|BD|BH|BL|BN|BR|BS|BT|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|E|EC|EH|EN|EX|FK|FY"
    "|G|GL|GU|GY|HA|HD|HG|HP|HR|HS|HU|HX|IG|IM|IP|IV|JE|KA|KT|KW|KY|L|LA|LD|LE|LL|LN|LS|LU|M|ME|MK|ML|N|NE|NG|NN|NP"
    "|NR|NW|OL|OX|PA|PE|PH|PL|PO|PR|RG|RH|RM|S|SA|SE|SG|SK|SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|TA|TD|TF|TN|TQ|TR|TS|TW|UB"
    "|W|WA|WC|WD|WF|WN|WR|WS|WV|YO|ZE"
)
"""The letters a postcode can begin with: "KS2 2nd" has the form of one, and KS is no area."""
_NOT_IN_A_NUMBER: Final = r"(?<![\w.,:/+-])"
_MONTHS: Final = "JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC"

_CELL_FORMS: Final[dict[Identifier, re.Pattern[str]]] = {
    "email": _FORMS["email"],
    # an area code of three digits or more: "03-04-2011 0930" is a date and a time
    "telephone": re.compile(
        rf"{_NOT_IN_A_NUMBER}(?:\(?0(?=[1-37-9]\d)(?=(?:[ ()-]{{0,2}}\d){{9,10}}(?!\d))\d{{2,4}}\)?(?:[ -]?\d){{5,8}}"
        r"|(?:\+|00)44(?:[ ()-]{0,2}\d){9,11})(?![\w:/]|[.,]\d)"
    ),
    "national_insurance": re.compile(
        r"\b(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\s?(?:\d\d\s?){3}[A-D]\b", re.I
    ),
    # its form before its area: the list is long, and most words have no such form
    "postcode": re.compile(rf"\b(?=[A-Z]{{1,2}}\d[A-Z\d]?\s?\d[ABD-HJLNP-UW-Z]{{2}}\b)(?:{_AREAS})\d", re.I),
    "titled_name": _FORMS["titled_name"],
    "birth_date": re.compile(
        r"\b(?:born|dob|d\.o\.b\.?|date of birth|ganwyd|ganed|dyddiad geni)(?:\s+(?:on|ar))?\W{0,3}\d", re.I
    ),
    "ip_address": re.compile(
        r"(?<![\w.])(?=[\d.]*\d\d)(?:(?:25[0-5]|2[0-4]\d|1?[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?![\w.])"
        r"|(?<![\w:])(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}(?![\w:])",
        re.I,
    ),
    "vehicle": re.compile(rf"\b[A-HJ-PR-Y]{{2}}\d\d\s?(?!{_MONTHS})[A-HJ-PR-Z]{{3}}\b"),
    # of the Police National Computer, and of the forces' record system
    "crime_reference": re.compile(r"\b(?:19|20)?\d\d/\d{6}[A-Z]\b|\b[A-Z]{2,4}-20\d{6}-\d{3,4}\b"),
}
"""What is a way to find a person even in one cell. Sought in the cell, so that a note beside it hides nothing."""

_ORDINARY: Final = re.compile(
    r"[a-z]_[0-9a-f]{16}|\d{1,9}|\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?|\d{1,2}/\d{1,2}/\d{2,4}"
    r"|\d\d?:\d\d(?::\d\d)?|(?:0|[1-9]\d{0,5})\.\d+|[A-Z]+\d?[_;][A-Z0-9_;]*"
)
"""Opaque ids, counts, dates, times, serial dates and codes: most cells there are, and none a way to find a person."""

_PUPIL: Final = re.compile(r"\b[A-HJ-NP-RT-Z]\d{11}[\dA-HJ-NP-RT-Z]\b", re.I)
_PUPIL_LETTERS: Final = "ABCDEFGHJKLMNPQRTUVWXYZ"
_NHS_CELL: Final = re.compile(r"\d{3}([ -]?)\d{3}\1\d{4}")
_NHS_SHARE: Final = 0.5
_NHS_LEAST: Final = 3
"""Of ten-digit numbers drawn at random 9 % end with the right digit. That three or more do, and more than half of all
in the column, has by chance a probability under 0.8 %, whatever their number."""
_MOBILE: Final = re.compile(r"7[1-9]\d{8}")
_SECTOR: Final = re.compile(rf"(?:{_AREAS})\d[A-Z\d]? \d", re.I)
_INITIALS: Final = re.compile(r"[A-Z]\.\s?[A-Z]\.(?:\s?[A-Z]\.)?")
_MOST: Final = 0.5
_LEAST: Final = 3
"""A form that a code may have by accident counts where half the column's values have it, and three do. Half of the
cells in sentences: then the median cell has more than the 40 characters at which the data dictionary sees free text."""
_LEAST_NAMES: Final = 5
"""Names nobody knows as common are told from labels by their number: lists of labels are short, and repeat."""

_TEXT_CHARACTERS: Final = 40
_TEXT_WORDS: Final = 7
_PIECE_WORDS: Final = 5
_TOO_MANY_WORDS: Final = 20
"""The longest label of the format has 15 words."""
_PIECES: Final = re.compile(r"[;,|\n]")
_LONGEST: Final = 1_000
"""Characters beyond which a cell is text whatever it says; to search it for forms could take minutes."""


@dataclass(frozen=True)
class Hit:
    """A kind of identifier seen in a column, and the positions of the cells that hold it, from 0."""

    kind: Identifier
    rows: tuple[int, ...]


def of_column(cells: Sequence[str | None], known: frozenset[str] = frozenset()) -> list[Hit]:
    """The kinds of identifier that a column seems to hold, each with its cells, in a fixed order.

    ``known`` are the words that are right here in lower case: codes, labels and areas, which may look like names.
    Dates alone are never a hit: whose date it is only the header says.
    """
    values = {cell: " ".join(cell.split()) for cell in {*cells} - {None} if cell is not None}
    long = {cell for cell, text in values.items() if len(text) > _LONGEST}
    odd = {cell: text for cell, text in values.items() if text and cell not in long and not _is_ordinary(text, known)}
    if not odd and not long:
        return []
    filled = sum(bool(cell and values[cell]) for cell in cells)
    hits: dict[Identifier, set[str]] = {
        kind: {cell for cell, text in odd.items() if form.search(text)} for kind, form in _CELL_FORMS.items()
    }
    hits["pupil_number"] = {cell for cell, text in odd.items() if any(map(_is_pupil, _PUPIL.findall(text)))}
    hits["nhs_number"] = _nhs_numbers(odd)
    hits["telephone"] |= _most(odd, values, _MOBILE.fullmatch) - hits["nhs_number"]
    hits["postcode"] |= _most(odd, values, _SECTOR.fullmatch)
    hits["initials"] = _most(odd, values, _INITIALS.fullmatch)
    hits["name"] = _names(odd, values, filled, known) - hits["titled_name"]
    hits["free_text"] = _free_text(cells, odd, filled) | long
    return [
        Hit(kind, tuple(at for at, cell in enumerate(cells) if cell in held)) for kind, held in hits.items() if held
    ]


def _is_ordinary(text: str, known: frozenset[str]) -> bool:
    low = text.casefold()
    first, _, rest = low.partition(" ")  # some systems write a code and its label in one cell
    return bool(_ORDINARY.fullmatch(text)) or low in known or (first in known and rest.lstrip("-–: ") in known)


def _is_pupil(text: str) -> bool:
    """Whether a unique pupil number begins with its check letter.

    The sum of the other twelve, weighted 2 to 13, modulo 23, picks the letter; a temporary number's last is a letter,
    worth its place among those letters (Department for Education, UPN guide). Any authority's number will do: those
    of Wales are 660 to 681.
    """
    upper = text.upper()
    values = [int(each) if each.isdigit() else _PUPIL_LETTERS.index(each) for each in upper[1:]]
    return upper[0] == _PUPIL_LETTERS[sum(weight * value for weight, value in enumerate(values, start=2)) % 23]


def _nhs_numbers(odd: dict[str, str]) -> set[str]:
    """Cells that are NHS numbers: most of a column, or a single one if it is written as on a letter, 3-3-4."""
    ten = {cell: match for cell, text in odd.items() if (match := _NHS_CELL.fullmatch(text))}
    right = {cell for cell, match in ten.items() if _is_nhs_number(match[0])}
    if len(right) >= _NHS_LEAST and len(right) > _NHS_SHARE * len(ten):
        return set(ten)
    return {cell for cell in right if ten[cell][1]}


def _most(odd: dict[str, str], values: dict[str, str], has_form: Callable[[str], object]) -> set[str]:
    held = {cell for cell, text in odd.items() if has_form(text)}
    return held if len(held) >= _LEAST and len(held) >= _MOST * len(values) else set()


def _names(odd: dict[str, str], values: dict[str, str], filled: int, known: frozenset[str]) -> set[str]:
    """Cells that are people's names: by a common name in them, or by their form if most are alike and few repeat."""
    labels = _words_of(known)
    shaped = {cell for cell, text in odd.items() if is_shaped(text) and labels.isdisjoint(text.casefold().split())}
    common = {cell for cell, text in odd.items() if is_full_name(text)} | _most(odd, values, is_one_name)
    many = len(shaped) >= _LEAST_NAMES and len(shaped) >= _MOST * len(values) and len(values) > _MOST * filled
    return shaped | common if many else common


@cache
def _words_of(known: frozenset[str]) -> frozenset[str]:
    return frozenset(word for each in known for word in each.split())


def _free_text(cells: Sequence[str | None], odd: dict[str, str], filled: int) -> set[str]:
    """Cells in sentences: all of them if they are half the column, else those no label is as long as."""
    prose = {cell for cell, text in odd.items() if _is_prose(text)}
    if prose and sum(cell in prose for cell in cells) >= _MOST * filled:
        return prose
    return {cell for cell in prose if len(odd[cell].split()) >= _TOO_MANY_WORDS}


def _is_prose(text: str) -> bool:
    """Whether a text is more than a list of labels."""
    is_long = len(text) > _TEXT_CHARACTERS and len(text.split()) >= _TEXT_WORDS
    return is_long and any(len(piece.split()) >= _PIECE_WORDS for piece in _PIECES.split(text))
