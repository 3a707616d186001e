"""What is different since the Board last met: signals, verdicts, figures of the past that read otherwise, notes, words.

Compares two publications: the one on show, and the one that was current when the Board met. Knows what time alone
changes (cases that were too recent then, or still open) and leaves it out. Refuses to say why a figure reads otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from assurance import entries, figures, judgement, period, series
from assurance.entries import Entry
from assurance.figures import Figure
from assurance.indicator import Both, Definition
from assurance.judgement import Judgement
from assurance.release import Area, Publication, Release
from assurance.series import Series
from assurance.spc import Point

_WITH_TIME: Final = ("too_recent", "running")
"""The states that items leave as time goes by, and only leave."""
_UNPLACED: Final = ("not_measurable",)


@dataclass(frozen=True)
class Signal:
    """A month or quarter that was not known at the last meeting and is more than chance explains."""

    series: Series
    step: Figure
    point: Point


@dataclass(frozen=True)
class Happened:
    """What should not happen: how many more are known of than at the last meeting (fewer: less than 0)."""

    definition: Definition
    more: int


@dataclass(frozen=True)
class Turned:
    """A verdict that is not what it was, on the same measure, each for its latest data."""

    figure: Figure
    then: Judgement
    now: Judgement
    was: Figure


@dataclass(frozen=True)
class Restated:
    """A figure of a quarter that had ended, as it was known at the last meeting and as it is now."""

    then: Figure
    now: Figure


@dataclass(frozen=True)
class Redefined:
    """A definition that is new, gone, or changed; ``what`` are its notes of change, if it was given any."""

    definition: Definition
    how: str
    what: tuple[Both, ...]


@dataclass(frozen=True)
class Since:
    """``met_on`` is None where no meeting is on record; ``then`` the publication compared with, None where there was
    none; ``is_chosen`` if a reader chose it. What follows is empty where nothing changed."""

    met_on: date | None
    then: Publication | None
    signals: tuple[Signal, ...] = ()
    happened: tuple[Happened, ...] = ()
    turned: tuple[Turned, ...] = ()
    restated: tuple[Restated, ...] = ()
    entries: tuple[Entry, ...] = ()
    redefined: tuple[Redefined, ...] = ()
    is_chosen: bool = False


def last_meeting(release: Release, area: Area) -> date | None:
    """The last day on which the Board met, as far as the register of this release knows."""
    days = [each.on for each in entries.in_force(release.entries, "meetings") if each.concerns("", area.code)]
    return max(days, default=None)


def compared_with(release: Release, area: Area, published: Sequence[Publication]) -> Publication | None:
    """The publication before this one that was current when the Board last met; without a meeting, the one before."""
    met_on = last_meeting(release, area)
    earlier = [each for each in published if each.number < release.publication.number]
    if met_on is not None:
        earlier = [each for each in earlier if each.published_at.date() <= met_on]
    return earlier[-1] if earlier else None


def of(now: Release, then: Release | None, area: Area) -> Since:
    """Everything that is different in an area. ``then`` is the release of :func:`compared_with`."""
    met_on = last_meeting(now, area)
    before = next((each for each in then.areas if each.code == area.code), None) if then else None
    if then is None or before is None:
        return Since(met_on, then.publication if then else None, entries=tuple(_entries(now, None, area)))
    kept = [each for each in now.definitions.values() if each.slug in then.definitions]
    over_time = series.of(now, kept, area, period.ALL)
    return Since(
        met_on=met_on,
        then=then.publication,
        signals=tuple(_signals(over_time, then.facts(before).snapshot_on)),
        happened=tuple(_happened(now, then, area, before, kept)),
        turned=tuple(_turned(now, then, area, before)),
        restated=tuple(_restated(now, then, area, before, kept)),
        entries=tuple(_entries(now, then, area)),
        redefined=tuple(_redefined(now, then)),
    )


def _signals(over_time: Mapping[str, Series], known_to: date) -> Iterator[Signal]:
    for each in over_time.values():
        for step, point in zip(each.steps, each.judged.points):
            if point.signal is not None and step.period_to > known_to:
                yield Signal(each, step, point)


def _happened(now: Release, then: Release, area: Area, before: Area, kept: Sequence[Definition]) -> Iterator[Happened]:
    for each in kept:
        if each.kind == "occurrences" and each.verdict == "explain_each":
            counts = [figures.figure(*place, period.ALL).n or 0 for place in ((now, each, area), (then, each, before))]
            if counts[0] != counts[1]:
                yield Happened(each, counts[0] - counts[1])


def _turned(now: Release, then: Release, area: Area, before: Area) -> Iterator[Turned]:
    """Each release's verdicts on the period it opens with: what a reader was told, and is told."""
    was, told = _judged(then, before), _judged(now, area)
    for slug, (figure, judgement_now) in told.items():
        figure_then, judgement_then = was.get(slug, (figure, judgement_now))
        if _words(judgement_now) != _words(judgement_then):
            yield Turned(figure, judgement_then, judgement_now, figure_then)


