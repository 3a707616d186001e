"""Case by case what differs between two publications: rows, for who may see them, and only when asked for."""

from __future__ import annotations

from typing import Final

import streamlit as st

from assurance import by_case, words
from assurance.by_case import Change
from assurance.release import Area, Release
from assurance.words import Language, say
from pages.parts import html, opened

_SHOWN: Final = 200
"""Nobody reads more lines than this on a page."""
_NONE: Final = "–"


def ask(then: int, now: int, area: Area, lang: Language) -> None:
    """The button, and under it what differs once it is pressed."""
    html.show(html.section(say(lang, "since.by_case_title")), html.note(say(lang, "since.by_case_care")))
    if st.button(say(lang, "since.by_case_show"), key="by_case"):
        html.show(_drawn(opened.open_rows(then), opened.open_rows(now), area.members, lang))


@opened.kept
def _drawn(then: Release, now: Release, members: tuple[str, ...], lang: Language) -> str:
    found = by_case.of(then, now)
    rows = [
        [case, "cases", case, _NONE, *ends]
        for cases, ends in (
            (found.came, (_NONE, say(lang, "since.came"))),
            (found.vanished, (say(lang, "since.vanished"), _NONE)),
        )
        for area, case in cases
        if area in members
    ]
    rows += [_row(each, lang) for each in found.changes if each.area in members]
    if not rows:
        return html.paragraph(say(lang, "since.by_case_none"))
    names = ("case", "table", "row", "field", "then", "now")
    headers = [say(lang, f"since.header_{name}") for name in names]
    title, more = say(lang, "since.by_case_title"), len(rows) - _SHOWN
    table = html.table(title, headers, rows[:_SHOWN], numeric=(), caption_seen=False)
    return table + (html.note(say(lang, "since.by_case_more", n=words.number(lang, more))) if more > 0 else "")


def _row(each: Change, lang: Language) -> list[str]:
    ends = {
        "changed": (each.then or _NONE, each.now or _NONE),
        "added": (_NONE, say(lang, "since.row_added")),
        "removed": (say(lang, "since.row_removed"), _NONE),
    }[each.what]
    return [each.case, each.table, each.row, each.column or _NONE, *ends]
