"""What publishing an extract would change, for the analyst who is about to: headline figures and past ones."""

from __future__ import annotations

from typing import Any

from assurance.words import Language, say
from pages.parts import html

_COLUMNS = ("measure", "period", "before", "after", "changed")


def show(changes: dict[str, Any], lang: Language) -> None:
    """Draws the ``changes`` of ``preview --json``."""
    turned = say(lang, "pages.changes_turned", names="; ".join(changes["turned"])) if changes["turned"] else ""
    html.show(
        html.paragraph(say(lang, "pages.changes_intro", period=changes["period"])),
        _table("headlines", changes["headlines"], lang),
        _table("restated", changes["restated"], lang)
        if changes["restated"]
        else html.paragraph(say(lang, "pages.changes_none")),
        html.paragraph(turned) if turned else "",
    )


def _table(what: str, pairs: list[dict[str, Any]], lang: Language) -> str:
    rows = [
        [
            each["title"],
            each["period"],
            each["before"] or say(lang, "pages.new_figure"),
            each["after"],
            say(lang, "pages.is_changed" if each["is_changed"] else "pages.is_same"),
        ]
        for each in pairs
    ]
    headers = [say(lang, f"pages.header_{column}") for column in _COLUMNS]
    return html.table(say(lang, f"pages.changes_{what}"), headers, rows, numeric=())
