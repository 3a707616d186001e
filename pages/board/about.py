"""How do I read this, and what happens to the data? The guide, an easy-read summary, privacy, accessibility."""

from __future__ import annotations

from assurance.words import say
from pages.parts import choices, guide, html


def page() -> None:
    lang = choices.current().lang
    for name in guide.NAMES:
        html.show(html.folded(say(lang, f"pages.guide_{name}"), "", guide.written(name, lang), is_section=True))
