"""The columns that tables show of a figure, by the kind of its indicator: heads and cells stand together, and agree."""

from __future__ import annotations

from assurance import sentence, words
from assurance.figures import Figure
from assurance.indicator import Definition
from assurance.words import Language, say

_NONE = "–"


def headers(definition: Definition, lang: Language) -> list[str]:
    """The heads of the columns after a table's first."""
    interval = say(lang, "figures.interval_header")
    states = [say(lang, f"figures.state_{state}") for state in _states(definition)]
    if definition.kind == "occurrences":
        return [definition.counts[lang][:1].upper() + definition.counts[lang][1:]]
    if definition.kind == "duration":
        return [say(lang, "figures.of_duration"), say(lang, "figures.median_header"), interval, *states]
    if definition.rate is not None:
        per = words.number(lang, definition.rate.per)
        return [*states, say(lang, "figures.rate_header", per=per), interval]
    if definition.is_share or definition.kind == "profile":
        return [say(lang, f"figures.of_{definition.kind}"), interval, *states]
    if definition.kind == "stock" and definition.denominator:
        return [say(lang, "figures.total_header"), *states]
    return states


def cells(figure: Figure, lang: Language) -> list[str]:
    """One figure's cells, in the order of :func:`headers`."""
    definition = figure.definition
    interval = sentence.interval(figure, lang) or _NONE
    states = [words.number(lang, figure.states[state]) for state in _states(definition)]
    if definition.kind == "duration":
        median = _NONE if figure.value is None else sentence.value(figure, lang)
        return [sentence.count(figure, lang) if figure.N else _NONE, median, interval, *states]
    if definition.rate is not None:
        return [*states, _NONE if figure.value is None else sentence.value(figure, lang), interval]
    if definition.is_share or definition.kind == "profile":
        return [sentence.count_and_share(figure, lang) if figure.N else _NONE, interval, *states]
    if definition.kind == "stock" and definition.denominator:
        return [words.number(lang, figure.N or 0), *states]
    return states


def _states(definition: Definition) -> list[str]:
    """The states that have a column of their own: what "n of N" says already has none."""
    said: dict[str, tuple[str, ...]] = {
        "within_clock": definition.numerator,
        "share": definition.numerator,
        "duration": definition.numerator,
        "profile": definition.states,
        "rate": ("base", "no_base"),
    }
    return [state for state in definition.states if state not in said.get(definition.kind, ())]
