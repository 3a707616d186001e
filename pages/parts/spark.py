"""The small pictures of At a glance: a trend with its expected band and target, and the icons of its
findings.

A trend is an SVG in a data address, because Streamlit strips inline SVG; it carries both themes' colours and
the browser picks. Icons are masks filled by the style sheet. Shape says what colour says: circle, square,
diamond.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal
from urllib.parse import quote

from pages.parts import look

Mark = Literal["common", "improving", "concern", "higher", "lower"]

WIDTH: Final = 190
HEIGHT: Final = 44
_EDGE: Final = 6.0

_CIRCLE: Final = "M14 2a12 12 0 1 1 0 24a12 12 0 1 1 0-24z"
_SQUARE: Final = "M3 3h22v22H3z"
_DIAMOND: Final = "M14 1L27 14L14 27L1 14z"
# Outline, its dash, what is drawn inside, and the colour token.
_ICONS: Final = {
    "common": (_CIRCLE, "", "M7 15l3.5-4l3.5 5l3.5-5l3.5 4", "common"),
    "improving": (_SQUARE, "", "M11 11h6v6h-6z", "improving"),
    "concern": (_DIAMOND, "", "M14 8v8M14 19.5v.6", "concern"),
    "higher": (_CIRCLE, "", "M14 20v-11M9.5 13l4.5-4.5l4.5 4.5", "neutral"),
    "lower": (_CIRCLE, "", "M14 8v11M9.5 15l4.5 4.5l4.5-4.5", "neutral"),
    "early": (_CIRCLE, "2 3", "M9 15v.6M14 12v.6M19 15v.6", "common"),
    "will_meet": (_SQUARE, "", "M8 14.5l4.5 4.5l8-10", "improving"),
    "will_miss": (_DIAMOND, "", "M10 10l8 8M18 10l-8 8", "concern"),
    "hit_or_miss": (_CIRCLE, "", "M10.5 11a3.5 3.5 0 1 1 5 3.200c-1 .5-1.5 1-1.500 2.300M14 20v.3", "common"),
}


def icons() -> str:
    """The style rules of the icons."""
    return "\n".join(
        f'.stHtml .icon.{name}{{background:var(--{colour});mask-image:url("{_address(_icon(outline, dash, inside))}")}}'
        for name, (outline, dash, inside, colour) in _ICONS.items()
    )


def _icon(outline: str, dash: str, inside: str) -> str:
    return (
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 28 28' fill='none' stroke='#000' "
        f"stroke-width='2' stroke-linecap='round'><path d='{outline}' stroke-dasharray='{dash or 'none'}'/>"
        f"<path d='{inside}'/></svg>"
    )


def trend(
    points: Sequence[float | None],
    *,
    marks: Sequence[Mark] = (),
    band: tuple[float, float] | None = None,
    band_from: int = 0,
    target: Sequence[float | None] = (),
    is_benchmark: bool = False,
) -> str:
    """The address of a picture: ``None`` breaks the line, ``marks`` (one a point) shows signals, the last is
    dotted. ``target`` is that of each point, as it was then; ``band`` what is usual from the point ``band_from`` on.

    Its alternative text is the caller's. Empty if there is no point to draw.
    """
    known = [point for point in points if point is not None]
    if not known:
        return ""
    reach = [*known, *(band or ()), *(each for each in target if each is not None)]
    low, high = min(reach), max(reach)
    step = (WIDTH - 2 * _EDGE) / max(len(points) - 1, 1)

    def y(value: float) -> float:
        share = (value - low) / (high - low) if high > low else 0.5
        return HEIGHT - _EDGE - share * (HEIGHT - 2 * _EDGE)

    drawn = []
    if band is not None:
        top, bottom = y(band[1]), y(band[0])
        left = 0.0 if band_from == 0 else _EDGE + step * (band_from - 0.5)
        drawn.append(
            f"<rect class='band' x='{left:.1f}' width='{WIDTH - left:.1f}' y='{top:.1f}' height='{bottom - top:.1f}'/>"
        )
    if any(each is not None for each in target):
        kind = "benchmark" if is_benchmark else "target"
        drawn.append(
            f"<path class='{kind}' d='{_steps([None if each is None else y(each) for each in target], step)}'/>"
        )
    places = [None if point is None else (_EDGE + step * at, y(point)) for at, point in enumerate(points)]
    drawn.append(f"<path class='line' d='{_line(places)}'/>")
    last = max(at for at, place in enumerate(places) if place is not None)
    for at, place in enumerate(places):
        mark = marks[at] if at < len(marks) else "common"
        if place is not None and (at == last or mark != "common"):
            drawn.append(_mark(place, mark, 4.0 if at == last else 3.0))
    style = f"{_colours(look.LIGHT)}@media(prefers-color-scheme:dark){{{_colours(look.DARK)}}}"
    return _address(
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH} {HEIGHT}'><style>{style}</style>"
        f"{''.join(drawn)}</svg>"
    )


def _steps(heights: Sequence[float | None], step: float) -> str:
    """A level line that changes height between two points, and has none where there is no target."""
    parts = []
    for at, height in enumerate(heights):
        begins = 0.0 if at == 0 else _EDGE + step * (at - 0.5)
        ends = WIDTH if at == len(heights) - 1 else _EDGE + step * (at + 0.5)
        if height is not None:
            is_on = at > 0 and heights[at - 1] is not None
            parts.append(f"{'V' if is_on else f'M{begins:.1f} '}{height:.1f}H{ends:.1f}")
    return "".join(parts)


def _line(places: Sequence[tuple[float, float] | None]) -> str:
    steps, pen = [], "M"
    for place in places:
        if place is None:
            pen = "M"
            continue
        steps.append(f"{pen}{place[0]:.1f} {place[1]:.1f}")
        pen = "L"
    return "".join(steps)


def _mark(place: tuple[float, float], mark: Mark, size: float) -> str:
    x, y = place
    if mark == "improving":
        corner = f"x='{x - size:.1f}' y='{y - size:.1f}'"
        return f"<rect class='improving' {corner} width='{2 * size}' height='{2 * size}'/>"
    if mark == "concern":
        reach = size * 1.35  # a diamond of the same weight as the circle
        sides = f"l{reach} {reach}l-{reach} {reach}l-{reach}-{reach}z"
        return f"<path class='concern' d='M{x:.1f} {y - reach:.1f}{sides}'/>"
    if mark in ("higher", "lower"):
        reach = size * 1.3 if mark == "higher" else -size * 1.3
        return f"<path class='neutral' d='M{x:.1f} {y - reach:.1f}l{reach:.1f} {2 * reach:.1f}h{-2 * reach:.1f}z'/>"
    return f"<circle class='series' cx='{x:.1f}' cy='{y:.1f}' r='{size}'/>"


def _colours(tokens: look.Tokens) -> str:
    fills = {
        "band": tokens.band,
        "series": tokens.series,
        "improving": tokens.improving,
        "concern": tokens.concern,
    }
    fills["neutral"] = tokens.neutral
    return "".join(f".{name}{{fill:{colour}}}" for name, colour in fills.items()) + (
        f".line{{fill:none;stroke:{tokens.common};stroke-width:1.25}}"
        f".target{{fill:none;stroke:{tokens.target};stroke-width:1.25;stroke-dasharray:4 3}}"
        f".benchmark{{fill:none;stroke:{tokens.common};stroke-width:1.25;stroke-dasharray:1 3}}"
    )


def _address(svg: str) -> str:
    return f"data:image/svg+xml,{quote(svg)}"
