"""Figures in words: answers, values, targets and alternative texts, by rule and in both languages.

Knows when there is no finding. Every word comes from a definition or a catalogue and every number from a protected
figure; nothing is joined but whole sentences.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from assurance import period, words
from assurance.figures import HALF, Figure, Sheet, curve
from assurance.indicator import Both, Break, Definition, Population, Target
from assurance.judgement import MIN_N, QUARANTINED_AT_MOST
from assurance.release import Area, Release
from assurance.survival import percentile
from assurance.words import Language, say


def answer(figure: Figure, lang: Language, headline: Figure | None = None) -> str:
    """The answer to the indicator's question, with what is left out of it; a profile's may end with its headline's."""
    told = finding(figure, lang)
    if figure.lacks_data:
        return told
    if headline is not None and headline.N:
        told += " " + figure.definition.answer["headline"][lang].format(
            **_of(headline, lang), share=_share(headline, lang)
        )
    if _lacks_population(figure):
        told += " " + say(lang, "figures.population_none")
    asides = [say(lang, "figures.too_few")] if figure.withheld == "too_few" and figure.n != 0 else []
    if figure.withheld == "no_base":
        asides.append(say(lang, "figures.no_base"))
    asides += _median_late(figure, lang) + _median_thin(figure, lang)
    return " ".join([told, *asides, *_left_out(figure, lang)])


def open_by(sheet: Sheet, release: Release, lang: Language) -> list[str]:
    """Of what only counts as open, how many there are by each breakdown: "Safeguard in place: suspended: 1; …"."""
    definition = sheet.whole.definition
    is_past = sheet.whole.known_to != release.facts(release.area(sheet.whole.area)).snapshot_on
    if definition.stock_by != "open" or not sheet.whole.n or sheet.whole.lacks_data or is_past:
        return []  # a breakdown says how things are at the snapshot, whichever month is looked at
    told = []
    for name, split in sheet.splits.items():
        words_of = release.breakdown(name)
        counted = [
            say(
                lang, "figures.states_of", state=words_of.labels[each.category][lang], n=words.number(lang, each.n or 0)
            )
            for each in split
            if each.n
        ]
        day = words.long_date(lang, sheet.whole.known_to or sheet.whole.period_to)
        told.append(say(lang, "figures.open_by", header=words_of.header[lang], day=day, counts="; ".join(counted)))
    return told


def _lacks_population(figure: Figure) -> bool:
    """Whether a profile that is held against populations has none known for its period, so that nothing is compared."""
    return bool(figure.definition.populations) and not any(
        figure.definition.population_on(figure.period_to, each.breakdown, each.category)
        for each in figure.definition.populations
    )


def finding(figure: Figure, lang: Language) -> str:
    """The finding alone, in the definition's own words, or that it is withheld, why, and what is known all the same."""
    if not figure.lacks_data:
        return _finding(figure, lang)
    if figure.withheld == "service_missing":
        lacking = {
            "services": services(figure.silent, lang),
            "since": words.long_date(lang, min(figure.silent.values())),
        }
    else:
        lacking = {
            "tables": ", ".join(figure.definition.needs_tables),
            "most": words.percent(lang, QUARANTINED_AT_MOST),
        }
    told = say(lang, f"figures.{figure.withheld}", title=figure.definition.title[lang], **lacking)
    known = _finding(figure, lang) if figure.n else ""
    return say(lang, "figures.known_so_far", withheld=told, finding=known) if known else told


def services(codes: Iterable[str], lang: Language) -> str:
    """ "human resources and police"."""
    return words.listed(lang, [say(lang, f"figures.service_{code}") for code in codes])


def _finding(figure: Figure, lang: Language) -> str:
    definition = figure.definition
    told, of = definition.answer, _of(figure, lang)
    if definition.kind == "duration" and figure.value is not None:
        return told["half"][lang].format(**of, days=words.say_count(lang, "figures.days", round(figure.value)))
    if figure.withheld == "not_reached":
        return told["not_reached"][lang].format(**of)
    if definition.kind == "rate" and figure.value is not None:
        return told["rate"][lang].format(**of, value=value(figure, lang))
    has_items = figure.n if figure.N is None or definition.kind == "rate" else figure.N
    form = {0: "none", 1: "one"}.get(has_items or 0, "some")
    told_of = told[form if form in told else "some"][lang]
    return told_of.format(**of, share=_share(figure, lang))


def _share(figure: Figure, lang: Language) -> str:
    return "" if figure.value is None else say(lang, "figures.share", percent=percent(figure.value, lang))


def _median_late(figure: Figure, lang: Language) -> list[str]:
    """By how much the late ones of a stock are late, where there are enough of them for a median."""
    if figure.definition.stock_by != "lateness" or (figure.n or 0) < MIN_N:
        return []
    late: Counter[int] = Counter()
    for state in figure.definition.numerator:
        late.update(figure.days.get(state, {}))
    return [say(lang, "figures.median_late", days=words.say_count(lang, "figures.days", percentile(late, HALF)))]


