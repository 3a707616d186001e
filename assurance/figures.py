"""The one protected frame: every value that a screen, table, sentence, alternative text, export or pack may show.

Knows how counts become a value with its interval and verdict. Refuses a percentage, rate or median under ten cases, and
any value whose data did not arrive; the counts behind a withheld value stay visible to this audience.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Any, Final, Literal

from assurance import judgement, period
from assurance.indicator import Definition, Target
from assurance.intervals import poisson, wilson
from assurance.release import Area, Release
from assurance.survival import Curve, aalen_johansen

ALL: Final = "all"
HALF: Final = 0.5
_MONTHS_A_YEAR: Final = 12
_ENDS: Final[Mapping[str, int]] = {"finished": 1, "left": 2, "running": 0}
"""How a duration ended: as it should, some other way, or not yet."""

Withheld = Literal["too_few", "not_supplied", "service_missing", "data_quality", "not_reached", "no_base"]
Histogram = Mapping[str, Mapping[int, int]]
"""Items by state and number of whole days."""


@dataclass(frozen=True)
class Figure:
    """One value. ``n`` of ``N`` items (``N`` None where a count stands for itself); ``value``, ``low`` and ``high`` in
    ``unit`` ("percent", "days", "per 1000 a year", or what is counted), the last two a 95 % interval. ``period_from``
    and ``period_to`` are days, both included; ``known_to`` the last of them that the data reaches. ``withheld`` says
    why there is no value; ``silent`` are the services it needs that were silent in part of it, each with the day of
    what it last sent; ``days`` has a duration's and a stock's histogram. By kind, the value is: a share in percent;
    of a duration the median, open items included; of a stock how many are in its numerator; of a profile how many
    items, or a category's share of those known; of a rate, events for so many people a year, ``N`` being
    person-years."""

    definition: Definition
    area: str
    period: str
    period_from: date
    period_to: date
    breakdown: str
    category: str
    unit: str
    states: Mapping[str, int]
    n: int | None = None
    N: int | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    verdict: judgement.Verdict | None = None
    withheld: Withheld | None = None
    days: Histogram = field(default_factory=dict)
    known_to: date | None = None
    silent: Mapping[str, date] = field(default_factory=dict)

    @property
    def lacks_data(self) -> bool:
        """Whether it is withheld for what its data lacks, whatever it would have been."""
        return self.withheld in judgement.UNSOUND

    def as_json(self) -> dict[str, Any]:
        """The shape that ``figures --json`` prints."""
        return {
            "indicator": self.definition.id,
            "area": self.area,
            "period": self.period,
            "period_from": self.period_from.isoformat(),
            "period_to": self.period_to.isoformat(),
            "breakdown": self.breakdown,
            "category": self.category,
            "states": dict(self.states),
            "n": self.n,
            "N": self.N,
            "value": self.value,
            "unit": self.unit,
            "low": self.low,
            "high": self.high,
            "verdict": self.verdict,
            "withheld": self.withheld,
        }


def figure(release: Release, definition: Definition, area: Area, code: str) -> Figure:
    """The figure of one indicator for an area and a period, not broken down."""
    return over(release, definition, area, [code])[0]


def at(release: Release, definition: Definition, area: Area, code: str, breakdown: str, category: str) -> Figure:
    """The figure of one category of a breakdown; of "all" in both, that of :func:`figure`."""
    counted = _counted(release, [definition], area, [code], breakdown)
    return _figure(release, definition, area, code, (breakdown, category), counted[definition.slug][code])


def over(release: Release, definition: Definition, area: Area, codes: Sequence[str]) -> list[Figure]:
    """One figure per period of ``codes``, not broken down."""
    return steps(release, [definition], area, codes)[definition.slug]


def steps(
    release: Release, definitions: Sequence[Definition], area: Area, codes: Sequence[str]
) -> dict[str, list[Figure]]:
    """One figure per period of ``codes`` for each definition, by its slug, not broken down: read together."""
    counted = _counted(release, definitions, area, codes, ALL)
    return {
        each.slug: [_figure(release, each, area, code, (ALL, ALL), counted[each.slug][code]) for code in codes]
        for each in definitions
    }


def at_once(release: Release, area: Area, code: str) -> dict[str, Figure]:
    """The figure of every indicator for a period, by slug, not broken down: read together."""
    return {slug: each for slug, (each,) in steps(release, list(release.definitions.values()), area, [code]).items()}


def year_before(release: Release, area: Area, whole: Figure) -> Figure | None:
    """The same figure a year earlier, where the release holds that period."""
    code = period.year_before(whole.period, release.periods)
    return figure(release, whole.definition, area, code) if code else None


_Place = tuple[str, str]
"""A breakdown and a category of it."""
_States = dict[str, dict[int | None, int]]
"""Counts by state and days."""
_Counted = dict[_Place, _States]


@dataclass(frozen=True)
class Sheet:
    """Every figure of one indicator for an area and a period: the whole, its parts in time, and by each breakdown its
    categories that have any item, in the order of their code list. A profile has, too, of how many each is known.
    ``rest`` is what the whole has and no part: items without a date, or of a month outside every part."""

    whole: Figure
    steps: tuple[Figure, ...]
    rest: Figure | None
    splits: Mapping[str, tuple[Figure, ...]]
    coverage: Mapping[str, Figure]

    @property
    def headline(self) -> Figure | None:
        """The category that the definition's answer ends with; None where it has none or there is no item of it."""
        named = self.whole.definition.headline
        if named is None:
            return None
        return next((each for each in self.splits[named[0]] if each.category == named[1]), None)


