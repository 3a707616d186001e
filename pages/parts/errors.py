"""When a page fails: the reader is told so with a reference, the log gets that reference and the kind of
error.

Neither is given the error's text, which may quote a value; what the product itself refused has words without any.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

import streamlit as st

from assurance import words
from assurance.errors import Refused
from assurance.release import LAST_WHOLE
from pages.parts import html

_LOG = logging.getLogger("dashboard")


@contextmanager
def told(lang: words.Language, page: str) -> Iterator[None]:
    """Say plainly on the page that it failed. Streamlit's own stops and reruns are no errors and pass
    through.
    """
    try:
        yield
    except Exception as error:
        reference = secrets.token_hex(3).upper()
        _LOG.error("page %s failed: %s at %s, reference %s", page, type(error).__name__, _place(error), reference)
        known = f"{error.says(lang)} " if isinstance(error, Refused) else ""
        text = known + words.say(lang, "frame.error_text", reference=reference)
        html.show(html.notice(text, title=words.say(lang, "frame.error_title"), kind="warning"), _offer(lang, error))


def _offer(lang: words.Language, error: Exception) -> str:
    """A link to the same page as the newest whole publication has it, where the one asked for is damaged."""
    reasons = error.reasons if isinstance(error, Refused) else ()
    numbers = [str(reason.values["number"]) for reason in reasons if reason.key == LAST_WHOLE]
    # of the address itself: when the release cannot be opened, nothing has been settled
    hrefs = [f"?{urlencode({**st.query_params.to_dict(), 'as': number})}" for number in numbers]
    links = [html.link(words.say(lang, "store.show_whole", number=n), href) for n, href in zip(numbers, hrefs)]
    return "".join(f"<p>{link}</p>" for link in links)


def _place(error: Exception) -> str:
    """The line of code that failed, which is no one's data."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return "unknown"
    return f"{trace.tb_frame.f_globals.get('__name__', 'unknown')}:{trace.tb_lineno}"
