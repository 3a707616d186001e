"""The forms of the register and its table: what a reader enters goes to the command that keeps it, and what that says
comes back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import streamlit as st

from assurance import entries, words
from assurance.entries import Entry
from assurance.words import Language, say
from pages.parts import choices, html, run

_TOLD: Final = "registering_told"


@dataclass(frozen=True)
class Form:
    """One form of the page; its widgets stand in the order they are asked for."""

    what: str
    lang: Language

    def choice(self, name: str, labels: Mapping[str, str]) -> str:
        label = say(self.lang, f"register.field_{name}")
        return st.selectbox(label, list(labels), format_func=labels.__getitem__, placeholder="", key=self._key(name))

    def line(self, name: str) -> str:
        return st.text_input(say(self.lang, f"register.field_{name}"), key=self._key(name)).strip()

    def both(self, name: str) -> dict[Language, str]:
        """A text in each language, the reader's own first."""
        order = sorted(words.LANGUAGES, key=lambda each: each != self.lang)
        return {
            each: st.text_area(
                say(self.lang, f"register.field_{name}", language=say(self.lang, f"register.language_{each}")),
                height=80,
                key=self._key(f"{name}_{each}"),
            ).strip()
            for each in order
        }

    def submit(self) -> bool:
        return st.form_submit_button(say(self.lang, f"register.{self.what}"), type="primary")

    def arguments(self, name: str, text: Mapping[Language, str]) -> list[str]:
        return [part for lang, each in text.items() for part in (f"--{name}-{lang}", each)]

    def do(self, *arguments: str) -> None:
        """Runs the command; what it refuses stands under the form, and what it did on top of the page."""
        result = run.command(self.lang, "register", *arguments)
        if result.is_done and result.value:
            st.session_state[_TOLD] = result.value["says"]
            st.rerun()
        text = result.value["refused_because"] if result.value else say(self.lang, "register.unreadable")
        html.show(html.notice(text, kind="warning"))

    def _key(self, name: str) -> str:
        return f"register_{self.what}_{name}"


@contextmanager
def form(what: str, lang: Language) -> Iterator[Form]:
    html.show(html.section(say(lang, f"register.{what}_title")))
    with st.form(f"register_{what}", border=False):
        yield Form(what, lang)


def today() -> str:
    return datetime.now(UTC).date().isoformat()


def told() -> None:
    """What the last form did, once."""
    if text := st.session_state.pop(_TOLD, None):
        html.show(html.notice(text))


def table(held: Sequence[Entry], lang: Language) -> str:
    headers = [say(lang, f"register.header_{each}") for each in ("kind", "on", "about", "says", "state")]
    rows = [
        [
            say(lang, "register.entry", number=each.number, kind=say(lang, f"register.kind_{each.register}")),
            words.long_date(lang, each.on),
            about(each, lang),
            says(each, lang),
            state(each, lang),
        ]
        for each in reversed(held)
    ]
    return html.table(say(lang, "register.caption"), headers, rows, numeric=())


def about(entry: Entry, lang: Language) -> str:
    """What an entry concerns: a measure, a rule or a cell, and an area."""
    shown = choices.current_release()
    named = {each.code: each.names[lang] for each in shown.areas}
    measure = shown.definitions.get(entry.indicator)
    cell = entry.correction
    what = entry.rule or (f"{cell.table}.{cell.column}, {cell.row}" if cell else "")
    return say(
        lang,
        "register.about",
        measure=what or (measure.title[lang] if measure else say(lang, "register.every_measure")),
        area=say(lang, "register.every_area")
        if entry.area == entries.EVERYWHERE
        else named.get(entry.area, entry.area),
    )


def says(entry: Entry, lang: Language) -> str:
    if not entry.evidence[lang]:
        return entry.says[lang]
    return say(lang, "register.says_with_evidence", says=entry.says[lang], evidence=entry.evidence[lang])


def state(entry: Entry, lang: Language) -> str:
    """Who stands behind it, since when, and until when it holds."""
    return " ".join([_stands_behind(entry, lang), *_until(entry, lang)])


def _until(entry: Entry, lang: Language) -> list[str]:
    """To which day of data a correction holds, and that this day is past where it is."""
    if entry.correction is None or entry.state == "withdrawn":
        return []
    shown, until = choices.current_release(), words.long_date(lang, entry.correction.until)
    held = {each.code: each for each in shown.areas}
    has_expired = entry.area in held and entry.has_expired(shown.facts(held[entry.area]).snapshot_on)
    return [say(lang, "register.expired" if has_expired else "register.holds_until", until=until)]


def _stands_behind(entry: Entry, lang: Language) -> str:
    added = {"by": entry.added_by, "on": words.long_date(lang, entry.added_on)}
    if entry.withdrawn_on is not None and entry.withdrawn_because is not None:
        on = words.long_date(lang, entry.withdrawn_on)
        return say(lang, "register.state_withdrawn", by=entry.withdrawn_by, on=on, why=entry.withdrawn_because[lang])
    if entry.state == "proposed":
        return say(lang, "register.state_proposed", **added)
    if entry.agreed_on is None:
        return say(lang, "register.state_fact", **added)
    agreed = words.long_date(lang, entry.agreed_on)
    return say(lang, "register.state_in_force", **added, second=entry.agreed_by, agreed=agreed)
