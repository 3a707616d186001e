"""Judgements in words: what a measure's change and its stand to the target are called, and why.

Knows every word a judgement can have, "no finding" included. Refuses to judge: :mod:`assurance.judgement` has done so.
"""

from __future__ import annotations

from assurance import judgement, period, sentence, words
from assurance.figures import Figure
from assurance.judgement import Judgement
from assurance.series import Series
from assurance.words import Language, say

_OWN_WORDS = ("will_meet", "will_miss", "hit_or_miss", "not_recorded")
_OF_LIMITS = _OWN_WORDS[:3]


def variation(judged: Judgement, lang: Language) -> str:
    """ "Improving", "No significant change", "Too early to say"."""
    return say(lang, f"judgement.variation_{judged.variation}")


def assurance(judged: Judgement, figure: Figure, lang: Language) -> str:
    """ "Hit or miss" from the limits of a series; "Below target" where one period is all there is."""
    if judged.assurance in _OWN_WORDS:
        return say(lang, f"judgement.assurance_{judged.assurance}")
    return sentence.verdict(figure, lang)


def change(judged: Judgement, lang: Language, series: Series | None = None) -> list[str]:
    """Whether the measure is changing, with the rule that says so, and how it stands to its target: whole sentences.
    Empty where its method does not ask."""
    if judged.variation == "not_judged":
        return []
    is_pace = judged.method == "log_rank" and judged.variation in ("no_change", "too_early", "too_few")
    told = [say(lang, f"judgement.pace_{judged.variation}" if is_pace else f"judgement.change_{judged.variation}")]
    if judged.rule is not None:
        told.append(rule(judged.rule, lang, series))
    if judged.assurance in _OF_LIMITS:
        told.append(say(lang, f"judgement.against_{judged.assurance}"))
        if series is not None and judged.assurance == "hit_or_miss":
            N = sum(
                point.group == series.judged.points[-1].group and point.value is not None
                for point in series.judged.points
            )
            met = {"n": words.number(lang, series.judged.met), "N": words.number(lang, N)}
            told.append(say(lang, f"judgement.met_{_step(series)}", **met))
        if series is not None and series.judged.is_trial:
            told.append(say(lang, "judgement.trial"))
    return [*told, *(_rebased(series, lang) if series else [])]


def _rebased(series: Series, lang: Language) -> list[str]:
    """What the verdict would be without the decisions on limits; or that such a decision could be asked about."""
    if series.without is not None:
        without = say(lang, f"judgement.variation_{series.without.variation}")
        return [*_decided(series, lang), say(lang, "judgement.without", without=without)]
    at = series.judged.shifted_at
    if at is None:
        return []
    since = period.label(series.steps[at].period, lang)
    return [say(lang, f"judgement.shifted_{_step(series)}", since=since)]


def _decided(series: Series, lang: Language) -> list[str]:
    told = []
    if series.rebases:
        starts = words.listed(lang, [words.long_date(lang, day) for day in series.rebased_on])
        told.append(say(lang, "judgement.rebased", starts=starts))
    if series.fixed_by is not None:
        told.append(say(lang, "judgement.fixed", day=words.long_date(lang, series.fixed_by.on)))
    return told


def rule(name: str, lang: Language, series: Series | None = None) -> str:
    """What fired, in words: "Seven months in a row lie on the same side of the average."."""
    return say(lang, f"judgement.rule_{name}_{_step(series)}" if series else f"judgement.rule_{name}")


def limits(series: Series, lang: Language) -> list[str]:
    """What is usual, and what to know of the limits that say so. Empty where there are none."""
    latest = series.judged.points[-1] if series.judged.points else None
    if latest is None or latest.mean is None or latest.lower is None or latest.upper is None:
        return []
    ends = {name: amount(series, getattr(latest, name), lang) for name in ("mean", "lower", "upper")}
    told = [say(lang, f"judgement.limits_{_step(series)}", **ends)]
    if series.judged.is_trial:
        told.append(say(lang, "judgement.trial"))
    in_force = sum(point.group == latest.group and point.value is not None for point in series.judged.points)
    if series.fixed_by is None and in_force > judgement.MAX_POINTS:
        told.append(say(lang, "judgement.to_fix", most=words.number(lang, judgement.MAX_POINTS)))
    if series.judged.is_clipped:
        told.append(say(lang, f"judgement.clipped_{'share' if _is_share(series) else 'count'}"))
    return told


def amount(series: Series, value: float, lang: Language) -> str:
    """A point, an average or a limit of a series: "79%", "9.1"."""
    return sentence.percent(value, lang) if _is_share(series) else words.number(lang, round(value, 1))


def _is_share(series: Series) -> bool:
    return series.steps[0].definition.is_share


def _step(series: Series) -> str:
    return "month" if series.is_monthly else "quarter"
