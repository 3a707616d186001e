"""Markdown as the generated documents write it: tables, what comes from where, and the file itself.

Knows the marks. Refuses words of its own: they come from declarations and catalogues.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent.parent / "docs" / "generated"


def head(title: str, module: str, source: str) -> Iterator[str]:
    """A document's title, and for who would edit it what makes it from what."""
    yield from (f"# {title}", "")
    yield from (f"<!-- Made by `python -m pipelines.{module}` from {source}. Not edited by hand. -->", "")


def table(header: Sequence[str], rows: Iterable[Sequence[str]], numeric: Sequence[int] = ()) -> Iterator[str]:
    """The lines of a table; ``numeric``: the columns, from 0, that stand to the right."""
    rule = ["---:" if at in numeric else "---" for at in range(len(header))]
    for cells in (header, rule, *rows):
        yield f"| {' | '.join(map(_cell, cells))} |"


def _cell(text: str) -> str:
    """A bar would end the cell, and a new line the row."""
    return " ".join(text.split("\n")).replace("|", "\\|")


def code(text: str) -> str:
    return f"`{text}`"


def pair(words: Mapping[str, object]) -> str:
    """Both languages in one cell, Welsh first."""
    return f"{words['cy']} / {words['en']}"


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
