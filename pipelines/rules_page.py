"""The rules an extract is held against, printed from the suites: both languages side by side, Welsh first.

Knows how a rule reads as Markdown. Refuses words of its own about a rule: those stand in its suite.

    python -m pipelines.rules_page     writes it to docs/generated/
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pipelines.extract_format import Labels
from pipelines.judge import Fate, Rule, owners, rules, suites

PAGE: Final = Path(__file__).parent.parent / "docs" / "generated" / "rules.md"

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

_FATES: Final[dict[Fate, Labels]] = {
    "refuse": Labels(cy="gwrthodir y ffeil gyfan", en="the whole file is refused"),
    "quarantine": Labels(cy="cedwir y rhes mewn cwarantin", en="the row is kept in quarantine"),
    "warn": Labels(cy="derbynnir y rhes gyda rhybudd", en="the row is accepted with a warning"),
}


def page() -> str:
    """The whole document, as Markdown."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield from ("# Rheolau / Rules", "")
    yield from ("<!-- Made by `python -m pipelines.rules_page` from expectations/. Not edited by hand. -->", "")
    yield from _WHAT_THIS_IS
    yield _row("Beth sy'n digwydd / What becomes of it", "Rheolau / Rules")
    yield _row("---", "---:")
    for fate, labels in _FATES.items():
        yield _row(_both(labels), str(sum(rule.on_failure == fate for rule in rules().values())))
    for suite in suites():
        yield from ("", f"## {suite}", "")
        yield _row("Rheol / Rule", "Cymraeg", "English", "Beth sy'n digwydd / Fate", "Pwy / Who")
        yield _row(*["---"] * 5)
        for rule in rules().values():
            if rule.suite == suite:
                yield _row(*_cells(rule))


def _cells(rule: Rule) -> tuple[str, ...]:
    return (
        f"`{rule.id}`",
        *(f"{rule.says[lang]}<br>{rule.fix[lang]}" for lang in ("cy", "en")),
        _both(_FATES[rule.on_failure]),
        _both(owners()[rule.owner]),
    )


def _both(labels: Labels) -> str:
    return f"{labels['cy']} / {labels['en']}"


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