def sheets(release: Release, definitions: Sequence[Definition], area: Area, code: str) -> list[Sheet]:
    """A page's figures of several indicators. They are read together: a read costs the same for one and for many."""
    parts = period.parts(code, release.periods)
    counted = _counted(release, definitions, area, list(dict.fromkeys([code, *parts])), None)
    return [_sheet(release, definition, area, code, parts, counted[definition.slug]) for definition in definitions]


def _sheet(
    release: Release,
    definition: Definition,
    area: Area,
    code: str,
    parts: Sequence[str],
    counted: Mapping[str, _Counted],
) -> Sheet:
    def of(part: str, *place: str) -> Figure:
        return _figure(release, definition, area, part, (place[0], place[1]), counted[part])

    rest = _without(counted[code].get((ALL, ALL), {}), [counted[part].get((ALL, ALL), {}) for part in parts])
    return Sheet(
        whole=of(code, ALL, ALL),
        steps=tuple(of(part, ALL, ALL) for part in parts),
        rest=_figure(release, definition, area, code, (ALL, ALL), {(ALL, ALL): rest})
        if rest and not definition.is_as_at
        else None,
        splits={
            name: tuple(_split(release, definition, area, code, name, counted[code])) for name in definition.breakdowns
        },
        coverage={name: of(code, name, ALL) for name in definition.breakdowns if definition.kind == "profile"},
    )


def every(release: Release) -> Iterator[Figure]:
    """Every value that a page can show, in a stable order."""
    for definition in release.definitions.values():
        for area in release.areas:
            counted = _counted(release, [definition], area, release.periods, None)[definition.slug]
            for code in release.periods:
                yield _figure(release, definition, area, code, (ALL, ALL), counted[code])
                for breakdown in definition.breakdowns:
                    if (breakdown, ALL) in counted[code]:
                        yield _figure(release, definition, area, code, (breakdown, ALL), counted[code])
                    yield from _split(release, definition, area, code, breakdown, counted[code])


def curve(figure: Figure) -> Curve | None:
    """The share of a duration's items that had finished by each day: open items censored at the snapshot, those that
    left before a competing end. None where nothing can be measured."""
    timed = [(day, _ENDS[state], n) for state in _ENDS for day, n in figure.days.get(state, {}).items()]
    return aalen_johansen(*zip(*sorted(timed), strict=True)) if timed else None


