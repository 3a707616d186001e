"""What an indicator's folder declares, read and checked.

Knows the shape of ``definition.toml`` and ``sections.toml``, and names all faults at once. Refuses to know where the
folders are: it is handed text.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from assurance.words import LANGUAGES

Both = Mapping[str, str]
"""One text by language."""

Kind = Literal["within_clock", "share", "occurrences"]
Better = Literal["higher", "lower", "neither", "explain_each"]

STATES: Final[Mapping[Kind, tuple[str, ...]]] = {
    "within_clock": ("met", "missed", "too_recent", "not_measurable"),
    "share": ("yes", "no", "not_known"),
    "occurrences": ("occurred",),
}
"""The states that a measure puts items in, in the order a table shows them."""

NUMERATOR: Final[Mapping[Kind, str]] = {"within_clock": "met", "share": "yes", "occurrences": "occurred"}
DENOMINATOR: Final[Mapping[Kind, tuple[str, ...]]] = {
    "within_clock": ("met", "missed"),
    "share": ("yes", "no"),
    "occurrences": (),
}
"""The states whose items are judged; empty where a count stands for itself."""

_REQUIRED: Final = {
    "id", "kind", "section", "better", "verdict", "breakdowns", "needs_tables", "counts", "with_number", "title",
    "question", "why_it_matters", "how_it_is_counted", "read_with_care", "answer", "review", "changes",
}  # fmt: skip
_TEXTS: Final = ("counts", "title", "question", "why_it_matters", "how_it_is_counted", "read_with_care")
_ANSWERS: Final[Mapping[Kind, set[str]]] = {
    "within_clock": {"some", "none"},
    "share": {"some", "none"},
    "occurrences": {"one", "some", "none"},
}
_VERDICTS: Final[Mapping[Kind, str]] = {
    "within_clock": "interval_against_target",
    "share": "interval_against_target",
    "occurrences": "explain_each",
}
_BASES: Final = {"statute", "guidance", "local", "benchmark"}


class DefinitionFaulty(Exception):
    """Every fault of one definition, each naming its key."""

    def __init__(self, name: str, faults: list[str]) -> None:
        super().__init__(f"{name}: " + "; ".join(faults))


@dataclass(frozen=True)
class Clock:
    starts: Both
    stops: Both
    limit_working_days: int


@dataclass(frozen=True)
class Target:
    """In force from ``since``: at least (``is_floor``) or at most ``percent`` of what is counted."""

    since: date
    percent: int
    is_floor: bool
    basis: str
    source: Both


@dataclass(frozen=True)
class Definition:
    """One indicator: words, clock, target; ``slug`` is its folder's name."""

    slug: str
    id: str
    kind: Kind
    section: str
    better: Better
    verdict: str
    breakdowns: tuple[str, ...]
    needs_tables: tuple[str, ...]
    counts: Both
    with_number: Mapping[str, Both]
    share_of: Both | None
    title: Both
    question: Both
    why_it_matters: Both
    how_it_is_counted: Both
    read_with_care: Both
    answer: Mapping[str, Both]
    clock: Clock | None
    targets: tuple[Target, ...]
    review: Mapping[str, Any]
    changes: tuple[Mapping[str, Any], ...]

    def target_on(self, day: date) -> Target | None:
        """The target in force on ``day``."""
        begun = [target for target in self.targets if target.since <= day]
        return max(begun, key=lambda target: target.since) if begun else None


def parse(slug: str, text: str) -> Definition:
    """The definition that ``text`` (TOML) declares. Raises DefinitionFaulty with all its faults."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise DefinitionFaulty(slug, [str(fault)]) from fault
    faults = _faults(raw)
    if faults:
        raise DefinitionFaulty(slug, faults)
    return Definition(
        slug=slug,
        **{
            key: raw[key]
            for key in ("id", "kind", "section", "better", "verdict", "answer", "review", "with_number", *_TEXTS)
        },
        share_of=raw.get("share_of"),
        breakdowns=tuple(raw["breakdowns"]),
        needs_tables=tuple(raw["needs_tables"]),
        clock=_clock(raw["clock"]) if "clock" in raw else None,
        targets=tuple(_target(each) for each in raw.get("targets", ())),
        changes=tuple(raw["changes"]),
    )


def parse_sections(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The sections in order, and the slugs that stand at a glance."""
    raw = tomllib.loads(text)
    return tuple(raw["sections"]), tuple(raw["at_a_glance"])


def _clock(raw: Mapping[str, Any]) -> Clock:
    return Clock(raw["starts"], raw["stops"], raw["limit"])


def _target(raw: Mapping[str, Any]) -> Target:
    is_floor = "at_least" in raw
    return Target(raw["from"], raw["at_least" if is_floor else "at_most"], is_floor, raw["basis"], raw["source"])


def _faults(raw: Mapping[str, Any]) -> list[str]:
    faults = [f"{key} is missing" for key in sorted(_REQUIRED - raw.keys())]
    faults += [f"{key} is not known" for key in sorted(raw.keys() - _REQUIRED - {"clock", "targets", "share_of"})]
    faults += [f"{key} lacks a language" for key in _TEXTS if key in raw and not _in_both(raw[key])]
    kind: Any = raw.get("kind")
    if kind not in STATES:
        return [*faults, f"kind is none of {', '.join(STATES)}"]
    for table, keys in (("answer", _ANSWERS[kind]), ("with_number", {"one", "some"})):
        given = raw.get(table, {})
        lacking = [key for key in sorted(keys) if not _in_both(given.get(key, {}))]
        faults += [f"{table}.{key} is missing or lacks a language" for key in lacking]
    if raw.get("verdict") != _VERDICTS[kind]:
        faults.append(f"verdict is not {_VERDICTS[kind]}, the one method for this kind")
    if DENOMINATOR[kind] and not _in_both(raw.get("share_of", {})):
        faults.append("share_of is missing or lacks a language")
    if kind == "within_clock":
        faults += _clock_faults(raw.get("clock", {}))
    for target in raw.get("targets", ()):
        faults += _target_faults(target)
    return faults


def _clock_faults(clock: Mapping[str, Any]) -> list[str]:
    faults = [f"clock.{key} lacks a language" for key in ("starts", "stops") if not _in_both(clock.get(key, {}))]
    if clock.get("unit") != "working_days" or not isinstance(clock.get("limit"), int):
        faults.append("clock needs a whole limit and unit = working_days")
    return faults


def _target_faults(target: Mapping[str, Any]) -> list[str]:
    faults = [] if isinstance(target.get("from"), date) else ["target.from is not a date"]
    if ("at_least" in target) == ("at_most" in target):
        faults.append("a target has at_least or at_most")
    if target.get("basis") not in _BASES or not _in_both(target.get("source", {})):
        faults.append("a target needs a basis and a source in both languages")
    return faults


def _in_both(text: Any) -> bool:
    return (
        isinstance(text, Mapping)
        and set(text) == set(LANGUAGES)
        and all(isinstance(each, str) and each for each in text.values())
    )