def _words(judged: Judgement) -> tuple[str, str | None]:
    return judged.variation, judged.assurance


def _judged(release: Release, area: Area) -> dict[str, tuple[Figure, Judgement]]:
    """The figure and verdict of each measure at a glance, by its slug, for the period that a release opens with."""
    code, measures = release.default_period(area.code), release.at_a_glance
    over_time = series.of(release, measures, area, code)
    found = {}
    for slug, (figure,) in figures.steps(release, measures, area, [code]).items():
        before = figures.year_before(release, area, figure) if figure.definition.verdict == "log_rank" else None
        judged = over_time[slug].judged if slug in over_time else None
        found[slug] = figure, judgement.judge(figure, judged, before)
    return found


def _restated(now: Release, then: Release, area: Area, before: Area, kept: Sequence[Definition]) -> Iterator[Restated]:
    """By quarter, oldest first within a measure; a rate's base and a profile's parts go with their measure."""
    known_to = then.facts(before).snapshot_on
    quarters = [each for each in period.quarters(then.periods) if period.last_day(period.parse(each)[1]) <= known_to]
    quarters = [each for each in quarters if each in now.periods]
    same = [
        each
        for each in kept
        if each.kind != "rate" and not each.is_moving and then.definitions[each.slug].states == each.states
    ]
    found_now, found_then = (
        figures.steps(release, [release.definitions[each.slug] for each in same], place, quarters)
        for release, place in ((now, area), (then, before))
    )
    for each in same:
        for was, reads in zip(found_then[each.slug], found_now[each.slug], strict=True):
            if _is_restated(each, was.states, reads.states):
                yield Restated(was, reads)


def _is_restated(definition: Definition, then: Mapping[str, int], now: Mapping[str, int]) -> bool:
    """Whether more than the passing of time is needed to get from one to the other. What cannot be placed in a stock
    stands in the month of each snapshot in turn."""
    if definition.kind == "stock":
        return any(then.get(state, 0) != now.get(state, 0) for state in definition.states if state not in _UNPLACED)
    passing = [state for state in _WITH_TIME if state in definition.states]
    if not passing:
        return dict(then) != dict(now)
    grew = [state for state in definition.states if now.get(state, 0) > then.get(state, 0)]
    shrank = [state for state in definition.states if now.get(state, 0) < then.get(state, 0)]
    is_whole = sum(then.values()) == sum(now.values())
    return not is_whole or any(each not in passing for each in shrank) or any(each in passing for each in grew)


def _entries(now: Release, then: Release | None, area: Area) -> Iterator[Entry]:
    """What the register has that it had not: notes, and decisions on limits."""
    had = {each.number for each in then.entries if each.state == "in_force"} if then else set()
    for register in entries.NEEDS_A_SECOND:
        for each in entries.in_force(now.entries, register):
            if each.area in (entries.EVERYWHERE, area.code) and each.number not in had:
                yield each


def _redefined(now: Release, then: Release) -> Iterator[Redefined]:
    for slug in dict.fromkeys([*now.definitions, *then.definitions]):
        new, old = now.definitions.get(slug), then.definitions.get(slug)
        if new is None and old is not None:
            yield Redefined(old, "gone", ())
        elif new is not None and old is None:
            yield Redefined(new, "new", _notes(new, None))
        elif new is not None and new != old:
            yield Redefined(new, "changed", _notes(new, old))


def _notes(new: Definition, old: Definition | None) -> tuple[Both, ...]:
    had: Sequence[Mapping[str, Any]] = old.changes if old else ()
    return tuple(each["what"] for each in new.changes if each not in had)
