"""Semantic HTML for pages: tables a screen reader can walk, sentences, notices. Every text is escaped here.

Knows markup and class names (their look is ``look.css``). Refuses to know any wording: it is given. Builders
return a string; :func:`show` puts one or several on the page in one element, which is cheaper than many.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final, Literal

import streamlit as st

from assurance import words

Icon = Literal[
    "improving",
    "concern",
    "common",
    "higher",
    "lower",
    "early",
    "will_meet",
    "will_miss",
    "hit_or_miss",
    "none",
]


_MANY_COLUMNS: Final = 7
"""More columns than this have smaller letters, so that a desk sees them all."""


@dataclass(frozen=True)
class Finding:
    """An icon and its words; the words carry the meaning, the icon is not read out."""

    icon: Icon
    words: str
    detail: str = ""


@dataclass(frozen=True)
class Row:
    """One row of At a glance; ``assurance``: who stands behind it. ``behind`` leads to the
    rows behind the value, empty where there are none. ``picture`` is an image address (data:) with
    ``picture_says`` as its alternative, and ``picture_below`` written under it where it is not the value over time.
    """

    name: str
    href: str
    detail: str
    value: str
    behind: str
    unit: str
    basis: str
    picture: str
    picture_says: str
    picture_below: str
    change: Finding
    against_target: Finding
    assurance: str


@dataclass(frozen=True)
class Links:
    """A cell of links: each its text and its address."""

    to: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Lines:
    """A cell of several lines."""

    texts: Sequence[str]


Cell = str | Links | Lines


def show(*parts: str) -> None:
    """Draw the parts, top to bottom, as one element."""
    st.html("".join(parts))


def link(text: str, href: str) -> str:
    """A link to another page of the app, from :func:`pages.parts.choices.address`; it does not reload the
    app.
    """
    return f'<a data-move href="{escape(href)}">{escape(text)}</a>'


def question(text: str) -> str:
    """The page's only h1, where the skip link leads. The frame draws it."""
    return f'<h1 id="content" tabindex="-1">{escape(text)}</h1>'


def section(text: str) -> str:
    return f"<h2>{escape(text)}</h2>"


def answer(text: str) -> str:
    """The finding, in a sentence, before any picture."""
    return f'<p class="answer">{escape(text)}</p>'


def subtitle(text: str) -> str:
    """What a figure measures, where and when."""
    return f'<p class="subtitle">{escape(text)}</p>'


def note(text: str) -> str:
    """Small print under a figure: what it rests on."""
    return f'<p class="note">{escape(text)}</p>'


def paragraph(text: str) -> str:
    return f"<p>{escape(text)}</p>"


def folded(title: str, answer_text: str, *inside: str, is_section: bool = False, is_open: bool = False) -> str:
    """A heading and its answer, with what is behind them under a line that opens by click or by keyboard."""
    told = f'<span class="answer">{escape(answer_text)}</span>' if answer_text else ""
    tag = "h2" if is_section else "h3"
    head = f"<{tag}>{escape(title)}</{tag}>{told}"
    return f"<details class='fold'{' open' if is_open else ''}><summary>{head}</summary>{''.join(inside)}</details>"


def care(lang: words.Language, worked_out: str, read_with_care: str) -> str:
    """The columns "How this is worked out" and "Read with care"."""
    pairs = (("frame.how_worked_out", worked_out), ("frame.read_with_care", read_with_care))
    columns = "".join(f"<div><h3>{escape(words.say(lang, key))}</h3>{paragraph(text)}</div>" for key, text in pairs)
    return f'<div class="care">{columns}</div>'


def notice(text: str, *, title: str = "", kind: Literal["info", "warning"] = "info") -> str:
    head = f"<h2>{escape(title)}</h2>" if title else ""
    return f'<div class="notice {kind}">{head}{paragraph(text)}</div>'


def small_heading(text: str) -> str:
    return f"<h3>{escape(text)}</h3>"


def listed(texts: Sequence[str], *, numbered: bool = False) -> str:
    """A list; empty where there is nothing to list."""
    tag = "ol" if numbered else "ul"
    items = "".join(f"<li>{escape(text)}</li>" for text in texts)
    return f"<{tag}>{items}</{tag}>" if texts else ""


def answers(rows: Sequence[tuple[str, str, str, str]]) -> str:
    """Answers in sentences, each with a link to where it comes from: (sentence, name, address, small print)."""
    small = '<span class="small">{}</span>'.format
    items = "".join(
        f"<li>{escape(told)} {link(name, href)}{small(escape(aside)) if aside else ''}</li>"
        for told, name, href, aside in rows
    )
    return f'<ul class="answers">{items}</ul>' if items else ""


