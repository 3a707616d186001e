"""Pages drawn without a browser, and what a reader is told on them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from tests.conftest import ROOT


@dataclass(frozen=True)
class Drawn:
    """A page as drawn: everything a reader is told, in one text without tags, and the app behind it."""

    app: AppTest
    text: str


def draw(slug: str, **query: str) -> Drawn:
    """Opens a page at an address."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for key, value in query.items():
        app.query_params[key] = value
    app._page_hash = calc_hash(slug)  # how a browser names a page; switch_page knows only pages that are files
    app.run()
    return Drawn(app, text_of(app))


def text_of(app: AppTest) -> str:
    """What the elements of a page say: HTML without its tags, alternative texts, labels, the texts of charts."""
    return re.sub(r"\s+", " ", " ".join(_texts(app)))


def _texts(app: AppTest) -> Iterator[str]:
    for element in app.main:
        proto = element.proto
        if element.type == "html":
            yield from re.findall(r'(?:alt|aria-label)="([^"]*)"', proto.body)
            yield unescape(re.sub(r"<[^>]+>", " ", proto.body))
        elif element.type == "plotly_chart":
            yield from (proto.alt, *re.findall(r'"(?:text|hovertemplate)":"([^"]*)"', proto.spec))
        else:
            yield str(getattr(proto, "label", ""))
            yield from map(str, getattr(proto, "options", ()))