def _without(whole: _States, parts: Sequence[_States]) -> _States:
    """The counts of the whole that are in none of its parts."""
    left: _States = {}
    for state, of in whole.items():
        for days, n in of.items():
            rest = n - sum(part.get(state, {}).get(days, 0) for part in parts)
            if rest:
                left.setdefault(state, {})[days] = rest
    return left


def _split(
    release: Release, definition: Definition, area: Area, code: str, breakdown: str, counted: _Counted
) -> list[Figure]:
    places = [(breakdown, category) for category in release.breakdown(breakdown).labels]
    return [_figure(release, definition, area, code, place, counted) for place in places if place in counted]


def _counted(
    release: Release, definitions: Sequence[Definition], area: Area, codes: Sequence[str], breakdown: str | None
) -> dict[str, dict[str, _Counted]]:
    """The counts of each indicator and period, of one breakdown or of all."""
    counted: dict[str, dict[str, _Counted]] = {each.slug: {code: {} for code in codes} for each in definitions}
    for is_as_at in (False, True):  # how things stand counts other months of a period than what happened in it
        slugs = [each.slug for each in definitions if each.is_as_at == is_as_at]
        months = [months_of(release, area, code, is_as_at=is_as_at) for code in codes]
        rows = (
            release.read(
                "states",
                indicators=slugs,
                scope=area.code,
                codes=list(codes),
                firsts=[first for first, _ in months],
                lasts=[last for _, last in months],
                every_month=[code == period.ALL and not is_as_at for code in codes],
                breakdown=breakdown,
            )
            if slugs
            else []
        )
        for row in rows:
            place = counted[row["indicator"]][row["code"]].setdefault((row["breakdown"], row["category"]), {})
            place.setdefault(row["state"], {})[row["days"]] = row["n"]
    return counted


def months_of(release: Release, area: Area, code: str, *, is_as_at: bool) -> tuple[date, date]:
    """The first and last month that count in a period; of how things stand, only the last that the data reaches."""
    first, last = period.parse(code)
    if not is_as_at:
        return first, last
    last = min(last, release.facts(area).snapshot_on.replace(day=1))
    return max(first, last), last


def _figure(
    release: Release, definition: Definition, area: Area, code: str, place: _Place, counted: _Counted
) -> Figure:
    first, last = _days(release, code)
    definition = release.under(definition, area)
    make = partial(
        Figure,
        definition=definition,
        area=area.code,
        period=code,
        period_from=first,
        period_to=last,
        breakdown=place[0],
        category=place[1],
        unit=_unit(definition, place),
        known_to=min(last, release.facts(area).snapshot_on),
    )
    facts = release.facts(area)
    if facts.missing_tables.intersection(definition.needs_tables):
        return make(states={}, withheld="not_supplied")
    valued = _valued(make, definition, place, counted)
    silent = facts.silent_before(valued.known_to or last, definition.needs_services)
    if silent:
        return _doubted(valued, "service_missing", silent)
    if (
        max((facts.share_quarantined(each) for each in definition.needs_tables), default=0)
        > judgement.QUARANTINED_AT_MOST
    ):
        return _doubted(valued, "data_quality", {})
    return valued


def _doubted(valued: Figure, why: Withheld, silent: Mapping[str, date]) -> Figure:
    """A figure without its value, its verdict and its curve; what has to be explained still has to be."""
    verdict = valued.verdict if valued.verdict == "explain_each" else None
    days = {} if valued.definition.kind == "duration" else valued.days
    known = replace(valued, verdict=verdict, days=days)
    return replace(known, value=None, low=None, high=None, withheld=why, silent=silent)


