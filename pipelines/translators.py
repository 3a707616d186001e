"""The list a translator checks: every text of the product in both languages, and the terms each must keep to.

A CSV, because a translator works down columns and sends them back; it opens in any spreadsheet. What is doubtful comes
with its term in the last column. Knows where texts stand. Refuses texts that code makes up: there are none.

    python -m pipelines.translators     writes it to docs/generated/
"""

from __future__ import annotations

import csv
import io
import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import Any, Final

from babel.messages.pofile import read_po

_ROOT: Final = Path(__file__).parent.parent
LIST: Final = _ROOT / "docs" / "generated" / "translators.csv"
_TERMS: Final = _ROOT / "data" / "reference" / "welsh_terms.toml"
_HEADERS: Final = ("Place / Lle", "Text / Testun", "English", "Cymraeg", "Terms to check / Termau i'w gwirio")


@dataclass(frozen=True)
class Text:
    """One text: the file it stands in, its name there, and what it says in both languages."""

    place: str
    name: str
    en: str
    cy: str


@dataclass(frozen=True)
class Term:
    """A term of the field. ``en`` are patterns for how English has it, ``cy`` for what Welsh must then hold, ``avoid``
    for what it must not; all are regular expressions on lower-case text, the Welsh after its mutations are undone."""

    en: re.Pattern[str]
    cy: re.Pattern[str]
    avoid: re.Pattern[str] | None
    says: str
    source: str
    is_unchecked: bool


@cache
def terms() -> tuple[Term, ...]:
    """The terms of the field (domain.md 6.5 of the specification), as ``data/reference/welsh_terms.toml`` has them."""
    return tuple(
        Term(
            en=re.compile("|".join(rf"\b{each}" for each in raw["en"])),
            cy=re.compile("|".join(raw["cy"])),
            avoid=re.compile("|".join(raw["avoid"])) if "avoid" in raw else None,
            says=raw["says"],
            source=raw["source"],
            is_unchecked=raw.get("is_unchecked", False),
        )
        for raw in tomllib.loads(_TERMS.read_text("utf-8"))["terms"]
    )


def texts() -> list[Text]:
    """Every text there is: messages, definitions, rules, and the names of codes, areas and columns."""
    found = list(_messages())
    declared = ("indicators/*/*.toml", "data/reference/*.toml", "expectations/*.toml")
    for path in (path for pattern in declared for path in sorted(_ROOT.glob(pattern))):
        found += _pairs(tomllib.loads(path.read_text("utf-8")), _place(path))
    for path in sorted(_ROOT.glob("expectations/*.json")):
        for rule in json.loads(path.read_text("utf-8"))["expectations"]:
            found += _pairs(rule["meta"], _place(path), rule["meta"]["rule"])
    return found


def _messages() -> Iterator[Text]:
    for path in sorted(_ROOT.glob("locales/en/LC_MESSAGES/*.po")):
        welsh = _catalogue(_ROOT / "locales" / "cy" / "LC_MESSAGES" / path.name)
        for name, english in _catalogue(path).items():
            for at, (en, cy) in enumerate(zip_longest(english, welsh[name], fillvalue=english[-1])):
                yield Text(_place(path), f"{name}[{at}]" if len(welsh[name]) > 1 else name, en, cy)


def _catalogue(path: Path) -> dict[str, Sequence[str]]:
    """Every message by its key: its one form, or a form for each plural."""
    with path.open("rb") as source:
        found = [each for each in read_po(source) if each.id]
    return {
        (each.id if isinstance(each.id, str) else each.id[0]): (
            (each.string,) if isinstance(each.string, str) else tuple(each.string)
        )
        for each in found
    }


def _pairs(tree: Any, place: str, name: str = "") -> Iterator[Text]:
    if isinstance(tree, list):
        for at, each in enumerate(tree):
            yield from _pairs(each, place, f"{name}[{at}]")
    elif isinstance(tree, dict):
        if isinstance(tree.get("en"), str) and isinstance(tree.get("cy"), str):
            yield Text(place, name, tree["en"], tree["cy"])
        for key, each in tree.items():
            yield from _pairs(each, place, f"{name}.{key}" if name else key)


def _place(path: Path) -> str:
    return path.relative_to(_ROOT).as_posix().replace("locales/en/", "locales/cy/")


_MUTATED: Final = (
    ("ngh", "c"), ("mh", "p"), ("nh", "t"), ("ng", "g"), ("ch", "c"), ("ph", "p"), ("th", "t"), ("dd", "d"),
    ("g", "c"), ("b", "p"), ("d", "t"), ("f", "b"), ("f", "m"), ("n", "d"), ("m", "b"), ("l", "ll"), ("r", "rh"),
    ("h", ""),
)  # fmt: skip


def radicals(word: str) -> set[str]:
    """What a Welsh word may be without its mutation: "droseddau" may be "troseddau". A lost g is put back."""
    found = {word, "g" + word}
    for mutated, radical in _MUTATED:
        if word.startswith(mutated):
            found.add(radical + word.removeprefix(mutated))
    return found


def breaks(text: Text) -> list[Term]:
    """The terms that a text's English has and its Welsh does not keep to."""
    english, welsh = text.en.lower(), _unmutated(text.cy)
    met = [term for term in terms() if term.en.search(english)]
    return [term for term in met if not term.cy.search(welsh) or (term.avoid and term.avoid.search(welsh))]


def _unmutated(text: str) -> str:
    """A text followed by each of its words in every form it may stand for, so that a pattern finds any of them. The
    words of a term stand apart in it: patterns of several words are looked for in the text itself."""
    low = text.lower().replace("’", "'")
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", low)
    return " ".join([low, *sorted({form for word in words for form in radicals(word)})])


def to_check(text: Text) -> list[Term]:
    """The terms in a text that no source settles."""
    return [term for term in terms() if term.is_unchecked and term.en.search(text.en.lower())]


def document(rows: Iterable[Text]) -> str:
    """The list as CSV, with a byte-order mark so that a spreadsheet reads ŵ and ŷ."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_HEADERS)
    for each in rows:
        writer.writerow((each.place, each.name, each.en, each.cy, "; ".join(term.says for term in to_check(each))))
    return "\ufeff" + out.getvalue()


if __name__ == "__main__":
    LIST.write_text(document(texts()), encoding="utf-8")
