"""Making a load current, and going back: the last steps of bringing an extract in."""

from __future__ import annotations

import streamlit as st

from assurance import words
from assurance.words import Language, say
from pages.parts import html, opened, run

_TOLD = "publishing_told"


def publish(lang: Language) -> None:
    """The form that publishes what is loaded, with its reason."""
    html.show(html.section(say(lang, "pages.step_publish")), html.paragraph(say(lang, "pages.publish_intro")))
    with st.form("publish", border=False):
        why = st.text_input(say(lang, "pages.why_publish"), max_chars=200, key="why")
        asked = st.form_submit_button(say(lang, "pages.publish"), type="primary")
    if asked and not why.strip():
        html.show(html.notice(say(lang, "pages.why_needed"), kind="warning"))
    elif asked:
        _do(lang, "publish", "--why", why.strip())
    if told := st.session_state.pop(_TOLD, None):
        html.show(html.notice(told))


def history(lang: Language) -> None:
    """What has been published, and the way back."""
    published = opened.publications()
    if not published:
        return
    rows = [
        [str(one.number), words.long_date(lang, one.published_at.date()), one.release[:8], one.why]
        for one in reversed(published)
    ]
    headers = [say(lang, f"pages.{column}") for column in ("number", "published_on", "release", "why_publish")]
    html.show(
        html.section(say(lang, "pages.publications")),
        html.table(say(lang, "pages.publications_caption"), headers, rows, numeric=(), caption_seen=False),
    )
    if len({one.release for one in published}) > 1:
        html.show(html.paragraph(say(lang, "pages.rollback_intro")))
        if st.button(say(lang, "pages.rollback"), key="rollback"):
            _do(lang, "rollback", "--why", say(lang, "pages.rollback_why"))


def _do(lang: Language, command: str, *arguments: str) -> None:
    with st.spinner(say(lang, "pages.publishing")):
        result = run.command(lang, command, *arguments)
    if result.is_done and result.value:
        told = say(lang, "pages.published", number=result.value["number"])
        st.session_state[_TOLD] = " ".join([told, *result.value["notes"]])
        st.rerun()  # every figure and the frame's own dates are now of the new release
    text = result.value["refused_because"] if result.value else say(lang, "pages.worker_stopped")
    html.show(html.notice(text, kind="warning"))
