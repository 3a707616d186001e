"""The texts of ``docs/guide``, one Markdown file each and language, as HTML: a council edits them as they are.

Refuses HTML inside them: it is shown as written.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

import mistune

from assurance.words import Language

NAMES: Final = ("board_member", "glossary", "easy_read", "privacy", "accessibility")
_FOLDER: Final = Path(__file__).parents[2] / "docs" / "guide"


@cache
def written(name: str, lang: Language) -> str:
    """A text in a reader's language. Raises FileNotFoundError if there is none of that name."""
    text = (_FOLDER / f"{name}.{lang}.md").read_text("utf-8")
    return f'<div class="guide">{mistune.create_markdown(escape=True)(text)}</div>'
