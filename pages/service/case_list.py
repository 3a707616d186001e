"""Which cases make up this number? The rows behind any figure, and each case day by day."""

from __future__ import annotations

from dataclasses import replace

from assurance import case_list, case_record
from assurance.words import say
from pages.parts import case_rows, case_told, choices, html, opened


def page() -> None:
    shown, chosen = choices.current_release(), choices.current()
    lang, area = chosen.lang, shown.area(chosen.area)
    html.show(html.notice(say(lang, "cases.care")))
    rows = opened.open_rows(shown.publication.number)
    record = case_record.of(rows, area, chosen.asked("case")) if chosen.asked("case") else None
    if record is not None:
        case_told.draw(rows, record, lang)
        return
    if chosen.asked("case"):
        html.show(html.notice(say(lang, "cases.no_such_case"), kind="warning"))
    found = case_rows.asked(shown, chosen)
    items = case_list.items(rows, replace(found, state=""))
    case_rows.draw_boxes(shown, items, found, lang)
    own = [each for each in items if found.state in ("", each.state)]
    case_rows.draw(shown, rows, found, own, lang)