def links(rows: Sequence[tuple[str, str]]) -> str:
    """A list of links: (name, address)."""
    items = "".join(f"<li>{link(name, href)}</li>" for name, href in rows)
    return f'<ul class="links">{items}</ul>'


def empty(text: str) -> str:
    """In place of a figure or table that has nothing to show, and why."""
    return f'<p class="empty">{escape(text)}</p>'


def table(
    caption: str,
    headers: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    *,
    numeric: Sequence[int] | None = None,
    caption_seen: bool = True,
    is_long: bool = False,
) -> str:
    """A table whose first column heads each row; the other columns are numbers unless ``numeric`` lists which are.

    Cells are text already written for the reader's language. A caption that repeats a heading need not be seen. On a
    phone each row becomes a block and each cell carries its header (hence the roles, which stacking would lose). A long
    one takes all the room there is, so that its rows are low.
    """
    numbers = set(range(1, len(headers)) if numeric is None else numeric)
    kinds = ['class="number"' if column in numbers else "" for column in range(len(headers))]
    head = "".join(
        f'<th scope="col" role="columnheader" {kind}>{escape(text)}</th>'
        for kind, text in zip(kinds, headers, strict=True)
    )
    body = "".join(f'<tr role="row">{_cells(row, headers, kinds)}</tr>' for row in rows)
    seen = "" if caption_seen else ' class="unseen"'
    looks = ["wide"] * (len(headers) > _MANY_COLUMNS) + ["long"] * is_long
    wide = f' class="{" ".join(looks)}"' if looks else ""
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(caption)}"><table role="table"{wide}>'
        f"<caption{seen}>{escape(caption)}</caption>"
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead><tbody role="rowgroup">{body}</tbody></table></div>'
    )


def _cells(row: Sequence[Cell], headers: Sequence[str], kinds: Sequence[str]) -> str:
    first, *rest = zip(kinds, headers, row, strict=True)
    others = "".join(
        f'<td role="cell" data-head="{escape(header)}" {kind}>{_inside(cell)}</td>' for kind, header, cell in rest
    )
    return f'<th scope="row" role="rowheader" {first[0]}>{_inside(first[2])}</th>{others}'


def _inside(cell: Cell) -> str:
    if isinstance(cell, Links):
        return " ".join(link(text, href) for text, href in cell.to)
    if isinstance(cell, Lines):
        return "".join(f'<span class="line">{escape(text)}</span>' for text in cell.texts)
    return escape(cell)


def glance(caption: str, headers: Sequence[str], rows: Sequence[Row]) -> str:
    """At a glance: a table of five columns, stacked blocks under 760 px (hence the roles, which stacking
    would lose).
    """
    head = "".join(f'<th scope="col" role="columnheader">{escape(text)}</th>' for text in headers)
    body = "".join(_glance_row(row) for row in rows)
    return (
        f'<table class="glance" role="table"><caption>{escape(caption)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table>'
    )


def _glance_row(row: Row) -> str:
    small = '<span class="small">{}</span>'.format
    value = link(row.value, row.behind) if row.behind else escape(row.value)
    below = f'<span class="small" aria-hidden="true">{escape(row.picture_below)}</span>' if row.picture_below else ""
    picture = f'<img src="{escape(row.picture)}" alt="{escape(row.picture_says)}">{below}' if row.picture else ""
    return (
        f'<tr role="row"><th scope="row" role="rowheader">'
        f"{link(row.name, row.href)}{small(escape(row.detail))}{small(escape(row.assurance))}</th>"
        f'<td role="cell"><span class="value">{value}</span> '
        f"{escape(row.unit)}{small(escape(row.basis))}</td>"
        f'<td role="cell">{picture or small(escape(row.picture_says))}</td>'
        f'<td role="cell">{finding(row.change)}</td><td role="cell">{finding(row.against_target)}</td></tr>'
    )


def finding(found: Finding) -> str:
    """An icon and its words; no icon where there is nothing to judge (``none``)."""
    detail = f'<span class="small">{escape(found.detail)}</span>' if found.detail else ""
    if found.icon == "none":
        return f'<span class="small">{escape(found.words)}</span>{detail}'
    icon = f'<span class="icon {found.icon}" aria-hidden="true"></span>'
    return f'<div class="finding">{icon}<span>{escape(found.words)}</span>{detail}</div>'
