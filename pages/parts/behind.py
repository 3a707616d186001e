"""Ways from a figure to the rows behind it: quiet, since most readers do not follow them.

Knows how an address names a figure. Refuses to open a row: the page it leads to does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assurance import words
from assurance.case_list import NO_ITEMS
from assurance.figures import ALL, Figure
from assurance.words import Language, say
from pages.parts import choices, columns, html
from pages.parts.choices import Choices


def link(whole: Figure, chosen: Choices) -> str:
    """Under a card: to the rows of all it shows; nothing where there are none."""
    if not _has_items(whole):
        return ""
    return f'<p class="behind">{html.link(say(chosen.lang, "cases.behind"), address(whole, chosen))}</p>'


def of(figure: Figure, chosen: Choices) -> str:
    """The address of a figure's rows; empty where there are none, or where a reader sees no value."""
    return address(figure, chosen) if _has_items(figure) and not figure.lacks_data else ""


def cells(figure: Figure, lang: Language, chosen: Choices | None) -> Sequence[html.Cell]:
    """A figure's cells, the first of which leads to its rows."""
    first, *rest = columns.cells(figure, lang)
    return [_linked(figure, first, chosen), *rest]


def number(figure: Figure | None, lang: Language, chosen: Choices | None) -> html.Cell:
    """How many a figure counts, and the way to them."""
    return words.number(lang, 0) if figure is None else _linked(figure, words.number(lang, figure.n or 0), chosen)


def _linked(figure: Figure, text: str, chosen: Choices | None) -> html.Cell:
    return html.Links([(text, address(figure, chosen))]) if chosen is not None and _has_items(figure) else text


def _has_items(figure: Figure) -> bool:
    return any(n for state, n in figure.states.items() if state not in NO_ITEMS)


def address(figure: Figure, chosen: Choices) -> str:
    own = {"indicator": figure.definition.id}
    if figure.breakdown != ALL:
        own |= {"by": figure.breakdown, "category": figure.category}
    return choices.written("/cases", replace(chosen, area=figure.area, period=figure.period), own.items())
