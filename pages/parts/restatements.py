"""What later publications changed in the past: each one's restated figures and changed verdicts, newest first."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from assurance import words
from assurance.errors import Refused
from assurance.release import Publication, Release
from assurance.words import Language, say
from pages.parts import choices, differences, html, opened

_LATEST: Final = 5
"""So many publications are told in full; of earlier ones What changed can be asked."""


def log(shown: Release, code: str, lang: Language) -> str:
    """The publications up to the one on show, each against the one before it."""
    known = [each for each in opened.publications() if each.number <= shown.publication.number]
    pairs = [(then, now) for then, now in pairwise(known) if then.release != now.release]
    if not pairs:
        return html.paragraph(say(lang, "trust.log_none"))
    return "".join(_told(then, now, code, lang) for then, now in reversed(pairs[-_LATEST:]))


def _told(then: Publication, now: Publication, code: str, lang: Language) -> str:
    numbers = {"then": then.number, "now": now.number, "on": words.long_date(lang, now.published_at.date())}
    title = say(lang, "trust.log_pair", **numbers)
    try:
        found = differences.between(then.number, now.number, code)
    except Refused as fault:
        return html.folded(title, fault.says(lang))
    counts = {"restated": words.number(lang, len(found.restated)), "turned": words.number(lang, len(found.turned))}
    way = html.link(say(lang, "trust.log_more"), choices.address("/changed", since=then.number, as_known_at=now.number))
    return html.folded(
        title,
        say(lang, "trust.log_counts", **counts),
        html.paragraph(say(lang, "trust.log_why", why=now.why)),
        differences.restated(found, lang),
        differences.turned(found, lang),
        f"<p>{way}</p>",
    )
