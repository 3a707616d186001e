"""What surrounds every page: masthead, pages, languages, how this copy is run, the question; and the empty
store.

Knows the order of these things. Refuses to know any page.
"""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape

import streamlit as st

from assurance import words
from pages.parts import choices, html, menu, opened


def masthead(entry: menu.Entry) -> str:
    """Title, languages, presentation and pages. In presentation only the way back is left."""
    chosen = choices.current()
    title, pages, start, leave = (
        escape(words.say(chosen.lang, f"frame.{key}")) for key in ("title", "menu", "present", "leave")
    )
    other: words.Language = "en" if chosen.lang == "cy" else "cy"
    switch = (
        f'<a href="{escape(choices.address(entry.path, lang=other))}" target="_self" '
        f'lang="{other}" hreflang="{other}">'
        f"{escape(words.say(other, 'frame.this_language'))}</a>"
    )
    present = escape(choices.address(entry.path, present=not chosen.present))
    if chosen.present:
        return f'<div class="masthead"><p class="tools"><a href="{present}" target="_self">{leave}</a></p></div>'
    return (
        f'<div class="masthead"><p class="wordmark">{title}</p><p class="tools">'
        f'<a href="{present}" target="_self">{start}</a>{switch}</p></div>'
        f'<nav aria-label="{pages}">{_groups(entry, chosen.lang)}'
        f"<details><summary>{pages}</summary>{_groups(entry, chosen.lang)}</details></nav>"
    )


def _groups(entry: menu.Entry, lang: words.Language) -> str:
    """The pages under their groups; wide screens show this list, narrow ones the one inside ``details``."""
    groups = "".join(
        f'<li><span class="group">{escape(words.say(lang, f"frame.group_{group}"))}</span>'
        f"<ul>{''.join(_item(one, one is entry, lang) for one in entries)}</ul></li>"
        for group, entries in menu.GROUPS
    )
    return f"<ul>{groups}</ul>"


def _item(entry: menu.Entry, is_current: bool, lang: words.Language) -> str:
    current = ' aria-current="page"' if is_current else ""
    href = escape(choices.address(entry.path))
    return f'<li><a data-move href="{href}"{current}>{escape(menu.name(lang, entry))}</a></li>'


def mode(lang: words.Language, *, is_sample: bool) -> str:
    """That this copy has no sign-in, and whether its data is invented."""
    sample = f"<strong>{escape(words.say(lang, 'frame.sample'))}</strong> " if is_sample else ""
    return f'<p class="mode">{sample}{escape(words.say(lang, "frame.local_mode"))}</p>'


def top(entry: menu.Entry) -> bool:
    """Everything above the page's own content. False if the page needs data and nothing has been
    published.
    """
    chosen = choices.current()
    has_data = bool(opened.publications())
    is_sample = has_data and choices.current_release().is_sample
    parts = [masthead(entry), mode(chosen.lang, is_sample=is_sample)]
    if chosen.present and has_data and entry.has_choices:
        parts.append(html.subtitle(choices.said()))
    html.show(*parts, html.question(menu.question(chosen.lang, entry)))
    if not has_data and entry.needs_data:
        unavailable(chosen.lang)
        return False
    if has_data and entry.has_choices:
        if not chosen.present:
            choices.draw(has_period=entry.has_period, has_since=entry.has_since)
        stale(chosen)
        expired(chosen)
    if has_data and entry.needs_data:
        past(entry, chosen)
    return True


def past(entry: menu.Entry, chosen: choices.Choices) -> None:
    """Says on every page that an earlier publication is on show, and leads back to the newest."""
    if chosen.as_known_at is None:
        return
    one = choices.current_release().publication
    day = words.long_date(chosen.lang, one.published_at.date())
    text = words.say(chosen.lang, "frame.past", number=one.number, day=day)
    way = html.link(words.say(chosen.lang, "frame.to_newest"), choices.address(entry.path, as_known_at=None))
    html.show(html.notice(text, kind="warning"), f"<p>{way}</p>")


def stale(chosen: choices.Choices) -> None:
    """Names old data and its age on every page of figures, unless the reader asked for an older publication."""
    shown = choices.current_release()
    area, today = shown.area(chosen.area), datetime.now(UTC).date()
    if chosen.as_known_at is None and shown.is_stale(area, today):
        day = words.long_date(chosen.lang, shown.facts(area).snapshot_on)
        old = words.say_count(chosen.lang, "frame.stale", shown.days_old(area, today), day=day)
        html.show(html.notice(old, kind="warning"))


def expired(chosen: choices.Choices) -> None:
    """Names, on every page of figures, corrections that somebody agreed on and that have come to their end."""
    shown = choices.current_release()
    if lost := shown.expired(shown.area(chosen.area)):
        text = words.say(chosen.lang, "frame.corrections_expired", n=words.number(chosen.lang, len(lost)))
        html.show(html.notice(text, kind="warning"))


def unavailable(lang: words.Language) -> None:
    """Nothing has been published: say so, and offer the sample."""
    html.show(html.notice(words.say(lang, "frame.empty_text"), title=words.say(lang, "frame.empty_title")))
    if st.button(words.say(lang, "frame.open_sample"), type="primary", key="open_sample"):
        from pages.parts import run  # starts a worker process; nothing else here may

        with st.spinner(words.say(lang, "frame.opening_sample")):
            run.sample(lang)
        st.rerun()
