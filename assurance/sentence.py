"""Figures in words: answers, values, targets and alternative texts, by rule and in both languages.

Knows when there is no finding. Every word comes from a definition or a catalogue and every number from a protected
figure; nothing is joined but whole sentences.
"""

from __future__ import annotations

from collections.abc import Sequence

from assurance import period, words
from assurance.figures import Figure
from assurance.indicator import DENOMINATOR, Definition, Target
from assurance.release import Area, Release
from assurance.words import Language, say


def answer(figure: Figure, lang: Language) -> str:
    """The answer to the indicator's question, with what is left out of it."""
    told = figure.definition.answer
    if figure.withheld == "not_supplied":
        return say(lang, "figures.not_supplied", tables=", ".join(figure.definition.needs_tables))
    if figure.N is None:
        n = figure.n or 0
        form = {0: "none", 1: "one"}.get(n, "some")
        return told[form][lang].format(n=words.number(lang, n))
    if figure.N == 0:
        return " ".join([told["none"][lang], *_left_out(figure, lang)])
    share = "" if figure.value is None else say(lang, "figures.share", percent=percent(figure.value, lang))
    finding = told["some"][lang].format(**_of(figure, lang), share=share)
    judged = [say(lang, "figures.too_few")] if figure.withheld == "too_few" else []
    return " ".join([finding, *judged, *_left_out(figure, lang)])


def _left_out(figure: Figure, lang: Language) -> list[str]:
    left_out = {state: figure.states.get(state, 0) for state in ("too_recent", "not_measurable", "not_known")}
    return [say(lang, f"figures.left_out_{state}", n=words.number(lang, n)) for state, n in left_out.items() if n]


def _of(figure: Figure, lang: Language) -> dict[str, str]:
    return {"n": words.number(lang, figure.n or 0), "N": words.number(lang, figure.N or 0)}


def value(figure: Figure, lang: Language) -> str:
    """The value as large type shows it: a percentage, "3 of 6" where there are too few for one, or a count."""
    if figure.withheld == "not_supplied":
        return "–"
    if figure.N is None:
        return words.number(lang, figure.n or 0)
    return percent(figure.value, lang) if figure.value is not None else count(figure, lang)


def unit(figure: Figure, lang: Language) -> str:
    """What follows the value: "of cases" after a percentage, "case" or "cases" after a number."""
    share_of = figure.definition.share_of
    if figure.value is not None and figure.N is not None and share_of is not None:
        return share_of[lang]
    last = figure.n if figure.N is None else figure.N
    return figure.definition.with_number["one" if last == 1 else "some"][lang]


def count(figure: Figure, lang: Language) -> str:
    """ "11 of 25"."""
    return say(lang, "figures.count", **_of(figure, lang))


def percent(value: float, lang: Language) -> str:
    """Whole percent; 0 and 100 are kept for none and all."""
    shown = 1 if 0 < value < 1 else 99 if 99 < value < 100 else value
    return words.percent(lang, shown / 100)


def interval(figure: Figure, lang: Language, key: str = "figures.interval") -> str:
    """ "27% to 63%", or an empty text where there is none."""
    if figure.low is None or figure.high is None:
        return ""
    return say(lang, key, low=percent(figure.low, lang), high=percent(figure.high, lang))


def verdict(figure: Figure, lang: Language) -> str:
    if figure.withheld == "not_supplied":
        return say(lang, "figures.verdict_withheld")
    return say(lang, f"figures.verdict_{figure.verdict or 'none'}")


def target(aim: Target | None, lang: Language) -> str:
    """ "Target: 80% or more"; a benchmark is never called a target."""
    if aim is None:
        return say(lang, "figures.no_target")
    way = "exactly" if aim.percent == (100 if aim.is_floor else 0) else "at_least" if aim.is_floor else "at_most"
    name = ("benchmark_" if aim.basis == "benchmark" else "") + way
    return say(lang, f"figures.{name}", percent=percent(aim.percent, lang))


def place(definition: Definition, area: Area, code: str, lang: Language) -> str:
    """What is measured, where and when: the subtitle of a chart."""
    return say(
        lang, "figures.place", title=definition.title[lang], area=area.names[lang], period=period.label(code, lang)
    )


def alternative(steps: Sequence[Figure], area: Area, lang: Language) -> str:
    """What a chart of ``steps`` shows, for who cannot see it."""
    definition = steps[0].definition
    key = "figures.alt_share" if DENOMINATOR[definition.kind] else "figures.alt_count"
    told = [say(lang, key, period=period.label(each.period, lang), **_of(each, lang)) for each in steps]
    return say(lang, "figures.alt", title=definition.title[lang], area=area.names[lang], steps="; ".join(told))


def basis(figure: Figure, release: Release, area: Area, lang: Language) -> str:
    """What the figure rests on: rows in quarantine, release, definition and its review."""
    held = release.facts(area).quarantined
    rows = sum(held.get(table, 0) for table in figure.definition.needs_tables)
    return " ".join(
        [
            say(lang, "figures.quarantine", n=words.number(lang, rows)),
            say(
                lang,
                "figures.release",
                release=release.id[:8],
                number=release.publication.number,
                id=figure.definition.id,
                review=words.long_date(lang, figure.definition.review["next"]),
            ),
        ]
    )
