"""Questions about a file that only its sender can answer, and the answers it was read with.

Knows how to ask them. Refuses to answer one: what is proposed is marked, and nothing is chosen until somebody does.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import streamlit as st

from assurance.words import Language, say
from pages.parts import html

_ANSWERS: Final = "answers_to"


def given(file: tuple[object, ...]) -> dict[str, str]:
    """The answers given to the questions of this file, by their ids."""
    kept: dict[tuple[object, ...], dict[str, str]] = st.session_state.setdefault(_ANSWERS, {})
    return kept.setdefault(file, {})


def arguments(answers: Mapping[str, str]) -> list[str]:
    """The answers as the command takes them."""
    return [part for asked, answer in answers.items() for part in ("--answer", f"{asked}={answer}")]


def ask(file: tuple[object, ...], questions: list[dict[str, Any]], lang: Language) -> bool:
    """The form with every question about the file, those that are answered last. Whether new answers were given."""
    if not questions:
        return False
    is_open = any(each["answer"] is None for each in questions)
    title, intro = ("questions_title", "questions_intro") if is_open else ("answered_title", "answered_change")
    html.show(html.section(say(lang, f"pages.{title}")), html.paragraph(say(lang, f"pages.{intro}")))
    with st.form("questions", border=False):
        chosen = {each["id"]: _choice(each, lang) for each in sorted(questions, key=lambda one: bool(one["answer"]))}
        sent = st.form_submit_button(say(lang, "pages.questions_send"), type="primary")
    if sent:
        given(file).update({asked: answer for asked, answer in chosen.items() if answer})
    return sent


def _choice(question: dict[str, Any], lang: Language) -> str | None:
    options: dict[str, str] = question["options"]
    likely = question["answer"] or question["proposal"]
    order = [likely, *[each for each in options if each != likely]] if likely else list(options)
    answer: str | None = st.selectbox(
        question["says"],
        order,
        index=0 if question["answer"] else None,
        format_func=lambda code: _named(code, options, question["proposal"], lang),
        placeholder=say(lang, "pages.questions_choose"),
        key=f"question {question['id']}",
    )
    return answer


def _named(code: str, options: Mapping[str, str], proposal: str | None, lang: Language) -> str:
    return say(lang, "pages.questions_likely", option=options[code]) if code == proposal else options[code]
