"""``python -m pipelines register``: what the page can do with the register, from the command line."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date
from functools import partial
from typing import Any, Final

from assurance import words
from assurance.entries import EVERYWHERE, REGISTERS, Correction, Entry, told
from assurance.indicator import Both
from pipelines.build import definitions
from pipelines.store import Store
from registers import write

Answer = Callable[[argparse.Namespace, Any, Sequence[str]], int]
"""Prints a value as JSON where that was asked for, else lines of text; returns the exit code."""

_ROLE: Final = "who you are, by role and not by name"


_CORRECTION: Final = {
    "table": "the table",
    "row": "the row, by its reference",
    "column": "the column",
    "value": "what it should be, as the format writes it; nothing for a blank",
}


def define(register: argparse.ArgumentParser, store: Callable[[], Store], answer: Answer) -> None:
    """Gives ``register`` its commands."""
    commands = register.add_subparsers(required=True, metavar="what")
    add = commands.add_parser("add", help="add an entry; most wait for a second person")
    add.add_argument("register", choices=REGISTERS)
    add.add_argument("--on", required=True, type=date.fromisoformat, help="the day, such as 2026-07-01")
    add.add_argument("--area", default=EVERYWHERE, help="an area's code; by default every area")
    add.add_argument("--indicator", default="", help="a measure's id; by default every measure")
    _texts(add, "says", "a decision's reason, what happened, or what meeting it was", required=True)
    _texts(add, "evidence", "where that can be read", required=False)
    add.add_argument("--rule", default="", help="of a justification: the rule whose warning it explains, by its id")
    for name, says in _CORRECTION.items():
        add.add_argument(f"--{name}", default="", help=f"of a correction: {says}")
    add.add_argument("--until", type=date.fromisoformat, help="of a correction: the last day of data it is for")
    agree = commands.add_parser("agree", help="agree to an entry, as a second person")
    withdraw = commands.add_parser("withdraw", help="take an entry back; it stays in the register")
    _texts(withdraw, "why", "the reason", required=True)
    for each in (agree, withdraw):
        each.add_argument("number", type=int, help="the entry's number")
    for each in (add, agree, withdraw):
        each.add_argument("--by", required=True, help=_ROLE)
    shown = commands.add_parser("list", help="list every entry")
    for each, run in ((add, _add), (agree, _agree), (withdraw, _withdraw), (shown, _list)):
        each.set_defaults(run=partial(run, store=store, answer=answer))


def _texts(parser: argparse.ArgumentParser, name: str, says: str, *, required: bool) -> None:
    for lang in words.LANGUAGES:
        parser.add_argument(f"--{name}-{lang}", required=required, default="", metavar="TEXT", help=f"{says} ({lang})")


def _both(chosen: argparse.Namespace, name: str) -> Both:
    return {lang: getattr(chosen, f"{name}_{lang}") for lang in words.LANGUAGES}


def _add(chosen: argparse.Namespace, store: Callable[[], Store], answer: Answer) -> int:
    held = store()
    known = write.Known(definitions(), frozenset(line["area"] for line in held.received.lines()))
    own = {name: getattr(chosen, name) for name in ("register", "on", "area", "indicator", "by")}
    cell = {name: getattr(chosen, name) for name in _CORRECTION}
    proposal = write.Proposal(
        **own,
        says=_both(chosen, "says"),
        evidence=_both(chosen, "evidence"),
        rule=chosen.rule,
        correction=Correction(**cell, until=chosen.until) if chosen.until else None,
    )
    return _done(chosen, write.add(held, proposal, known), answer)


def _agree(chosen: argparse.Namespace, store: Callable[[], Store], answer: Answer) -> int:
    return _done(chosen, write.agree(store(), chosen.number, chosen.by), answer)


def _withdraw(chosen: argparse.Namespace, store: Callable[[], Store], answer: Answer) -> int:
    return _done(chosen, write.withdraw(store(), chosen.number, chosen.by, _both(chosen, "why")), answer)


_SAYS: Final = {"proposed": "register.added", "in_force": "register.in_force", "withdrawn": "register.withdrawn"}


def _done(chosen: argparse.Namespace, entry: Entry, answer: Answer) -> int:
    says = words.say(chosen.lang, _SAYS[entry.state], number=entry.number)
    return answer(chosen, {"number": entry.number, "state": entry.state, "says": says}, [says])


def _list(chosen: argparse.Namespace, store: Callable[[], Store], answer: Answer) -> int:
    held = told(store().register.lines())
    rows = [
        {
            "number": each.number,
            "register": each.register,
            "on": each.on.isoformat(),
            "area": each.area,
            "indicator": each.indicator,
            "rule": each.rule,
            "correction": asdict(each.correction) | {"until": each.correction.until.isoformat()}
            if each.correction
            else None,
            "state": each.state,
            "says": dict(each.says),
        }
        for each in held
    ]
    lines = [
        f"{each.number:>4}  {each.register:<14} {each.on}  {each.state:<9}  {each.says[chosen.lang]}" for each in held
    ]
    return answer(chosen, rows, lines or [words.say(chosen.lang, "register.none")])