def _median_thin(figure: Figure, lang: Language) -> list[str]:
    """Where the day by which half were done lies beyond what is drawn of the curve."""
    found = curve(figure) if figure.definition.kind == "duration" and figure.value is not None else None
    if found is None or figure.value is None or found.drawn(MIN_N).days[-1:] >= (round(figure.value),):
        return []
    return [say(lang, "figures.median_thin", least=words.number(lang, MIN_N))]


def _left_out(figure: Figure, lang: Language) -> list[str]:
    """A sentence for each state that the finding leaves out, and for those who ended some other way."""
    definition = figure.definition
    if definition.kind in ("occurrences", "profile", "rate"):
        return []
    counted = {*definition.numerator, *definition.denominator}
    aside = [state for state in definition.states if state in definition.apart or state not in counted]
    left_out = {state: figure.states.get(state, 0) for state in aside}
    return [say(lang, f"figures.left_out_{state}", n=words.number(lang, n)) for state, n in left_out.items() if n]


def _of(figure: Figure, lang: Language) -> dict[str, str]:
    return {"n": words.number(lang, figure.n or 0), "N": words.number(lang, figure.N or 0)}


def value(figure: Figure, lang: Language) -> str:
    """The value as large type shows it: a percentage, "3 of 6" where there are too few for one, a count, days or a
    rate."""
    kind = figure.definition.kind
    if figure.lacks_data:
        return "–"
    if figure.unit == "percent" and figure.value is not None:
        return percent(figure.value, lang)
    if kind == "rate" and figure.value is not None:
        return words.number(lang, round(figure.value, 1))
    if kind == "duration" and figure.value is not None:
        return words.number(lang, round(figure.value))
    if figure.N is None or kind in ("stock", "rate"):
        return words.number(lang, figure.n or 0)
    return count(figure, lang)


def unit(figure: Figure, lang: Language) -> str:
    """What follows the value: "of cases" after a percentage, "case" or "cases" after a number."""
    definition = figure.definition
    if figure.lacks_data:
        return ""
    if figure.unit == "percent" and figure.value is not None and definition.share_of is not None:
        return definition.share_of[lang]
    if definition.kind == "duration" and figure.value is not None:
        return words.say_count(lang, "figures.days_median", round(figure.value))
    if definition.rate is not None and figure.value is not None:
        return say(lang, "figures.rate_unit", per=words.number(lang, definition.rate.per))
    last = figure.n if figure.N is None or definition.kind in ("stock", "rate") else figure.N
    return definition.with_number["one" if last == 1 else "some"][lang]


def count(figure: Figure, lang: Language) -> str:
    """ "11 of 25"."""
    return say(lang, "figures.count", **_of(figure, lang))


def count_and_share(figure: Figure, lang: Language) -> str:
    """ "11 of 25 (44%)"; the count alone where there are too few for a share."""
    return count(figure, lang) + _share(figure, lang)


def states(figure: Figure, lang: Language) -> str:
    """How many are in each state that any is in: "Met: 4; Missed: 2"; of what is only counted, the count."""
    if len(figure.definition.states) == 1 or figure.definition.kind == "profile":
        return words.number(lang, figure.n or 0)
    told = [
        say(lang, "figures.states_of", state=say(lang, f"figures.state_{state}"), n=words.number(lang, n))
        for state, n in figure.states.items()
        if n
    ]
    return "; ".join(told) or words.number(lang, 0)


def percent(value: float, lang: Language) -> str:
    """Whole percent; 0 and 100 are kept for none and all."""
    shown = 1 if 0 < value < 1 else 99 if 99 < value < 100 else value
    return words.percent(lang, shown / 100)


def interval(figure: Figure, lang: Language, key: str = "figures.interval") -> str:
    """ "27% to 63%", "2 to 5", or an empty text where there is none; a median's may have no upper end yet."""
    if figure.low is None:
        return ""
    if figure.high is None:
        return say(lang, "figures.interval_open", low=_end(figure, figure.low, lang))
    return say(lang, key, low=_end(figure, figure.low, lang), high=_end(figure, figure.high, lang))


def _end(figure: Figure, end: float, lang: Language) -> str:
    return percent(end, lang) if figure.unit == "percent" else words.number(lang, round(end, 1))


def verdict(figure: Figure, lang: Language) -> str:
    if figure.lacks_data or figure.withheld == "no_base":
        return say(lang, f"figures.verdict_{figure.withheld}")
    aim = figure.definition.target_on(figure.period_to)
    if (
        aim is not None
        and aim.basis == "benchmark"
        and figure.verdict in ("meets_target", "below_target", "above_target")
    ):
        return say(lang, f"figures.benchmark_{figure.verdict}")
    return say(lang, f"figures.verdict_{figure.verdict or figure.withheld or 'none'}")


