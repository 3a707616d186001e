"""What somebody once answered about a file, kept so that it need not be asked again next month.

Knows the ledger of answers; the last one to a question counts. Refuses to keep the order of dates in a column: next
month's file may be another's. Of a header only its hash is kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from pipelines.cells import Question
from pipelines.store import Store


def known(store: Store) -> dict[str, str]:
    """Every answer kept, by its question's id."""
    return {asked: answer for line in store.answers.lines() for asked, answer in line["answers"].items()}


def keep(store: Store, questions: Iterable[Question]) -> None:
    """Keeps what is new among the answers to ``questions``."""
    had = known(store)
    new = {
        each.id: each.answer
        for each in questions
        if each.answer and _can_be_kept(each) and had.get(each.id) != each.answer
    }
    if new:
        store.answers.append({"answers": new, "at": datetime.now(UTC).isoformat(timespec="seconds")})


def _can_be_kept(question: Question) -> bool:
    """A header by its text, a word by its list; a column without a header has only its place."""
    return question.kind == "meaning" or (question.kind == "header" and "#" in question.id)
