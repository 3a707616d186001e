"""What people write instead of the format's own words: headers, names of sheets, and words in cells.

Knows the files of ``sources/`` and compares without case, accents, punctuation and line breaks. Refuses an alias with
two meanings: such a word is not listed, or is listed as one to ask about.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from pipelines import extract_format

SOURCES: Final = Path(__file__).parent / "sources"
_VALUES: Final = "values"
_COUNCIL: Final = frozenset(
    ["the", "county", "borough", "city", "council", "of", "and", "cyngor", "sir", "bwrdeistref", "dinas", "r", "a"]
)
_LONGEST: Final = 200
"""Characters compared: no alias has as many."""
_NOT_A_LETTER: Final = re.compile(r"[\W_]+")


def plain(text: str) -> str:
    """``text`` as it is compared: "Date Rec'd" and "DATE  REC’D" are the same, and so are "Rôl" and "rol"."""
    bare = "".join(each for each in unicodedata.normalize("NFKD", text[:_LONGEST]) if not unicodedata.combining(each))
    return _NOT_A_LETTER.sub(" ", bare.casefold()).strip()


def lean(text: str) -> str:
    """``text`` as it is compared where its signs matter: "SA+" is not "SA"."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


@cache
def sheets() -> Mapping[str, str]:
    """The table that each name of a sheet or file means, by its plain words."""
    names = {plain(name): name for name in extract_format.tables()}
    for source in _files().values():
        names |= {plain(alias): table for table, aliases in source.get("sheets", {}).items() for alias in aliases}
    return names


@cache
def headers(table: str) -> Mapping[str, str]:
    """The column of ``table`` that each header means, by its plain words."""
    columns = extract_format.tables()[table].columns
    found: dict[str, str] = {}
    for source in _files().values():
        declared = source.get("headers", {})
        for column, aliases in [*declared.get("any", {}).items(), *declared.get(table, {}).items()]:
            if column in columns:
                found |= {plain(alias): column for alias in aliases}
    for column in columns.values():
        found |= {plain(str(label)): column.name for label in column.labels.values()}
    return {**found, **{plain(name): name for name in columns}}


@cache
def codes(name: str) -> Mapping[str, str]:
    """The code of a list that each word means, by the word as ``lean`` and as ``plain`` have it."""
    listed = extract_format.codes()[name]
    said = _values()
    found: dict[str, str] = {}

    def means(words: Iterable[str], *candidates: str) -> None:
        code = next((each for each in candidates if each in listed), None)
        if code is not None:
            found.update((form(word), code) for form in (plain, lean) for word in words if form(word))

    means(["none", "nil", "dim"], "NONE")
    means(said["not_known"]["words"], "U", "UNK", "UNKNOWN")
    means(said["not_applicable"]["words"], "NA", "NOT_APPLICABLE")
    if {"Y", "N"} <= set(listed):
        means(said["yes"]["words"], "Y")
        means(said["no"]["words"], "N")
    for form in (plain, lean):  # signs decide where they stand, so the form that keeps them comes last
        for code, words in said["codes"].get(name, {}).items():
            found |= {form(word): code for word in words if form(word)}
        for code, labels in listed.items():
            found |= {form(str(label)): code for label in labels.values()}
        found |= {form(code): code for code in listed}
    return found


@cache
def to_ask(name: str) -> Mapping[str, str]:
    """The code that each word of a list most likely means, where somebody has to say so; words as ``lean`` has them."""
    return {lean(word): code for word, code in _values()["ask"].get(name, {}).items()}


def area(name: str) -> str | None:
    """The code of the area that ``name`` names in either language, with or without the words for council."""
    return _areas().get(_bare(name))


def _bare(name: str) -> str:
    return " ".join(word for word in plain(name).split() if word not in _COUNCIL)


@cache
def _areas() -> Mapping[str, str]:
    return {_bare(str(name)): code for code, each in extract_format.areas().items() for name in each.labels.values()}


@cache
def vocabulary() -> frozenset[str]:
    """Every word that is right in some cell, in lower case: codes, their labels, what else means them, areas, and
    headers, which a page break repeats."""
    found = {word for name in extract_format.codes() for word in (*codes(name), *_exactly(name), *to_ask(name))}
    found |= {str(label) for area in extract_format.areas().values() for label in area.labels.values()}
    found |= {header for table in extract_format.tables() for header in headers(table)}
    return frozenset(each.casefold() for each in found)


def _exactly(name: str) -> list[str]:
    return [str(label) for labels in extract_format.codes()[name].values() for label in labels.values()]


@cache
def words(name: str) -> frozenset[str]:
    """The words of a group of ``values.toml``, such as those that mean a blank, as ``lean`` has them."""
    return frozenset(lean(each) for each in _values()[name]["words"])


@cache
def months() -> Mapping[str, int]:
    """The number of a month by its name or abbreviation in either language."""
    return {name: int(number) for number, names in _values()["months"].items() for name in names}


@cache
def _values() -> dict[str, Any]:
    return tomllib.loads((SOURCES / f"{_VALUES}.toml").read_text("utf-8"))


@cache
def _files() -> dict[str, dict[str, Any]]:
    """The files of headers, by case system."""
    paths = [path for path in sorted(SOURCES.glob("*.toml")) if path.stem != _VALUES]
    return {path.stem: tomllib.loads(path.read_text("utf-8")) for path in paths}
