"""What arrived, in words and tables: who sent, which figures are withheld, rows and rules, how much is filled."""

from __future__ import annotations

from collections.abc import Sequence

from assurance import sentence, words
from assurance.figures import Figure
from assurance.release import Area, Release
from assurance.trust import COMPLETE_AT_LEAST, Filled, Service, Trust
from assurance.words import Language, say
from pages.parts import html

_NONE = "–"


def answer(found: Trust, doubted: Sequence[Figure], lang: Language) -> list[str]:
    """In one paragraph how far the figures can be relied on: whole sentences, nothing amiss included."""
    silent = [each for each in found.services if each.state == "silent"]
    never = [each for each in found.services if each.state == "never"]
    told = [] if silent or never else [say(lang, "trust.all_sent")]
    if silent:
        since = words.long_date(lang, min(each.last_on for each in silent if each.last_on))
        told.append(say(lang, "trust.silent", services=_named(silent, lang), since=since))
    if never:
        told.append(say(lang, "trust.never", services=_named(never, lang)))
    told.append(say(lang, "trust.withheld", n=words.number(lang, len(doubted))))
    read, held = (sum(getattr(each, name) for each in found.arrived) for name in ("read", "quarantined"))
    told.append(say(lang, "trust.quarantined", n=words.number(lang, held), N=words.number(lang, read)))
    if found.listed:
        cases = {"n": words.number(lang, found.disagree), "N": words.number(lang, found.listed)}
        told.append(say(lang, "trust.disagree", **cases))
    return told


def _named(services: Sequence[Service], lang: Language) -> str:
    return sentence.services(dict.fromkeys(each.service for each in services), lang)


def services(shown: Release, area: Area, found: Trust, lang: Language) -> str:
    """Each service and the day of what it last sent; of several authorities, those that lack one."""
    names = shown.codes("source_service")
    is_one = len(area.members) == 1
    rows = [
        [
            names[each.service][lang],
            *([] if is_one else [shown.area(each.area).names[lang]]),
            say(lang, f"trust.state_{each.state}"),
            words.long_date(lang, each.last_on) if each.last_on else _NONE,
        ]
        for each in found.services
        if is_one or each.state != "sent"
    ]
    if not rows:
        return html.paragraph(say(lang, "trust.all_sent"))
    headers = _headers(lang, "service", *([] if is_one else ["area"]), "state", "last_on")
    care = html.note(say(lang, "trust.services_care"))
    return html.table(say(lang, "trust.services_title"), headers, rows, numeric=(), caption_seen=False) + care


def withheld(doubted: Sequence[Figure], lang: Language) -> str:
    """The figures by the reason for which they are withheld."""
    titles: dict[str, list[str]] = {}
    for each in doubted:
        titles.setdefault(sentence.verdict(each, lang), []).append(each.definition.title[lang])
    if not titles:
        return html.paragraph(say(lang, "trust.withheld_none"))
    return "".join(
        html.folded(why, say(lang, "trust.withheld_n", n=words.number(lang, len(of))), html.listed(of))
        for why, of in titles.items()
    )


def rows(shown: Release, found: Trust, lang: Language) -> str:
    """What became of the rows of each table, and under it each rule that failed."""
    names, several = shown.codes("source_service"), len({each.service for each in found.arrived}) > 1
    cells = [
        [
            each.table,
            *([names[each.service][lang]] if several else []),
            *[words.number(lang, n) for n in (each.read, each.accepted, each.quarantined)],
        ]
        for each in found.arrived
    ]
    headers = _headers(lang, "table", *(["service"] if several else []), "read", "accepted", "quarantined")
    numeric = range(len(headers) - 3, len(headers))
    run = html.paragraph(say(lang, "trust.rules_run", n=words.number(lang, found.rules_run)))
    table = html.table(say(lang, "trust.rows_title"), headers, cells, numeric=numeric, caption_seen=False)
    return run + _failed(shown, found, lang) + html.folded(say(lang, "trust.rows_by_table"), "", table)


def _failed(shown: Release, found: Trust, lang: Language) -> str:
    names = shown.codes("source_service")
    cells = [
        [each.says[lang], each.table, names[each.service][lang], say(lang, f"pages.fate_{each.fate}"),
         words.number(lang, each.n), each.fix[lang]]
        for each in found.failed
    ]  # fmt: skip
    if not cells:
        return html.paragraph(say(lang, "trust.failed_none"))
    headers = _headers(lang, "rule", "table", "service", "fate", "rows", "fix")
    return html.table(say(lang, "trust.failed_title"), headers, cells, numeric=(4,))


def filled(shown: Release, found: Trust, lang: Language) -> str:
    """How much of each table says something, and under it each column that falls short."""
    names = shown.codes("source_service")

    def cells(each: Filled, *place: str) -> list[str]:
        known = {"n": words.number(lang, each.known), "N": words.number(lang, each.expected)}
        share = sentence.percent(100 * each.known / max(each.expected, 1), lang)
        return [*place, names[each.service][lang], say(lang, "figures.count", **known), share]

    whole = [cells(each, each.table) for each in found.filled if not each.column]
    short = [cells(each, f"{each.table}.{each.column}") for each in found.filled if each.column and not each.is_enough]
    title, headers = say(lang, "trust.filled_title"), _headers(lang, "table", "service", "known", "share")
    parts = [html.table(title, headers, whole, numeric=(2, 3), caption_seen=False)]
    if short:
        by = say(lang, "trust.filled_short")
        headers = _headers(lang, "column", "service", "known", "share")
        parts.append(html.folded(by, "", html.table(by, headers, short, numeric=(2, 3), caption_seen=False)))
    least = words.percent(lang, COMPLETE_AT_LEAST)
    return "".join([*parts, html.note(say(lang, "trust.filled_care", least=least))])


def _headers(lang: Language, *names: str) -> list[str]:
    return [say(lang, f"trust.header_{each}") for each in names]
