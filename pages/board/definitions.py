"""What exactly is counted, who approved it, and when is it reviewed? As it was for the release on show."""

from __future__ import annotations

from itertools import groupby

from assurance import sentence, words
from assurance.indicator import Definition
from assurance.release import Publication, Release
from assurance.words import Language, say
from pages.parts import choices, html, opened


def page() -> None:
    shown = choices.current_release()
    html.show(_drawn(shown.publication, shown, choices.current().lang))


@opened.kept
def _drawn(publication: Publication, shown: Release, lang: Language) -> str:
    sections = groupby(shown.definitions.values(), lambda each: each.section)
    return "".join(
        html.section(say(lang, f"frame.page_{name}")) + "".join(_folded(each, shown, lang) for each in own)
        for name, own in sections
    )


def _folded(definition: Definition, shown: Release, lang: Language) -> str:
    title = say(lang, "pages.definition_of", id=definition.id, title=definition.title[lang])
    rows = [[say(lang, f"pages.{field}"), text] for field, text in _fields(definition, shown, lang)]
    headers = [say(lang, "pages.field"), say(lang, "pages.says")]
    told = html.table(title, headers, rows, numeric=(), caption_seen=False)
    return html.folded(title, definition.question[lang], told)


def _fields(definition: Definition, shown: Release, lang: Language) -> list[tuple[str, str]]:
    review = definition.review
    return [
        ("why", definition.why_it_matters[lang]),
        ("how", definition.how_it_is_counted[lang]),
        *_clock(definition, lang),
        ("verdict", say(lang, f"judgement.method_{definition.verdict}")),
        (
            "target",
            " ".join(sentence.target_with_editions(each, shown, lang) for each in definition.targets)
            or sentence.target(None, lang),
        ),
        *([("set_locally", say(lang, "pages.set_locally_says"))] if definition.is_set_locally else []),
        ("needs", ", ".join(definition.needs_tables)),
        *([("services", sentence.services(definition.needs_services, lang))] if definition.needs_services else []),
        ("owner", review["owner"][lang]),
        ("checked", review["checked_by"][lang]),
        ("next_review", words.long_date(lang, review["next"])),
        ("changed", " ".join(_changes(definition, lang))),
    ]


def _clock(definition: Definition, lang: Language) -> list[tuple[str, str]]:
    clock = definition.clock
    if clock is None:
        return []
    key, ends = f"pages.clock_{clock.unit}", {"starts": clock.starts[lang], "stops": clock.stops[lang]}
    said = say(lang, key, **ends) if clock.limit is None else words.say_count(lang, key, clock.limit, **ends)
    return [("clock", said)]


def _changes(definition: Definition, lang: Language) -> list[str]:
    return [
        say(lang, "pages.change_says", on=words.long_date(lang, change["on"]), what=change["what"][lang])
        for change in definition.changes
    ]
