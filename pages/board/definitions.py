"""What exactly is counted, who approved it, and when is it reviewed? As it was for the release on show."""

from __future__ import annotations

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
    return "".join(_folded(definition, lang) for definition in shown.definitions.values())


def _folded(definition: Definition, lang: Language) -> str:
    title = say(lang, "pages.definition_of", id=definition.id, title=definition.title[lang])
    rows = [[say(lang, f"pages.{field}"), text] for field, text in _fields(definition, lang)]
    headers = [say(lang, "pages.field"), say(lang, "pages.says")]
    told = html.table(title, headers, rows, numeric=(), caption_seen=False)
    return html.folded(title, definition.question[lang], told, is_section=True)


def _fields(definition: Definition, lang: Language) -> list[tuple[str, str]]:
    review = definition.review
    return [
        ("why", definition.why_it_matters[lang]),
        ("how", definition.how_it_is_counted[lang]),
        *_clock(definition, lang),
        ("verdict", say(lang, f"judgement.method_{definition.verdict}")),
        (
            "target",
            " ".join(sentence.target_with_source(each, lang) for each in definition.targets)
            or sentence.target(None, lang),
        ),
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
