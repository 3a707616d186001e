"""Is an authority different from the others beyond chance? A funnel: limits around what all have together.

Limits are exact binomial ones, wider for fewer cases, at 95 % and 99.8 %. Only the latter are a finding: of fourteen
authorities that do not differ at all, every second comparison has one outside 95 %. Knows counts. Refuses ranks: no
authority is first or last here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp, lgamma, log, log1p
from typing import TYPE_CHECKING, Final, Literal

from assurance import figures
from assurance.judgement import MIN_N

if TYPE_CHECKING:
    from assurance.figures import Figure
    from assurance.indicator import Definition
    from assurance.release import Area, Release

Beyond = Literal["below_998", "below_95", "above_95", "above_998"]

TAIL_95: Final = 0.025
TAIL_998: Final = 0.001
"""The chance beyond a limit, on each side."""
MIN_AUTHORITIES: Final = 5
"""Fewer than this many with cases enough have no average worth standing against."""


@dataclass(frozen=True)
class Limits:
    """Between these shares, 0 to 1, an authority with so many cases lies by chance: in 95 and in 99.8 of 100."""

    low_95: float
    high_95: float
    low_998: float
    high_998: float


@dataclass(frozen=True)
class Place:
    """An authority's ``n`` of ``N`` and its share, 0 to 1; None where it has no cases. ``beyond`` names the widest
    limit it lies outside."""

    code: str
    n: int
    N: int
    share: float | None
    limits: Limits | None
    beyond: Beyond | None

    @property
    def is_signal(self) -> bool:
        """Whether chance hardly explains it."""
        return self.beyond in ("below_998", "above_998")


@dataclass(frozen=True)
class Funnel:
    """The authorities in the order given, and the share of all of them together (``centre``, 0 to 1)."""

    centre: float
    places: tuple[Place, ...]

    def limits(self, N: int) -> Limits:
        """The limits for ``N`` cases."""
        return limits(self.centre, N)


def funnel(areas: Sequence[tuple[str, int, int]]) -> Funnel:
    """The funnel of ``(code, n, N)``: ``n`` of ``N`` cases each.

    Raises ValueError unless 0 <= n <= N for each, and some N is above 0.
    """
    if any(not 0 <= n <= N for _, n, N in areas) or not sum(N for *_, N in areas):
        raise ValueError("each n is 0 to N, and there is at least one case")
    centre = sum(n for _, n, _ in areas) / sum(N for *_, N in areas)
    return Funnel(centre, tuple(_place(centre, *each) for each in areas))


def limits(centre: float, N: int) -> Limits:
    """Exact binomial limits for a share of ``N`` cases around ``centre``, interpolated between whole cases.

    Spiegelhalter (2005), Statist. Med. 24, 1185-1202, appendix; the upper ones are the lower ones of the other outcome,
    so that both sides are alike. An authority lies outside just where its exact tail is less than the limit's. Raises
    ValueError unless 0 <= centre <= 1 and N > 0.
    """
    if not 0 <= centre <= 1 or N < 1:
        raise ValueError("centre is 0 to 1, and N at least 1")
    return Limits(
        _low(centre, N, TAIL_95), 1 - _low(1 - centre, N, TAIL_95),
        _low(centre, N, TAIL_998), 1 - _low(1 - centre, N, TAIL_998),
    )  # fmt: skip


def _place(centre: float, code: str, n: int, N: int) -> Place:
    if N == 0:
        return Place(code, n, N, None, None, None)
    beyond: Beyond | None = None
    if _tail(centre, n, N) < TAIL_95:
        beyond = "below_998" if _tail(centre, n, N) < TAIL_998 else "below_95"
    elif _tail(1 - centre, N - n, N) < TAIL_95:
        beyond = "above_998" if _tail(1 - centre, N - n, N) < TAIL_998 else "above_95"
    return Place(code, n, N, n / N, limits(centre, N), beyond)


def _chances(share: float, N: int) -> Iterator[float]:
    """The chance of 0, 1, … N of ``N`` at ``share``."""
    for n in range(N + 1):
        if share in (0, 1):
            yield float(n == share * N)
        else:
            ways = lgamma(N + 1) - lgamma(n + 1) - lgamma(N - n + 1)
            yield exp(ways + n * log(share) + (N - n) * log1p(-share))


def _tail(share: float, n: int, N: int) -> float:
    """The chance of ``n`` or fewer of ``N``."""
    return sum(chance for at, chance in enumerate(_chances(share, N)) if at <= n)


def _low(share: float, N: int, tail: float) -> float:
    below = 0.0
    for n, chance in enumerate(_chances(share, N)):
        if below + chance >= tail:
            part = (below + chance - tail) / chance
            return max((n - part) / N, 0.0)
        below += chance
    return 1.0


# Figures compared


@dataclass(frozen=True)
class Compared:
    """The figures of one measure and period for every authority, by the area's code. ``own`` is the reader's authority,
    None where a whole region is shown; ``funnel`` None where fewer than five have cases enough."""

    definition: Definition
    areas: tuple[Area, ...]
    figures: Mapping[str, Figure]
    own: Area | None
    funnel: Funnel | None

    def place(self, area: Area) -> Place | None:
        """Where an authority stands; None where it has too few cases, or there is no funnel."""
        places = self.funnel.places if self.funnel else ()
        return next((each for each in places if each.code == area.code), None)

    @property
    def signals(self) -> list[tuple[Area, Place]]:
        """The authorities that chance hardly explains, in the order of areas."""
        placed = [(area, self.place(area)) for area in self.areas]
        return [(area, place) for area, place in placed if place is not None and place.is_signal]


def of(release: Release, definition: Definition, area: Area, code: str) -> Compared:
    """``area`` among the authorities of its region; of a region or of all, its members among each other.

    Authorities with fewer than ten cases have no place of their own, and count in what all have together.
    """
    members = _members(release, area)
    found = {each.code: figures.figure(release, definition, each, code) for each in members}
    sound = {key: figure for key, figure in found.items() if not figure.lacks_data}
    counted = [(key, figure.n or 0, figure.N or 0) for key, figure in sound.items()]
    enough = {key for key, _, N in counted if N >= MIN_N}
    together = funnel(counted) if len(enough) >= MIN_AUTHORITIES else None
    if together is not None:
        together = Funnel(together.centre, tuple(each for each in together.places if each.code in enough))
    return Compared(definition, members, found, area if len(area.members) == 1 else None, together)


def _members(release: Release, area: Area) -> tuple[Area, ...]:
    around = [each for each in release.areas if len(each.members) > 1 and set(area.members) <= set(each.members)]
    widest = min(around, key=lambda each: len(each.members), default=area)
    return tuple(release.area(member) for member in widest.members)
