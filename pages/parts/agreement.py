"""Whether others confirm what the lead service recorded: services' lists, their own totals, examiners of files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assurance import sentence, trust, words
from assurance.figures import Figure
from assurance.release import Area, Release
from assurance.trust import Agreement, Total, Trust
from assurance.words import Language, say
from pages.parts import html, opened

_NONE = "–"


def services(shown: Release, area: Area, found: Trust, lang: Language) -> str:
    """A row for each service that sends a list: who holds the cases, and on how many of those both hold they differ."""
    if not found.agreements:
        return html.paragraph(say(lang, "trust.no_lists"))
    names = shown.codes("source_service")
    rows = [
        [
            names[each.service][lang],
            *[words.number(lang, n) for n in (each.both, each.lead_only, each.service_only)],
            *[_differs(each, aspect, lang) for aspect in trust.COMPARED],
        ]
        for each in found.agreements
    ]
    headers = _headers(lang, "service", "both", "lead_only", "service_only", *trust.COMPARED)
    silent = {each.service for each in found.services if each.state == "silent"}
    old = [each.service for each in found.agreements if each.service in silent]
    notes = [say(lang, "trust.lists_care")]
    notes += [say(lang, "trust.lists_old", services=sentence.services(old, lang))] if old else []
    title = say(lang, "trust.agreement_title")
    return html.table(title, headers, rows, caption_seen=False) + "".join(html.note(text) for text in notes)


def _differs(each: Agreement, aspect: str, lang: Language) -> str:
    """On how many of the cases of which both say something; a dash where the list says nothing."""
    n, N = each.aspects[aspect]["differs"], each.stated(aspect)
    return say(lang, "figures.count", n=words.number(lang, n), N=words.number(lang, N)) if N else _NONE


def totals(shown: Release, area: Area, found: Trust, lang: Language) -> str:
    """What each service counted itself beside what the rows give: how many differ, and folded under it each one."""
    if not found.totals:
        return html.paragraph(say(lang, "trust.totals_none"))
    differ = sum(each.stated != each.counted for each in found.totals)
    told = say(lang, "trust.totals_differ", n=words.number(lang, differ), N=words.number(lang, len(found.totals)))
    is_one = len(area.members) == 1
    rows = [_total(shown, each, lang, is_one=is_one) for each in found.totals]
    headers = _headers(
        lang, "measure", *([] if is_one else ["area"]), "service", "period", "stated", "counted", "difference"
    )
    title, numeric = say(lang, "trust.totals_each"), range(len(headers) - 3, len(headers))
    table = html.table(title, headers, rows, numeric=numeric, caption_seen=False)
    return html.paragraph(told) + html.folded(title, "", table, html.note(say(lang, "trust.totals_care")))


def _total(shown: Release, each: Total, lang: Language, *, is_one: bool) -> list[str]:
    first, last = (words.long_date(lang, day) for day in (each.period_from, each.period_to))
    return [
        shown.codes("control_measure")[each.measure][lang],
        *([] if is_one else [shown.area(each.area).names[lang]]),
        shown.codes("source_service")[each.service][lang],
        say(lang, "trust.days", first=first, last=last),
        *[words.number(lang, n) for n in (each.stated, each.counted, each.stated - each.counted)],
    ]


def gone(shown: Release, found: Trust, lang: Language) -> str:
    rows = [
        [
            words.long_date(lang, each.last_seen_on),
            words.long_date(lang, each.gone_by),
            shown.area(each.area).names[lang],
            shown.codes("case_status")[each.status][lang] if each.status else _NONE,
            words.number(lang, each.n),
        ]
        for each in found.gone
    ]
    if not rows:
        return html.paragraph(say(lang, "trust.gone_none"))
    headers = _headers(lang, "last_seen_on", "gone_by", "area", "status", "cases")
    care = html.note(say(lang, "trust.gone_care"))
    return html.table(say(lang, "trust.gone_title"), headers, rows, numeric=(4,), caption_seen=False) + care


def lines(found: Trust, doubted: Sequence[Figure], lang: Language) -> str:
    """What stands behind each figure that is not withheld, and from what bounds on."""
    withheld = {each.definition.slug for each in doubted}
    assured = [each for each in found.assured if each.definition.slug not in withheld]
    of = {each: sum(one.line == each for one in assured) for each in ("independently_checked", "reconciled")}
    told = say(
        lang,
        "trust.lines",
        checked=words.number(lang, of["independently_checked"]),
        reconciled=words.number(lang, of["reconciled"]),
        N=words.number(lang, len(assured)),
    )
    looked, agrees = found.audits.total(), found.audits["Y"]
    audits = say(lang, "trust.audits", n=words.number(lang, looked), agrees=words.number(lang, agrees))
    bounds = say(
        lang,
        "trust.lines_care",
        audited=words.percent(lang, trust.AUDITED_AT_LEAST),
        least=words.number(lang, trust.MIN_AUDITED),
        audits=words.percent(lang, trust.AUDITS_AGREE_AT_LEAST),
        lists=words.percent(lang, trust.AGREE_AT_LEAST),
    )
    rows = [[each.definition.title[lang], say(lang, f"trust.line_{each.line}")] for each in assured]
    title = say(lang, "trust.lines_each")
    table = html.table(title, _headers(lang, "figure", "line"), rows, numeric=(), caption_seen=False)
    return html.paragraph(told) + html.paragraph(audits) + html.folded(title, "", table) + html.note(bounds)


def line(shown: Release, area: Area, figure: Figure, lang: Language) -> str:
    """What stands behind a figure, in words; empty where it is withheld, or a release does not tell."""
    found = _lines_of(shown, area.code).get(figure.definition.slug)
    return say(lang, f"trust.line_{found}") if found and not figure.lacks_data else ""


@opened.kept
def _lines_of(shown: Release, code: str) -> Mapping[str, trust.Line]:
    return trust.lines(shown, shown.area(code))


def _headers(lang: Language, *names: str) -> list[str]:
    return [say(lang, f"trust.header_{each}") for each in names]
