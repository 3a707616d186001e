"""The rows behind a number: which number, and its items, each with a way to its case."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import replace
from io import StringIO
from typing import Any, Final

import streamlit as st

from assurance import case_list, case_words, figures, period, sentence, words
from assurance.case_list import Asked, Item
from assurance.figures import ALL, Figure
from assurance.indicator import Definition
from assurance.release import Release
from assurance.words import Language, say
from pages.parts import choices, html
from pages.parts.choices import Choices

SHOWN: Final = 200
"""Nobody reads more lines than this on a page."""
_NONE: Final = "–"
_DAYS: Final = (
    "started_on", "stopped_on", "due_on", "left_on", "counted_on", "occurred_on", "opened_on", "closed_on",
)  # fmt: skip
"""The days that items have, in the order of a table."""
_WIDE: Final = 480


def asked(shown: Release, chosen: Choices) -> Asked:
    """The figure that the address names, each part that the release does not hold replaced by its default."""
    known = {each.id: each for each in shown.definitions.values()}
    definition = known.get(chosen.asked("indicator"), shown.at_a_glance[0])
    by = chosen.asked("by") if chosen.asked("by") in definition.breakdowns else ALL
    found = Asked(definition, shown.area(chosen.area), chosen.period, by)
    categories = _categories(shown, found, chosen.lang)
    category = chosen.asked("category") if chosen.asked("category") in categories else next(iter(categories))
    state = chosen.asked("state") if chosen.asked("state") in case_list.states(found.definition) else ""
    return replace(found, category=category, state=state)


def _categories(shown: Release, found: Asked, lang: Language) -> dict[str, str]:
    """The categories there are, by their code; a profile has one for all of which any is known."""
    if found.breakdown == ALL:
        return {ALL: say(lang, "cases.by_all")}
    all_known = {ALL: say(lang, "cases.category_known")} if found.definition.kind == "profile" else {}
    return all_known | {code: names[lang] for code, names in shown.breakdown(found.breakdown).labels.items()}


def draw_boxes(shown: Release, items: Sequence[Item], found: Asked, lang: Language) -> None:
    """Indicator, breakdown, category and state, each with what there is to choose."""
    titles = {
        each.id: say(lang, "cases.indicator_of", title=each.title[lang], id=each.id)
        for each in shown.definitions.values()
    }
    with st.container(key="figure", horizontal=True, vertical_alignment="bottom", gap="small"):
        choices.box("indicator", found.definition.id, list(titles), titles, say(lang, "cases.indicator"), _WIDE)
        if found.definition.breakdowns:
            by = {ALL: say(lang, "cases.by_all")}
            by |= {name: shown.breakdown(name).by[lang] for name in found.definition.breakdowns}
            choices.box("by", found.breakdown, list(by), by, say(lang, "cases.by"))
        if found.breakdown != ALL:
            names = _categories(shown, found, lang)
            choices.box("category", found.category, list(names), names, say(lang, "cases.category"))
        states = _states(items, found, lang)
        if len(states) > 2:
            choices.box("state", found.state, list(states), states, say(lang, "cases.state"))


def _states(items: Sequence[Item], found: Asked, lang: Language) -> dict[str, str]:
    """Each state, and all of them, with how many items are in it."""
    counted = {
        state: sum(each.n for each in items if each.state == state) for state in case_list.states(found.definition)
    }
    told = {"": say(lang, "cases.state_all", n=words.number(lang, sum(counted.values())))}
    return told | {
        state: say(lang, "cases.state_of", state=case_words.state(state, lang), n=words.number(lang, n))
        for state, n in counted.items()
    }


def draw(shown: Release, rows: Release, found: Asked, items: Sequence[Item], lang: Language) -> None:
    """The answer, the figure as its page has it, and the items."""
    definition = found.definition
    figure = figures.at(shown, definition, found.area, found.period, found.breakdown, found.category)
    html.show(
        html.answer(_answer(shown, found, figure, sum(each.n for each in items), lang)),
        html.note(say(lang, "cases.figure_reads", answer=sentence.answer(figure, lang)))
        if found.breakdown == ALL
        else "",
        f"<p>{html.link(say(lang, 'cases.to_page'), choices.address(f'/{definition.section}'))}</p>",
    )
    if not items:
        html.show(html.empty(say(lang, "cases.empty")))
        return
    headers, cells = _table(shown, rows, definition, items, lang)
    html.show(
        html.table(say(lang, "cases.table"), headers, cells[:SHOWN], numeric=(), caption_seen=False, is_long=True)
    )
    without, more = sum(not each.cases for each in items), len(items) - SHOWN
    for key, n in (("no_rows_behind", without), ("more", more)):
        if n > 0:
            html.show(html.note(say(lang, f"cases.{key}", n=words.number(lang, n))))
    st.download_button(say(lang, "cases.download"), _csv(headers, cells), "cases.csv", "text/csv", on_click="ignore")


def _answer(shown: Release, found: Asked, figure: Figure, n: int, lang: Language) -> str:
    places = {"area": found.area.names[lang], "period": period.label(found.period, lang)}
    if found.category != ALL:
        places["category"] = shown.breakdown(found.breakdown).labels[found.category][lang]
    if found.state:
        places["state"] = case_words.state(found.state, lang)
    return case_words.answer(figure, n, lang, **places)


def _table(
    shown: Release, rows: Release, definition: Definition, items: Sequence[Item], lang: Language
) -> tuple[list[str], list[list[html.Cell]]]:
    """The columns that any item fills: its case, what it is, its days, its state, what it is broken down by."""
    cases = {(row["area_code"], row["case_id"]): row for row in rows.rows("cases")}
    split = list(dict.fromkeys(part for name in definition.breakdowns for part in name.split("*")))
    columns: list[tuple[str, list[html.Cell]]] = [
        (say(lang, "cases.header_case"), [_cases(each, lang) for each in items]),
        (say(lang, "cases.header_item"), ["" if each.is_case else each.id for each in items]),
    ]
    if len({each.area for each in items}) > 1:
        columns.insert(0, (say(lang, "frame.area"), [shown.area(each.area).names[lang] for each in items]))
    if definition.is_as_at:  # what stands is so in many months; anything else has the day it is counted by
        columns.append((say(lang, "cases.header_month"), [case_words.month(each, lang) for each in items]))
    for day in _DAYS:
        told = [words.long_date(lang, each.about[day]) if each.about.get(day) else "" for each in items]
        columns.append((say(lang, f"cases.column_{day}"), [*told]))
    has_states = len(case_list.states(definition)) > 1
    states = [case_words.state(each.state, lang) if has_states else "" for each in items]
    columns.append((say(lang, "cases.header_state"), [*states]))
    is_weighted = any(each.n != 1 for each in items)
    days = ["" if each.days is None or not has_states else words.number(lang, each.days) for each in items]
    columns.append((say(lang, "cases.header_days"), [*days]))
    columns.append((say(lang, "cases.header_n"), [words.number(lang, each.n) if is_weighted else "" for each in items]))
    for name in split:
        columns.append((shown.breakdown(name).header[lang], [_category(shown, each, name, lang) for each in items]))
    status: list[html.Cell] = [
        case_words.cell(rows, "cases", cases[each.area, each.cases[0]], "status", lang) if each.cases else ""
        for each in items
    ]
    columns.append((say(lang, "cases.header_status"), status))
    filled = [(header, cells) for header, cells in columns if any(cells)]
    return [header for header, _ in filled], [
        [cell or _NONE for cell in row] for row in zip(*(cells for _, cells in filled), strict=True)
    ]


def _cases(item: Item, lang: Language) -> html.Cell:
    if not item.cases:
        return say(lang, "cases.no_case")
    return html.Links([(case, address(item.area, case=case)) for case in item.cases])


def _category(shown: Release, item: Item, name: str, lang: Language) -> str:
    value = item.about.get(name)
    labels = shown.breakdown(name).labels
    codes = str(value).split(";") if value else []
    return "; ".join(labels[code][lang] if code in labels else code for code in codes)


def address(area: str = "", **own: str) -> str:
    """The address of this page with what it is asked for now, some of it changed; "" takes a key away. A reference is
    one of its authority alone, so a case is asked for in its own ``area``."""
    chosen = choices.current()
    chosen = replace(chosen, area=area or chosen.area)
    kept = {**dict(chosen.own), **own}
    return choices.written("/cases", chosen, [(key, value) for key, value in kept.items() if value])


def _csv(headers: Sequence[str], rows: Sequence[Sequence[html.Cell]]) -> bytes:
    """References, days and labels of codes only: none begins as a formula does."""
    written = StringIO()
    out = csv.writer(written, lineterminator="\n")
    out.writerow(headers)
    out.writerows([_plain(cell) for cell in row] for row in rows)
    return written.getvalue().encode("utf-8-sig")


def _plain(cell: Any) -> str:
    return " ".join(text for text, _ in cell.to) if isinstance(cell, html.Links) else str(cell)
