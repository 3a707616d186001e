"""The indicators and their worked examples, printed from their folders: a document for each language.

Knows how a definition and an example read as Markdown, whatever kinds there are. Refuses words of its own: they stand
in the folders and the catalogues of messages.

    python -m pipelines.catalogue     writes both to docs/generated/
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Final

from assurance import breakdown, described, indicator, sentence
from assurance.breakdown import Breakdown
from assurance.indicator import Both, Definition
from assurance.words import LANGUAGES, Language, say
from pipelines import examples, extract_format, markdown
from pipelines.build import INDICATORS, REFERENCE

FILES: Final[Mapping[Language, Path]] = {
    "en": markdown.FOLDER / "indicators.md",
    "cy": markdown.FOLDER / "indicators.cy.md",
}


def page(lang: Language) -> str:
    """The whole document, as Markdown."""
    return "\n".join(_lines(lang)) + "\n"


@cache
def defined() -> Mapping[str, Definition]:
    """The indicators by slug as their folders declare them, whatever a council has set for itself; in reading order."""
    found = [
        indicator.parse(path.parent.name, path.read_text("utf-8")) for path in INDICATORS.glob("*/definition.toml")
    ]
    return indicator.parse_sections((INDICATORS / "sections.toml").read_text("utf-8")).ordered(found)


@cache
def breakdowns() -> Mapping[str, Breakdown]:
    """Everything that figures can be broken down by, by name."""
    return breakdown.parse(tomllib.loads((REFERENCE / "breakdowns.toml").read_text("utf-8")), extract_format.codes())


@cache
def _editions() -> Mapping[str, Both]:
    named = extract_format.codes()[described.EDITIONS]
    return {code: {"en": names["en"], "cy": names["cy"]} for code, names in named.items()}


def _lines(lang: Language) -> Iterator[str]:
    (other,) = (each for each in LANGUAGES if each != lang)
    yield from markdown.head(say(lang, "catalogue.title"), "catalogue", "indicators/")
    yield from (f"[{say(other, 'frame.this_language')}]({FILES[other].name})", "")
    yield from (say(lang, "catalogue.intro", page=say(lang, "frame.page_definitions")), "")
    yield from (say(lang, "catalogue.cells"), "")
    yield from _contents(lang)
    for section, members in groupby(defined().values(), lambda each: each.section):
        yield from ("", f"## {say(lang, f'frame.page_{section}')}")
        for definition in members:
            yield from _indicator(definition, lang)


def _contents(lang: Language) -> Iterator[str]:
    header = [say(lang, f"catalogue.header_{column}") for column in ("id", "title", "question")]
    rows = [(f"[{each.id}](#{_anchor(each)})", each.title[lang], each.question[lang]) for each in defined().values()]
    return markdown.table(header, rows)


def _anchor(definition: Definition) -> str:
    return definition.slug.replace("_", "-")


def _indicator(definition: Definition, lang: Language) -> Iterator[str]:
    title = say(lang, "pages.definition_of", id=definition.id, title=definition.title[lang])
    yield from ("", f'<a id="{_anchor(definition)}"></a>', "", f"### {title}", "", definition.question[lang], "")
    yield from markdown.table((say(lang, "pages.field"), say(lang, "pages.says")), _fields(definition, lang))
    yield from ("", f"#### {say(lang, 'catalogue.examples')}")
    for number, example in enumerate(examples.of(definition.slug), start=1):
        yield from ("", f"**{say(lang, 'catalogue.example', n=number)}.** {example[lang]}")
        yield from examples.lines(definition, example, breakdowns(), lang)


def _fields(definition: Definition, lang: Language) -> list[tuple[str, str]]:
    states = ", ".join(examples.state(each, lang) for each in definition.states)
    split = "; ".join(_by(name, lang) for name in definition.breakdowns)
    own = [
        (say(lang, "catalogue.states"), states),
        (say(lang, "catalogue.breakdowns"), split or say(lang, "catalogue.breakdowns_none")),
    ]
    held_against = " ".join(_populations(definition, lang))
    return [
        *described.fields(definition, _editions(), lang),
        *own,
        *([(say(lang, "catalogue.compared"), held_against)] if held_against else []),
    ]


def _by(name: str, lang: Language) -> str:
    first, *others = name.split("*")
    told = breakdowns()[first].by[lang]
    for other in others:
        told = say(lang, "catalogue.crossed", first=told, second=breakdowns()[other].header[lang])
    return told


def _populations(definition: Definition, lang: Language) -> list[str]:
    return [
        *(
            sentence.population(each, breakdowns()[each.breakdown].labels[each.category][lang], lang)
            for each in definition.populations
        ),
        *(sentence.broken(each, lang) for each in definition.breaks),
    ]


if __name__ == "__main__":
    for of_language, path in FILES.items():
        markdown.write(path, page(of_language))
