"""Facts of the data itself that answer a board's question (K13, K44 to K46): "n of N", as the page Trust tells them.

Knows which counts each is made of. Refuses to judge, and to count what is not known as nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from assurance import figures, judgement, trust, words
from assurance.figures import Figure
from assurance.release import Area, Release
from assurance.trust import Trust
from assurance.words import Language, say

_NOT_KNOWN: Final = ("not_known", "not_measurable")
IDS: Final = {
    "completeness": "K13",
    "reconciliation": "K44",
    "restated": "K45",
    "supply": "K46",
    "not_known": "",
    "quarantine": "",
}
"""Every fact by name, and its id in the catalogue where it has one."""
PAGES: Final = {"restated": "changed"}
"""The page that shows it, by name, where that is not Trust."""


@dataclass(frozen=True)
class Fact:
    """``n`` of ``N``: filled cells, cases on which services differ, figures restated, services that sent, measures that
    do not know enough, rows in quarantine. ``N`` is None where a number stands for itself; ``n`` None where nothing
    says it."""

    name: str
    n: int | None
    N: int | None = None

    @property
    def id(self) -> str:
        return IDS[self.name]

    @property
    def page(self) -> str:
        return PAGES.get(self.name, "trust")


def of(release: Release, area: Area, code: str, restated: int | None = None) -> dict[str, Fact]:
    """Every fact of an area, by name. ``restated``: how many figures of earlier quarters read otherwise than in the
    publication before, None where there is none before."""
    found = trust.of(release, area, code)
    facts = (
        _completeness(found),
        Fact("reconciliation", found.disagree, found.listed) if found.listed else Fact("reconciliation", None),
        Fact("restated", restated),
        Fact("supply", sum(each.state == "sent" for each in found.services), len(found.services)),
        _not_known(release, area, code),
        Fact("quarantine", sum(each.quarantined for each in found.arrived), sum(each.read for each in found.arrived)),
    )
    return {each.name: each for each in facts}


def _completeness(found: Trust) -> Fact:
    whole = [each for each in found.filled if not each.column]
    return Fact("completeness", sum(each.known for each in whole), sum(each.expected for each in whole))


def _not_known(release: Release, area: Area, code: str) -> Fact:
    """The measures of a period that are withheld for want of data, or of which more is not known than may be."""
    steps = figures.steps(release, list(release.definitions.values()), area, [code])
    lacking = sum(each.lacks_data or each.withheld == "not_supplied" or _is_vague(each) for (each,) in steps.values())
    return Fact("not_known", lacking, len(steps))


def _is_vague(figure: Figure) -> bool:
    unknown = sum(figure.states.get(state, 0) for state in _NOT_KNOWN)
    return unknown > judgement.MISSING_AT_MOST * max(sum(figure.states.values()), 1)


def says(fact: Fact, lang: Language) -> str:
    """A fact in a sentence; that nothing says it, where nothing does."""
    if fact.n is None:
        return say(lang, f"agenda.fact_{fact.name}_none")
    counts = {"n": words.number(lang, fact.n)} | ({} if fact.N is None else {"N": words.number(lang, fact.N)})
    return say(lang, f"agenda.fact_{fact.name}", **counts)
