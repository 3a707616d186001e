"""Every sentence a reader sees, in both languages.

Knows the message catalogues in ``locales/`` and how each language writes numbers and dates. Refuses to join
sentences: a message is whole, its values are named, and its plural forms are the language's own.
"""

from __future__ import annotations

import gettext
from collections.abc import Sequence
from datetime import date
from functools import cache
from io import BytesIO
from math import floor
from pathlib import Path
from typing import Final, Literal

from babel.dates import format_date
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

Language = Literal["en", "cy"]
LANGUAGES: Final[tuple[Language, ...]] = ("cy", "en")  # Welsh first where both stand together
DEFAULT: Final[Language] = "en"
HALF: Final = 0.5
ROUNDING: Final = 1e-9
"""So that what is a half before it is multiplied is one after."""

_LOCALES = Path(__file__).parent.parent / "locales"


@cache
def _catalogue(lang: Language, domain: str) -> gettext.GNUTranslations:
    """The compiled catalogue; messages are looked up by key, so a missing key is an error, never the key itself."""
    with (_LOCALES / lang / "LC_MESSAGES" / f"{domain}.po").open("rb") as source:
        catalogue = read_po(source, locale=lang, domain=domain)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    translations = gettext.GNUTranslations(compiled)
    translations.add_fallback(_Missing())
    return translations


def warm() -> None:
    """Reads every catalogue, so that the first reader need not wait for that."""
    for lang in LANGUAGES:
        for path in (_LOCALES / lang / "LC_MESSAGES").glob("*.po"):
            _catalogue(lang, path.stem)


class _Missing(gettext.NullTranslations):
    def gettext(self, message: str) -> str:
        raise KeyError(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        raise KeyError(msgid1)


def say(lang: Language, key: str, /, **values: object) -> str:
    """The message ``key`` ("domain.name") with its named values filled in.

    Raises KeyError if the language has no such message or a value it names is not given.
    """
    return _catalogue(lang, key.partition(".")[0]).gettext(key).format(**values)


def say_count(lang: Language, key: str, n: int, /, **values: object) -> str:
    """Like :func:`say`, in the plural form that ``n`` takes; the message may use ``{n}``."""
    message = _catalogue(lang, key.partition(".")[0]).ngettext(key, key, n)
    return message.format(n=number(lang, n), **values)


@cache
def number(lang: Language, value: float) -> str:
    return str(format_decimal(value, locale=lang))


@cache
def percent(lang: Language, share: float, decimals: int = 0) -> str:
    """A share from 0 to 1: without decimals, which numbers this small cannot carry, unless a source gives them."""
    unit = 10 ** (2 + decimals)
    share = floor(share * unit + HALF + ROUNDING) / unit  # 62.5 is 63 to a reader; Babel rounds halves to even
    return str(format_percent(share, format=f"0.{'0' * decimals}%" if decimals else None, locale=lang))


@cache
def long_date(lang: Language, day: date) -> str:
    """ "3 April 2011", "3 Ebrill 2011"."""
    return str(format_date(day, "d MMMM y", locale=lang))


def listed(lang: Language, names: Sequence[str]) -> str:
    """ "Alderfell, Brackenwold and Cragmouth"; in Welsh with commas alone, since "a" or "ac" would change the name."""
    joined: str = ", ".join(names) if lang == "cy" else format_list(names, locale="en_GB")
    return joined


def month_name(lang: Language, day: date) -> str:
    """ "April 2011", "Ebrill 2011"."""
    return str(format_date(day, "MMMM y", locale=lang))