def _valued(make: partial[Figure], definition: Definition, place: _Place, counted: _Counted) -> Figure:
    """The figure as its counts give it."""
    found = counted.get(place, {})
    states = {state: sum(found.get(state, {}).values()) for state in definition.states}
    days = {state: {day: n for day, n in of.items() if day is not None} for state, of in found.items()}
    make = partial(make, states=states, days={state: of for state, of in days.items() if of})
    if definition.kind == "profile":
        return _profile(make, states, place, counted)
    if definition.kind == "rate":
        return _rate(make, states, definition)
    n = sum(states[state] for state in definition.numerator)
    if not definition.denominator:
        return make(n=n, value=n, verdict=judgement.explain_each(n) if definition.verdict == "explain_each" else None)
    N = sum(states[state] for state in definition.denominator)
    if definition.kind == "stock":
        return make(n=n, N=N, value=n, verdict=judgement.explain_each(n) if _is_judged(definition) else None)
    if definition.kind == "duration":
        return _duration(make(n=n, N=N))
    target = definition.target_on(make.keywords["period_to"])
    return _share(make, n, N, target, is_judged=_is_judged(definition))


def _unit(definition: Definition, place: _Place) -> str:
    if definition.rate:
        return f"per {definition.rate.per} a year"
    if definition.kind == "duration":
        return "days"
    is_percent = definition.is_share or (definition.kind == "profile" and place != (ALL, ALL))
    return "percent" if is_percent else definition.counts["en"]


def _is_judged(definition: Definition) -> bool:
    return definition.verdict != "not_judged"


def _share(make: Callable[..., Figure], n: int, N: int, target: Target | None, *, is_judged: bool) -> Figure:
    if N < judgement.MIN_N:
        return make(n=n, N=N, verdict="too_few" if is_judged else None, withheld="too_few")
    low, high = (round(100 * each, 6) for each in wilson(n, N))
    verdict = judgement.interval_against_target(n, N, low, high, target) if is_judged else None
    return make(n=n, N=N, value=round(100 * n / N, 6), low=low, high=high, verdict=verdict)


def _duration(timed: Figure) -> Figure:
    """The median and its interval, from everything that has started."""
    found = curve(timed)
    if found is None or (timed.N or 0) < judgement.MIN_N:
        return replace(timed, withheld="too_few")
    median, (low, high) = found.reached(HALF), found.reached_between(HALF)
    return replace(timed, value=median, low=low, high=high, withheld=None if median is not None else "not_reached")


def _profile(make: Callable[..., Figure], states: Mapping[str, int], place: _Place, counted: _Counted) -> Figure:
    """How many items there are; of a breakdown, of how many it is known; of a category, how many of those known."""
    if place == (ALL, ALL):
        return make(n=states["known"], value=states["known"])
    if place[1] == ALL:
        return _share(make, states["known"], sum(states.values()), None, is_judged=False)
    of = counted.get((place[0], ALL), {})
    known = {state: sum(of.get(state, {}).values()) for state in states}
    return _share(partial(make, states=known), states["known"], known["known"], None, is_judged=False)


def _rate(make: Callable[..., Figure], states: Mapping[str, int], definition: Definition) -> Figure:
    n, people = states["counted"], states["base"] / _MONTHS_A_YEAR
    make = partial(make, n=n, N=round(people))
    if states["no_base"] or not people or definition.rate is None:
        return make(N=None, withheld="no_base")
    if n < judgement.MIN_N:
        return make(withheld="too_few")
    low, high = (round(definition.rate.per * each, 6) for each in poisson(n, people))
    return make(value=round(definition.rate.per * n / people, 6), low=low, high=high)


def _days(release: Release, code: str) -> tuple[date, date]:
    """The first and last day of a period; of all periods, from the first case to the snapshot."""
    if code == period.ALL:
        oldest = period.parse(release.periods[-1])[0] if len(release.periods) > 1 else release.snapshot_on
        return oldest, release.snapshot_on
    first, last = period.parse(code)
    return first, period.last_day(last)
