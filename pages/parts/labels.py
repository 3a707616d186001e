"""Where the words at the ends of rising lines stand, so that no line and no other words run through them.

Knows how much room words take on the narrowest screen; on a wider one they take less. Refuses to know what they say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from assurance.survival import Curve

TOP: Final = 122
"""Where the upright axis ends, in percent: words stand also above a line that ends at 100."""

_WIDE: Final = 0.5  # of the days drawn
_HIGH: Final = 20  # percent of the upright axis
_HIGHER: Final = 5  # percent, from one try to the next


class Box(NamedTuple):
    """A part of the plot, in days and percent."""

    x0: float
    x1: float
    y0: float
    y1: float

    def overlaps(self, other: Box) -> bool:
        return self.x0 < other.x1 and other.x0 < self.x1 and self.y0 < other.y1 and other.y0 < self.y1

    def is_crossed_by(self, curve: Curve) -> bool:
        """A curve never falls, so it passes through unless it is still under the box at its end or over it before."""
        first, last = max(self.x0, 0), min(self.x1, curve.days[-1])
        is_under, is_over = 100 * curve.at(int(last)) <= self.y0, 100 * curve.at(int(first)) >= self.y1
        return first <= last and not is_under and not is_over


@dataclass(frozen=True)
class Label:
    """A point in days and percent, the corner of the words that touches it, and how many days wide these are."""

    x: float
    xanchor: str
    y: float
    yanchor: str
    wide: float

    @property
    def box(self) -> Box:
        x0 = self.x - self.wide if self.xanchor == "right" else self.x
        y0 = self.y - _HIGH if self.yanchor == "top" else self.y
        return Box(x0, x0 + self.wide, y0, y0 + _HIGH)


def at_ends(curves: Sequence[Curve], tops: Sequence[float], days: int) -> list[Label]:
    """A label for each curve; ``tops``: what it is to clear above each one's end, in percent; ``days``: the axis's end.

    The first place that is free, or the first of all where none is. The words over the upright axis are left alone.
    """
    wide = _WIDE * days
    taken = [Box(0, wide, 100, TOP)]
    labels = []
    for curve, top in zip(curves, tops, strict=True):
        places = [*_places(curve, top, wide)]
        labels.append(next((each for each in places if _is_free(each.box, curves, taken)), places[0]))
        taken.append(labels[-1].box)
    return labels


def _places(curve: Curve, top: float, wide: float) -> Iterator[Label]:
    """At the curve's end, the best place first; of a short one, over it from the left edge on, ever higher."""
    last, share = curve.days[-1], 100 * curve.share[-1]
    yield Label(last, "right", top, "bottom", wide)
    yield Label(last, "left", top, "bottom", wide)
    yield Label(last, "left", share, "top", wide)
    yield Label(last, "right", share, "top", wide)
    for higher in range(round(top), TOP - _HIGH, _HIGHER):
        yield Label(0, "left", higher, "bottom", wide)


def _is_free(box: Box, curves: Sequence[Curve], taken: Sequence[Box]) -> bool:
    is_inside = box.x0 >= 0 and box.y0 >= 0 and box.y1 <= TOP
    return is_inside and not any(map(box.is_crossed_by, curves)) and not any(map(box.overlaps, taken))
