"""What people noted beside a measure, and from when its limits begin anew: words under a chart and numbers in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assurance import entries, words
from assurance.entries import Entry
from assurance.indicator import Definition
from assurance.release import Area, Release
from assurance.series import Series
from assurance.words import Language, say
from pages.parts import html


def of(shown: Release, definition: Definition, area: Area, until: date) -> list[Entry]:
    """The event notes that concern a measure, and the days on which the edition of the procedures changed, to the
    end of the period on show, by their day."""
    notes = [*entries.in_force(shown.entries, "notes"), *_editions(shown, area)]
    own = [each for each in notes if each.concerns(definition.slug, area.code) and each.on <= until]
    return sorted(own, key=lambda each: (each.on, each.number))


def _editions(shown: Release, area: Area) -> list[Entry]:
    """A change of edition as an entry that nobody had to make: it stands in the extracts."""
    return [
        Entry(0, "editions", on, area.code, "", edition.names, evidence={}, added_by="", added_on=on)
        for on, edition in shown.edition_changes(area)
    ]


def line(entry: Entry, lang: Language) -> str:
    """An entry in sentences: day, what it says, evidence, and its number in the register, which says who decided."""
    return say(
        lang,
        f"register.line_{entry.register}",
        on=words.long_date(lang, entry.on),
        says=entry.says[lang],
        evidence=entry.evidence.get(lang, ""),
        number=words.number(lang, entry.number),
    )


def under(notes: Sequence[Entry], series: Series | None, lang: Language) -> str:
    """The notes, numbered as in the chart, and the rebases of its limits; empty where there are none."""
    fixed = [series.fixed_by] if series and series.fixed_by else []
    decided = [line(each, lang) for each in (*series.rebases, *fixed)] if series else []
    waiting = [
        say(lang, "register.rebase_waits", on=words.long_date(lang, each.on))
        for each in (series.waiting if series else ())
    ]
    told = [line(each, lang) for each in notes]
    if not (told or decided or waiting):
        return ""
    numbered = html.listed(told, numbered=True) if told else ""
    return html.small_heading(say(lang, "register.notes_title")) + numbered + html.listed([*decided, *waiting])
