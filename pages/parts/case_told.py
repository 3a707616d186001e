"""One case on a page: how it stands, what its record lacks, what happened day by day, its clocks, what it counts in."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from assurance import case_gaps, case_words, period, timeline, words
from assurance.case_record import Counted, Record
from assurance.release import Release
from assurance.words import Language, say
from pages.parts import case_rows, choices, html

_NONE: Final = "–"
_NOT_TOLD: Final = ("case_id", "area_code")
"""Columns that the page says already."""


def draw(rows: Release, record: Record, lang: Language) -> None:
    back = html.link(say(lang, "cases.back"), case_rows.address(case=""))
    html.show(
        f"<p>{back}</p>",
        html.section(say(lang, "cases.case_title", case=record.id)),
        html.answer(case_words.heading(rows, record, lang)),
        *_gaps(rows, record, lang),
        html.section(say(lang, "cases.timeline_title")),
        html.note(say(lang, "cases.timeline_note")),
        _timeline(rows, record, lang),
        html.section(say(lang, "cases.clocks_title")),
        _clocks(record, lang),
        html.section(say(lang, "cases.counted_title")),
        html.note(say(lang, "cases.counted_note")),
        _counted(rows, record, lang),
        html.section(say(lang, "cases.rules_title")),
        _rules(rows, record, lang),
        html.folded(say(lang, "cases.facts_title"), "", _facts(rows, record, lang)),
    )


def _gaps(rows: Release, record: Record, lang: Language) -> list[str]:
    found = case_gaps.of(record)
    if not found:
        return [html.paragraph(say(lang, "cases.gaps_none"))]
    told = [case_words.gap(rows, each, lang) for each in found]
    return [
        html.paragraph(say(lang, "cases.gaps_found", n=words.number(lang, len(found)))),
        html.section(say(lang, "cases.gaps_title")),
        html.note(say(lang, "cases.gaps_note")),
        html.listed(told),
    ]


def _timeline(rows: Release, record: Record, lang: Language) -> str:
    told: list[list[html.Cell]] = []
    for event in timeline.of(record):
        what, detail = case_words.event(rows, event, lang)
        day = say(lang, "cases.no_day") if event.day is None else words.long_date(lang, event.day)
        n = None if event.day is None else record.working_days.get(event.day)
        told.append([day, _NONE if n is None else words.number(lang, n), what, html.Lines(detail)])
    headers = [say(lang, f"cases.header_{name}") for name in ("day", "working_day", "what", "detail")]
    return html.table(say(lang, "cases.timeline_title"), headers, told, numeric=(1,), caption_seen=False)


def _clocks(record: Record, lang: Language) -> str:
    if not record.clocks:
        return html.paragraph(say(lang, "cases.clocks_none"))
    names = ("clock", "started", "stopped", "elapsed", "limit", "state")
    headers = [say(lang, f"cases.header_{name}") for name in names]
    told = [[each.counted.definition.title[lang], *case_words.clock(each, lang)] for each in record.clocks]
    return html.table(say(lang, "cases.clocks_title"), headers, told, numeric=(), caption_seen=False)


def _figure(rows: Release, counted: Counted) -> str:
    """The address of the rows that something counts among: of its month, where it has one."""
    chosen, month = choices.current(), counted.last_month
    code = period.month(month) if month is not None and period.month(month) in rows.periods else period.ALL
    return choices.written("/cases", replace(chosen, period=code), [("indicator", counted.definition.id)])


def _counted(rows: Release, record: Record, lang: Language) -> str:
    headers = [say(lang, f"cases.header_{name}") for name in ("measure", "month", "state")]
    told: list[list[html.Cell]] = []
    for each in record.counted:
        title = say(lang, "cases.indicator_of", title=each.definition.title[lang], id=each.definition.id)
        link = html.Links([(title, _figure(rows, each))])
        told.append([link, case_words.months(each, lang), case_words.state(each.state, lang)])
    return html.table(say(lang, "cases.counted_title"), headers, told, numeric=(), caption_seen=False)


def _rules(rows: Release, record: Record, lang: Language) -> str:
    if not record.findings:
        return html.paragraph(say(lang, "cases.rules_none"))
    says = {(row["table"], row["rule"]): row[f"says_{lang}"] for row in rows.evidence("findings")}
    headers = [say(lang, f"cases.header_{name}") for name in ("table", "rule", "fate", "rows")]
    told = [
        [
            row["table"],
            says.get((row["table"], row["rule"])) or row["rule"],
            say(lang, f"cases.fate_{row['on_failure']}"),
            words.number(lang, row["n"]),
        ]
        for row in record.findings
    ]
    return html.table(say(lang, "cases.rules_title"), headers, told, numeric=(3,), caption_seen=False)


def _facts(rows: Release, record: Record, lang: Language) -> str:
    headers = [say(lang, "cases.header_field"), say(lang, "cases.header_says")]
    told = [
        [
            case_words.label(rows, "cases", column, lang),
            case_words.cell(rows, "cases", record.row, column, lang) or say(lang, "cases.blank"),
        ]
        for column in record.row
        if column not in _NOT_TOLD
    ]
    told.append([say(lang, "cases.children"), words.number(lang, len(record.tables["children"]))])
    return html.table(say(lang, "cases.facts_title"), headers, told, numeric=(), caption_seen=False)
