"""The rules an extract is held against, printed from the suites: both languages side by side, Welsh first.

Knows how a rule reads as Markdown. Refuses words of its own about a rule: those stand in its suite.

    python -m pipelines.rules_page     writes it to docs/generated/
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, get_args

from assurance.words import LANGUAGES, say
from pipelines import markdown
from pipelines.judge import Fate, Rule, owners, rules, suites

PAGE: Final = markdown.FOLDER / "rules.md"

_WHAT_THIS_IS: Final = (
    "Yr hyn y mae echdyniad yn cael ei wirio yn ei erbyn, tabl wrth dabl. Mae pob rheol yn dweud beth sy'n wir am",
    "res dda, beth sy'n digwydd i res sy'n ei thorri, pwy all ei chywiro, a sut. Nid yw'r hyn nad yw'n hysbys yn torri",
    "unrhyw reol ond yr un sy'n gofyn amdano. Lle mae rhybudd am ddau ddyddiad yn y drefn anghywir, ni ellir mesur y",
    "cloc sy'n rhedeg rhyngddynt.",
    "",
    "What an extract is held against, table by table. Each rule says what is true of a good row, what becomes of a row",
    "that breaks it, who can put it right, and how. What is not known breaks no rule but the one that asks for it.",
    "Where a warning is about two dates in the wrong order, the clock that runs between them cannot be measured.",
    "",
)

_FATES: Final = get_args(Fate)


def page() -> str:
    """The whole document, as Markdown."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield from markdown.head("Rheolau / Rules", "rules_page", "expectations/")
    yield from _WHAT_THIS_IS
    counts = [(_fate(fate), str(sum(rule.on_failure == fate for rule in rules().values()))) for fate in _FATES]
    yield from markdown.table(("Beth sy'n digwydd / What becomes of it", "Rheolau / Rules"), counts, numeric=(1,))
    header = ("Rheol / Rule", "Cymraeg", "English", "Beth sy'n digwydd / Fate", "Pwy / Who")
    for suite in suites():
        yield from ("", f"## {suite}", "")
        yield from markdown.table(header, [_cells(rule) for rule in rules().values() if rule.suite == suite])


def _cells(rule: Rule) -> tuple[str, ...]:
    return (
        markdown.code(rule.id),
        *(f"{rule.says[lang]}<br>{rule.fix[lang]}" for lang in LANGUAGES),
        _fate(rule.on_failure),
        markdown.pair(owners()[rule.owner]),
    )


def _fate(fate: Fate) -> str:
    """What becomes of a row or file, in the words of the pages."""
    return markdown.pair({lang: say(lang, f"pages.fate_{fate}") for lang in LANGUAGES})


if __name__ == "__main__":
    markdown.write(PAGE, page())
