"""What exactly is counted, who approved it, and when is it reviewed? As it was for the release on show."""

from __future__ import annotations

from itertools import groupby

from assurance import described
from assurance.indicator import Definition
from assurance.release import Publication, Release
from assurance.words import Language, say
from pages.parts import choices, html, opened


def page() -> None:
    shown = choices.current_release()
    html.show(_drawn(shown.publication, shown, choices.current().lang))


@opened.kept
def _drawn(publication: Publication, shown: Release, lang: Language) -> str:
    sections = groupby(shown.definitions.values(), lambda each: each.section)
    return "".join(
        html.section(say(lang, f"frame.page_{name}")) + "".join(_folded(each, shown, lang) for each in own)
        for name, own in sections
    )


def _folded(definition: Definition, shown: Release, lang: Language) -> str:
    title = say(lang, "pages.definition_of", id=definition.id, title=definition.title[lang])
    rows = [list(field) for field in described.fields(definition, shown.codes(described.EDITIONS), lang)]
    headers = [say(lang, "pages.field"), say(lang, "pages.says")]
    told = html.table(title, headers, rows, numeric=(), caption_seen=False)
    return html.folded(title, definition.question[lang], told)
