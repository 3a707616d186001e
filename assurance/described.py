"""A definition in words, field by field: what the page of definitions and the printed catalogue both say.

Knows the order a reviewer reads in. Refuses to know how a field is drawn.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from assurance import sentence, words
from assurance.indicator import Both, Definition
from assurance.words import Language, say

EDITIONS: Final = "procedure_edition"
"""The list of codes that names the editions of the procedures."""


def fields(definition: Definition, editions: Mapping[str, Both], lang: Language) -> list[tuple[str, str]]:
    """The head of each field and what it says; one that means nothing for this definition is left out. ``editions``:
    the names of the editions of the procedures, by code."""
    return [(say(lang, key), text) for key, text in _fields(definition, editions, lang) if text]


def _fields(definition: Definition, editions: Mapping[str, Both], lang: Language) -> list[tuple[str, str]]:
    review = definition.review
    return [
        ("pages.why", definition.why_it_matters[lang]),
        ("pages.how", definition.how_it_is_counted[lang]),
        ("frame.read_with_care", definition.read_with_care[lang]),
        ("pages.clock", _clock(definition, lang)),
        ("pages.verdict", say(lang, f"judgement.method_{definition.verdict}")),
        ("pages.target", _targets(definition, editions, lang)),
        ("pages.set_locally", say(lang, "pages.set_locally_says") if definition.is_set_locally else ""),
        ("pages.needs", ", ".join(definition.needs_tables)),
        ("pages.services", sentence.services(definition.needs_services, lang)),
        ("pages.owner", review["owner"][lang]),
        ("pages.checked", review["checked_by"][lang]),
        ("pages.next_review", words.long_date(lang, review["next"])),
        ("pages.changed", " ".join(_changes(definition, lang))),
    ]


def _clock(definition: Definition, lang: Language) -> str:
    clock = definition.clock
    if clock is None:
        return ""
    key, ends = f"pages.clock_{clock.unit}", {"starts": clock.starts[lang], "stops": clock.stops[lang]}
    return say(lang, key, **ends) if clock.limit is None else words.say_count(lang, key, clock.limit, **ends)


def _targets(definition: Definition, editions: Mapping[str, Both], lang: Language) -> str:
    told = [sentence.target_with_editions(each, editions, lang) for each in definition.targets]
    return " ".join(told) or sentence.target(None, lang)


def _changes(definition: Definition, lang: Language) -> list[str]:
    return [
        say(lang, "pages.change_says", on=words.long_date(lang, change["on"]), what=change["what"][lang])
        for change in definition.changes
    ]
