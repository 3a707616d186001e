"""What is different since the last meeting, in words and tables; :mod:`assurance.since` has found it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assurance import period, sentence, since, verdicts, words
from assurance.entries import Entry
from assurance.errors import Refused
from assurance.figures import Figure
from assurance.judgement import Judgement
from assurance.release import Area, Release
from assurance.since import Since
from assurance.words import Language, say
from pages.parts import choices, html, noted, opened


@opened.kept
def found(shown: Release, code: str) -> Since:
    """Everything that is different in an area, against the publication that was current at the last meeting."""
    area = shown.area(code)
    then = since.compared_with(shown, area, opened.publications())
    return since.of(shown, opened.open_release(then.number) if then else None, area)


@opened.kept
def between(then: int, now: int, code: str) -> Since:
    """Everything that is different in an area from one publication, by its number, to a later one."""
    shown = opened.open_release(now)
    return replace(since.of(shown, opened.open_release(then), shown.area(code)), is_chosen=True)


def summary(found: Since, lang: Language) -> list[str]:
    """What is compared, and how much of each kind is different: whole sentences, "nothing" included."""
    if found.then is None:
        if found.met_on is None:
            return [say(lang, "since.first")]
        return [say(lang, "since.met_without", on=words.long_date(lang, found.met_on))]
    against = {"number": found.then.number, "published": words.long_date(lang, found.then.published_at.date())}
    if found.is_chosen:
        told = [say(lang, "since.chosen", **against)]
    elif found.met_on is None:
        told = [say(lang, "since.not_met", **against)]
    else:
        told = [say(lang, "since.met", on=words.long_date(lang, found.met_on), **against)]
    told += [_happened(each, lang) for each in found.happened]
    kinds: dict[str, Sequence[object]] = {
        "signals": found.signals,
        "turned": found.turned,
        "restated": found.restated,
        "entries": found.entries,
        "redefined": found.redefined,
    }
    told += [words.say_count(lang, f"since.{kind}", len(of)) for kind, of in kinds.items() if of]
    return told if len(told) > 1 else [*told, say(lang, "since.nothing")]


def _happened(each: since.Happened, lang: Language) -> str:
    key = "since.happened_more" if each.more > 0 else "since.happened_fewer"
    return words.say_count(lang, key, abs(each.more), title=each.definition.title[lang])


def _headers(lang: Language, *names: str) -> list[str]:
    return [say(lang, f"since.header_{each}") for each in names]


def brief(shown: Release, area: Area, lang: Language) -> list[str]:
    """For At a glance: what is compared, each new signal, verdict and note by name, how many figures were restated, and
    the way to all of it; or why the publication compared with cannot be opened, which today's figures do not need."""
    try:
        met = found(shown, area.code)
    except Refused as fault:
        return [html.notice(fault.says(lang), kind="warning")]
    told = summary(met, lang)
    named = [_signal(each, lang) for each in met.signals] + [_turn(each, lang) for each in met.turned]
    named += [_entry(shown, each, lang) for each in met.entries]
    way = f"<p>{html.link(say(lang, 'since.more'), choices.address('/changed'))}</p>"
    return [html.paragraph(" ".join(told)), html.listed(named), way]


def _signal(each: since.Signal, lang: Language) -> str:
    return say(
        lang,
        "since.signal",
        measure=each.step.definition.title[lang],
        when=period.label(each.step.period, lang),
        value=verdicts.amount(each.series, each.point.value or 0, lang),
        why=say(lang, f"charts.signal_{each.point.signal}"),
    )


def _turn(each: since.Turned, lang: Language) -> str:
    then, now = _verdicts(each.then, each.was, lang), _verdicts(each.now, each.figure, lang)
    return say(lang, "since.turn", measure=each.figure.definition.title[lang], then=then, now=now)


def signals(found: Since, lang: Language) -> str:
    rows = [
        [
            each.step.definition.title[lang],
            period.label(each.step.period, lang),
            verdicts.amount(each.series, each.point.value or 0, lang),
            say(lang, f"charts.signal_{each.point.signal}"),
        ]
        for each in found.signals
    ]
    if not rows:
        return html.paragraph(say(lang, "since.signals_none"))
    headers = _headers(lang, "measure", "when", "value", "why")
    return html.table(say(lang, "since.signals_title"), headers, rows, numeric=(2,), caption_seen=False)


def turned(found: Since, lang: Language) -> str:
    rows = [
        [
            each.figure.definition.title[lang],
            _verdicts(each.then, each.was, lang),
            _verdicts(each.now, each.figure, lang),
        ]
        for each in found.turned
    ]
    if not rows:
        return html.paragraph(say(lang, "since.turned_none"))
    headers = _headers(lang, "measure", "then", "now")
    return html.table(say(lang, "since.turned_title"), headers, rows, numeric=(), caption_seen=False)


def _verdicts(judged: Judgement, figure: Figure, lang: Language) -> str:
    """How it changes, and how it stands to its target where it has one."""
    if figure.lacks_data:
        return sentence.verdict(figure, lang)
    told = [verdicts.variation(judged, lang)] if judged.variation != "not_judged" else []
    if judged.assurance is not None:
        told.append(verdicts.assurance(judged, figure, lang))
    return "; ".join(told)


def restated(found: Since, lang: Language) -> str:
    rows = [
        [
            each.now.definition.title[lang],
            period.label(each.now.period, lang),
            sentence.states(each.then, lang),
            sentence.states(each.now, lang),
        ]
        for each in found.restated
    ]
    if not rows:
        return html.paragraph(say(lang, "since.restated_none"))
    headers = _headers(lang, "measure", "when", "then", "now")
    care = html.note(say(lang, "since.restated_care"))
    return html.table(say(lang, "since.restated_title"), headers, rows, numeric=(), caption_seen=False) + care


def entries(shown: Release, found: Since, lang: Language) -> str:
    told = [_entry(shown, each, lang) for each in found.entries]
    return html.listed(told) if told else html.paragraph(say(lang, "since.entries_none"))


def _entry(shown: Release, entry: Entry, lang: Language) -> str:
    measure = shown.definitions.get(entry.indicator)
    name = measure.title[lang] if measure else say(lang, "register.every_measure")
    return say(lang, "since.entry", measure=name, says=noted.line(entry, lang))


def redefined(found: Since, lang: Language) -> str:
    rows = [
        [
            each.definition.title[lang],
            say(lang, f"since.redefined_{each.how}"),
            " ".join(what[lang] for what in each.what) or say(lang, "since.no_words"),
        ]
        for each in found.redefined
    ]
    if not rows:
        return html.paragraph(say(lang, "since.redefined_none"))
    headers = _headers(lang, "measure", "how", "note")
    return html.table(say(lang, "since.redefined_title"), headers, rows, numeric=(), caption_seen=False)
