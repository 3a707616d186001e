"""Entries of the registers: decisions on limits, what happened that a reader should know, when the Board met, why a
warning stands, and what is wrong in the data until its owner has put it right.

Knows what the lines of the register say together, and which entries count. Refuses a decision that one person alone
stands behind: it is shown as proposed, and changes no figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, Literal

from assurance.indicator import Both

Register = Literal["notes", "rebases", "fixings", "meetings", "justifications", "corrections", "editions"]
"""The last is no register: what the extracts themselves say is shown beside what people noted."""
ON_FIGURES: Final[tuple[Register, ...]] = ("notes", "rebases", "fixings", "meetings")
ON_DATA: Final[tuple[Register, ...]] = ("justifications", "corrections")
REGISTERS: Final = (*ON_FIGURES, *ON_DATA)
ON_LIMITS: Final[tuple[Register, ...]] = ("rebases", "fixings")
"""From a day on limits begin anew, or stay as the points before that day make them."""
NEEDS_A_SECOND: Final[tuple[Register, ...]] = ("notes", *ON_LIMITS, "corrections")
"""A meeting's date is a fact, a justification changes no figure; the others are judgements, which two people make."""
EVERYWHERE: Final = "all"
"""In place of an area's code: it concerns every area."""

State = Literal["proposed", "in_force", "withdrawn"]


@dataclass(frozen=True)
class Correction:
    """A cell that is known to be wrong in what a service sends: the table and its row by its reference, the column,
    what it should be (as the format writes it; empty for blank), and the last day of data for which that is said."""

    table: str
    row: str
    column: str
    value: str
    until: date


@dataclass(frozen=True)
class Entry:
    """``number`` is its line in the register. ``indicator`` is a slug, empty for what concerns every measure. ``says``
    is a decision's reason, what a note tells, or what a meeting was; ``evidence`` where that can be read. ``rule``: of
    a justification, the rule whose warning it explains."""

    number: int
    register: Register
    on: date
    area: str
    indicator: str
    says: Both
    evidence: Both
    added_by: str
    added_on: date
    agreed_by: str = ""
    agreed_on: date | None = None
    withdrawn_by: str = ""
    withdrawn_on: date | None = None
    withdrawn_because: Both | None = None
    rule: str = ""
    correction: Correction | None = None

    @property
    def state(self) -> State:
        if self.withdrawn_on is not None:
            return "withdrawn"
        return "in_force" if self.has_counted else "proposed"

    @property
    def has_counted(self) -> bool:
        """Whether it is in force or was once: what nobody agreed to never was, withdrawn or not."""
        return self.agreed_on is not None or self.register not in NEEDS_A_SECOND

    def has_expired(self, snapshot: date) -> bool:
        """Whether it is a correction that data of this day is past."""
        return self.correction is not None and self.correction.until < snapshot

    def concerns(self, indicator: str, area: str) -> bool:
        """Whether it is about a measure, by its slug, in an area, by its code."""
        return self.indicator in ("", indicator) and self.area in (EVERYWHERE, area)


def told(lines: Iterable[Mapping[str, Any]]) -> tuple[Entry, ...]:
    """Every entry that the lines of the register add, agree to and withdraw, in the order they were added."""
    entries: dict[int, Entry] = {}
    for line in lines:
        at = date.fromisoformat(line["at"])
        if line["action"] == "add":
            own = {key: line[key] for key in ("register", "area", "indicator", "says", "evidence")}
            on = date.fromisoformat(line["on"])
            own |= {"rule": line.get("rule", ""), "correction": _correction(line.get("correction"))}
            entries[line["number"]] = Entry(line["number"], on=on, added_by=line["by"], added_on=at, **own)
        elif line["action"] == "agree":
            entries[line["entry"]] = replace(entries[line["entry"]], agreed_by=line["by"], agreed_on=at)
        else:
            entries[line["entry"]] = replace(
                entries[line["entry"]], withdrawn_by=line["by"], withdrawn_on=at, withdrawn_because=line["why"]
            )
    return tuple(entries.values())


def _correction(written: Mapping[str, str] | None) -> Correction | None:
    return Correction(**{**written, "until": date.fromisoformat(written["until"])}) if written else None  # type: ignore[arg-type]


def in_force(entries: Iterable[Entry], register: Register) -> list[Entry]:
    """Those of a register that count, by their day."""
    own = [each for each in entries if each.register == register and each.state == "in_force"]
    return sorted(own, key=lambda each: (each.on, each.number))
