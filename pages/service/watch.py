"""My watch list: the measures a chief officer follows, kept in the address, and what waits for somebody to act."""

from __future__ import annotations

from datetime import UTC, datetime

from assurance import sentence, words
from assurance.indicator import Definition
from assurance.release import Publication, Release
from assurance.words import Language, say
from pages.parts import choices, glance, html, opened, waiting


def page() -> None:
    shown, chosen = choices.current_release(), choices.current()
    html.show(
        html.section(say(chosen.lang, "watch.waiting_title")),
        waiting.told(shown, shown.area(chosen.area), chosen, datetime.now(UTC).date()),
        html.section(say(chosen.lang, "watch.list_title")),
        _drawn(shown.publication, shown, chosen),
    )


@opened.kept
def _drawn(publication: Publication, shown: Release, chosen: choices.Choices) -> str:
    lang = chosen.lang
    watched = [each for each in shown.definitions.values() if each.id in chosen.watch]
    kept = html.note(say(lang, "watch.kept"))
    if not watched:
        return html.paragraph(say(lang, "watch.empty")) + kept + _to_choose(shown, chosen)
    area = shown.area(chosen.area)
    found = glance.judged(shown, watched, area, chosen.period)
    table = glance.table(shown, area, found, say(lang, "watch.caption"), lang)
    return table + _owners([shown.under(each, area) for each in watched], lang) + kept + _to_choose(shown, chosen)


def _owners(watched: list[Definition], lang: Language) -> str:
    """Who owns each measure, its targets, and when its definition is reviewed next."""
    rows = [
        [
            each.title[lang],
            each.review["owner"][lang],
            " ".join(sentence.target_with_source(aim, lang) for aim in each.targets) or sentence.target(None, lang),
            words.long_date(lang, each.review["next"]),
        ]
        for each in watched
    ]
    headers = [say(lang, f"watch.header_{name}") for name in ("measure", "owner", "target", "review")]
    return html.table(say(lang, "watch.owners"), headers, rows, numeric=())


def _to_choose(shown: Release, chosen: choices.Choices) -> str:
    """Links that put a measure on the list or take it off, by the owner who answers for it."""
    lang = chosen.lang
    owners: dict[str, list[Definition]] = {}
    for each in shown.definitions.values():
        owners.setdefault(each.review["owner"][lang], []).append(each)
    folds = [
        html.folded(owner, "", html.links([_all(owner, own, chosen), *[_change(each, chosen) for each in own]]))
        for owner, own in owners.items()
    ]
    return html.section(say(lang, "watch.choose_title")) + "".join(folds)


def _all(owner: str, own: list[Definition], chosen: choices.Choices) -> tuple[str, str]:
    together = tuple(dict.fromkeys([*chosen.watch, *[each.id for each in own]]))
    return say(chosen.lang, "watch.add_all", owner=owner), choices.address("/watch", watch=together)


def _change(each: Definition, chosen: choices.Choices) -> tuple[str, str]:
    is_on = each.id in chosen.watch
    after = tuple(id for id in chosen.watch if id != each.id) if is_on else (*chosen.watch, each.id)
    key = "watch.remove" if is_on else "watch.add"
    title = each.title[chosen.lang]
    return say(chosen.lang, key, id=each.id, title=title), choices.address("/watch", watch=after)