def target(aim: Target | None, lang: Language) -> str:
    """ "Target: 80% or more"; a benchmark is never called a target."""
    if aim is None:
        return say(lang, "figures.no_target")
    way = "exactly" if aim.percent == (100 if aim.is_floor else 0) else "at_least" if aim.is_floor else "at_most"
    name = ("benchmark_" if aim.basis == "benchmark" else "") + way
    return say(lang, f"figures.{name}", percent=percent(aim.percent, lang))


def target_with_source(aim: Target, lang: Language) -> str:
    """ "Target: 80% or more, from 1 April 2004. Local standard: …"."""
    return say(
        lang,
        "pages.target_says",
        target=target(aim, lang),
        since=words.long_date(lang, aim.since),
        basis=say(lang, f"figures.basis_{aim.basis}"),
        source=aim.source[lang],
    )


def target_with_editions(aim: Target, names: Mapping[str, Both], lang: Language) -> str:
    """The same, and under which editions of the procedures it holds, where it does not under each; ``names`` has them
    by code."""
    told = target_with_source(aim, lang)
    if not aim.editions:
        return told
    listed = words.listed(lang, [names[each][lang] for each in aim.editions])
    return f"{told} {say(lang, 'figures.target_under', editions=listed)}"


def targets(figure: Figure, lang: Language) -> list[str]:
    """The targets in force at any time of a figure's period, each with its basis and source, oldest first."""
    begun = figure.definition.target_on(figure.period_from)
    own = [each for each in figure.definition.targets if each.since <= figure.period_to]
    return [target_with_source(each, lang) for each in own if begun is None or each.since >= begun.since]


def editions(release: Release, area: Area, lang: Language) -> list[str]:
    """Which edition of the procedures the extracts follow, and its outcomes; one sentence for each."""
    return [
        say(
            lang,
            "figures.edition_says",
            edition=each.names[lang],
            outcomes=words.listed(lang, [names[lang] for names in each.outcomes.values()]),
        )
        for each in release.editions(area)
    ]


def period_of(figure: Figure, lang: Language) -> str:
    """The period of a figure; of one that the data reaches only in part, as far as it does."""
    if (
        figure.period == period.ALL
        or figure.known_to is None
        or not figure.period_from <= figure.known_to < figure.period_to
    ):
        return period.label(figure.period, lang)
    first, last = (words.month_name(lang, day) for day in (figure.period_from, figure.known_to))
    return say(lang, "figures.so_far", first=first, last=last)


def step_of(figure: Figure, lang: Language) -> str:
    """The period of a part, and that its figure is withheld where its data lacks."""
    told = period_of(figure, lang)
    return say(lang, "figures.withheld_step", period=told) if figure.lacks_data else told


def place(definition: Definition, area: Area, code: str, lang: Language) -> str:
    """What is measured, where and when: the subtitle of a chart."""
    return say(
        lang, "figures.place", title=definition.title[lang], area=area.names[lang], period=period.label(code, lang)
    )


def alternative(steps: Sequence[Figure], area: Area, lang: Language) -> str:
    """What a chart of ``steps`` shows, for who cannot see it."""
    definition = steps[0].definition
    key = "figures.alt_share" if definition.denominator else "figures.alt_count"
    told = [say(lang, key, period=step_of(each, lang), **_of(each, lang)) for each in steps]
    return say(lang, "figures.alt", title=definition.title[lang], area=area.names[lang], steps="; ".join(told))


def populations(figure: Figure, release: Release, lang: Language) -> list[str]:
    """The base populations that a profile is held against, and the days across which nothing should be compared."""
    definition, told = figure.definition, []
    for each in definition.populations:
        if definition.population_on(figure.period_to, each.breakdown, each.category) == each:
            category = release.breakdown(each.breakdown).labels[each.category][lang]
            told.append(population(each, category, lang))
    return told + [broken(each, lang) for each in definition.breaks if each.on <= figure.period_to]


def population(held_against: Population, category: str, lang: Language) -> str:
    """What part of a base population is in a category, of that name, from when on, and who says so."""
    return say(
        lang,
        "figures.population_says",
        percent=words.percent(lang, held_against.percent / 100, decimals=1),
        category=category,
        since=words.long_date(lang, held_against.since),
        source=held_against.source[lang],
    )


def broken(across: Break, lang: Language) -> str:
    """A day across which nothing should be compared, and why."""
    return say(lang, "figures.break_says", on=words.long_date(lang, across.on), what=across.what[lang])


def supply(figure: Figure, release: Release, area: Area, lang: Language) -> list[str]:
    """Which of the services that a figure needs fell silent after its period, and which have never sent."""
    facts, needed = release.facts(area), figure.definition.needs_services
    silent = [each for each in needed if each in facts.silent and each not in figure.silent]
    told = [
        say(
            lang,
            "figures.silent_since",
            services=services([each], lang),
            since=words.long_date(lang, facts.silent[each]),
        )
        for each in silent
    ]
    never = [each for each in needed if each in facts.never_sent]
    return [*told, say(lang, "figures.never_sent", services=services(never, lang))] if never else told


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
