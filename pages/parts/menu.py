"""The pages there are, in navigation order: adding one is one line in :data:`PAGES`.

Knows each page's address, module and group. Refuses to know who may see it: each page's data comes through
the door that checks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from itertools import groupby
from typing import Final, Literal

import streamlit as st
from streamlit.navigation.page import Page

from assurance import words

Group = Literal["overview", "decisions", "practice", "assurance", "work"]


@dataclass(frozen=True)
class Entry:
    """A page: its address, the module whose ``page()`` draws it, its group, and what it needs from the
    reader.

    ``frame.page_<name>`` is its name in the menu, ``frame.question_<name>`` the board question that heads it.
    """

    slug: str
    module: str
    group: Group
    has_choices: bool = True
    has_period: bool = True
    has_since: bool = False
    needs_data: bool = True

    @property
    def name(self) -> str:
        return self.module.rpartition(".")[2]

    @property
    def path(self) -> str:
        return f"/{self.slug}"


PAGES: Final = (
    Entry("", "pages.board.at_a_glance", "overview"),
    Entry("live-risk", "pages.board.live_risk", "overview"),
    Entry("advice", "pages.board.advice", "decisions"),
    Entry("exits", "pages.board.exits", "decisions"),
    Entry("records", "pages.board.records", "practice"),
    Entry("actions", "pages.board.actions", "practice"),
    Entry("timeliness", "pages.board.timeliness", "practice"),
    Entry("outcomes", "pages.board.outcomes", "practice"),
    Entry("cohort", "pages.board.cohort", "practice"),
    Entry("learning", "pages.board.learning", "practice"),
    Entry("comparison", "pages.board.comparison", "assurance"),
    Entry("changed", "pages.board.changed", "assurance", has_period=False, has_since=True),
    Entry("trust", "pages.service.trust", "assurance"),
    Entry("questions", "pages.board.questions", "assurance"),
    Entry("replay", "pages.board.replay", "assurance", has_period=False),
    Entry("definitions", "pages.board.definitions", "assurance", has_choices=False),
    Entry("watch", "pages.service.watch", "work"),
    Entry("cases", "pages.service.case_list", "work"),
    Entry("upload", "pages.service.upload", "work", has_choices=False, needs_data=False),
    Entry("register", "pages.service.register", "work", has_choices=False),
    Entry("about", "pages.board.about", "work", has_choices=False, needs_data=False),
)
BY_SLUG: Final = {entry.slug: entry for entry in PAGES}
_BY_NAME: Final = {entry.name: entry for entry in PAGES}
GROUPS: Final = tuple((group, tuple(entries)) for group, entries in groupby(PAGES, lambda entry: entry.group))


def named(page: str) -> Entry:
    """The page of a name; a section of indicators has its page's name."""
    return _BY_NAME[page]


def name(lang: words.Language, entry: Entry) -> str:
    return words.say(lang, f"frame.page_{entry.name}")


def question(lang: words.Language, entry: Entry) -> str:
    return words.say(lang, f"frame.question_{entry.name}")


def navigate(lang: words.Language) -> tuple[Entry, Page]:
    """Ask Streamlit which page the address means; pages are callables, so no file is reachable by address."""
    page = st.navigation(
        [
            st.Page(
                _caller(entry.module),
                title=name(lang, entry),
                url_path=entry.slug or None,
                default=not entry.slug,
            )
            for entry in PAGES
        ],
        position="hidden",
    )
    return BY_SLUG[page.url_path], page


def _caller(module: str) -> Callable[[], None]:
    def draw() -> None:
        import_module(module).page()

    draw.__name__ = module.rpartition(".")[2]
    return draw
