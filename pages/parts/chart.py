"""The base of every chart, and the one way to show one.

Knows axes, type and margins. Refuses traces it did not get: a figure is drawn from a frame already protected
for the reader, with ``graph_objects`` and explicit ranges, and is never shown without its alternative text.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import plotly.graph_objects as go
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assurance.indicator import Target
from pages.parts import look

_LETTER_PX: Final = 7.8
_GAP_PX: Final = 10
_WORDS_FIRST_SECONDS: Final = 0.3
WIDTH_PX: Final = 832  # as wide as a table, so that marks and figures stand under each other
SOLID: Final = {"opacity": 1, "line": {"width": 0}}
"""For markers of several sizes, which Plotly otherwise draws three quarters transparent, under their contrast."""
_CONFIG = {"displayModeBar": False, "staticPlot": False, "doubleClick": False, "responsive": True}
# One empty template for all: the default one adds seven kilobytes to every figure sent.
_NO_TEMPLATE = go.layout.Template()


@dataclass(frozen=True)
class Drawn:
    """A picture with its words, all from the same figures: ``key`` is the sentence that says how to read it,
    ``alternative`` what it shows, with the numbers that matter."""

    figure: go.Figure
    key: str
    alternative: str

    @property
    def scale(self) -> float:
        """How much larger it is drawn than on a desk."""
        return float(self.figure.layout.font.size) / look.CHART_PX


class _Ready(go.Figure):  # type: ignore[misc]
    """A figure that is turned into a dictionary once: the first reader's is every other reader's too."""

    def to_dict(self) -> dict[str, Any]:
        ready: dict[str, Any] | None = self.__dict__.get("_ready")
        if ready is None:
            ready = self.__dict__["_ready"] = super().to_dict()
        return ready


def base(tokens: look.Tokens, *, present: bool, height: int, left: int, right: int) -> go.Figure:
    """An empty figure in the house look: height and margins in pixels, ``right`` for the labels at the lines' ends."""
    scale = look.scale(present)
    font = {
        "family": f"{look.FONT}, system-ui, sans-serif",
        "size": look.CHART_PX * scale,
        "color": tokens.muted,
    }
    return _Ready(
        layout=go.Layout(
            template=_NO_TEMPLATE,
            font=font,
            height=round(height * scale),
            margin={
                "l": round(left * scale),
                "r": round(right * scale),
                "t": round(24 * scale),
                "b": round(40 * scale),
            },
            paper_bgcolor="rgba(0,0,0,0)",
            plot_bgcolor="rgba(0,0,0,0)",
            showlegend=False,
            hovermode="closest",
            hoverlabel={
                "bgcolor": tokens.surface,
                "bordercolor": tokens.rule,
                "font": {**font, "color": tokens.ink},
            },
            dragmode=False,
            xaxis=_axis(tokens),
            yaxis=_axis(tokens, has_rules=True),
        )
    )


def stacked(tokens: look.Tokens, *, present: bool, height: int, right: int, foot: int, left: int = 4) -> go.Figure:
    """An empty chart whose upright axis counts pixels down from its top, ``height`` of them, so that rows of any height
    stand under each other with their words above: a phone has no room beside. ``foot``: pixels for the axis below."""
    figure = base(tokens, present=present, height=height + foot, left=left, right=right)
    figure.update_layout(margin={"t": 0, "b": round(foot * look.scale(present))})
    figure.update_yaxes(range=[height, 0], showticklabels=False, showgrid=False)
    return figure


def words_at(text: str, **where: Any) -> dict[str, Any]:
    """Horizontal words without an arrow, by default from the left edge on: one of a layout's ``annotations``.

    A figure gets all of its words at once: Plotly looks at those it has again for every one that is added.
    They are aligned to the edge they stand at, which holds also where a browser measured them before the font arrived.
    """
    place = {"x": 0, "xref": "paper", "xanchor": "left", "showarrow": False, **where}
    return {"align": place["xanchor"], **place, "text": text}


def room_for(texts: Iterable[str]) -> int:
    """Pixels that the longest of some texts takes beside a chart, at most, before any scale."""
    return round(_GAP_PX + _LETTER_PX * max(map(len, texts), default=0))


def aim_line(aim: Target, tokens: look.Tokens) -> dict[str, Any]:
    """How a target is drawn, and otherwise what is a benchmark only."""
    if aim.basis == "benchmark":
        return {"color": tokens.muted, "dash": "dot", "width": 1.5}
    return {"color": tokens.target, "dash": "dash", "width": 1.5}


def ticks(values: list[Any], labels: list[str], low: Any, high: Any) -> dict[str, Any]:
    """An axis whose range and marks are said, not guessed: ``figure.update_xaxes(**ticks(...))``."""
    return {"range": [low, high], "tickmode": "array", "tickvals": values, "ticktext": labels}


def _axis(tokens: look.Tokens, *, has_rules: bool = False) -> dict[str, Any]:
    return {
        "fixedrange": True,
        "autorange": False,
        "zeroline": False,
        "showgrid": has_rules,
        "gridcolor": tokens.rule,
        "showline": not has_rules,
        "linecolor": tokens.muted,
        "ticks": "" if has_rules else "outside",
        "ticklen": 4,
        "tickcolor": tokens.muted,
        "tickangle": 0,
        "ticklabelstandoff": 6 if has_rules else 2,
        "automargin": False,
    }


def place(drawn: Drawn) -> DeltaGenerator:
    """Where a figure will stand, as wide as it will be."""
    return st.container(width=round(WIDTH_PX * drawn.scale))


def wait_for_readers() -> None:
    """On a reader's first page, let the words be painted before the charts' script, which is nearly five megabytes,
    keeps the browser from painting anything."""
    if "charts_are_loaded" not in st.session_state:
        st.session_state["charts_are_loaded"] = True
        time.sleep(_WORDS_FIRST_SECONDS)


def show(drawn: Drawn, key: str, where: DeltaGenerator) -> None:
    """Draw a figure. Raises ValueError without alternative text: a picture no one describes is for no one."""
    if not drawn.alternative.strip():
        raise ValueError("a chart needs alternative text")
    where.plotly_chart(drawn.figure, theme=None, width="stretch", config=_CONFIG, alt=drawn.alternative, key=key)
