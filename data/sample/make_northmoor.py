"""Northmoor: three successive monthly extracts of one invented authority, with the changes that months bring.

Knows how Northmoor differs from a plain invented authority, and the three changes after the fact; all else is in
``invented.py``. No row is a real person's; see ``northmoor/README.md``.

    python data/sample/make_northmoor.py     writes three folders into northmoor/ beside this file
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from invented import Authority, Case, cases, extract, files, history
from make_2011 import Chance, working_day

NORTHMOOR: Final = Authority(
    area="X06000001",
    seed=2604,
    first_day=date(2023, 10, 1),
    last_day=date(2026, 9, 30),
    cases=330,
    in_time=(0.62, 0.9),
    pace=(1.3, 0.8),
    overridden=0.14,
    late_entry=0.4,
)
SNAPSHOTS: Final = (date(2026, 7, 31), date(2026, 8, 31), date(2026, 9, 30))
SILENT: Final = {date(2026, 9, 30): "HR"}  # a service that sent nothing, by snapshot

WITHDRAWN_ON: Final = date(2026, 8, 6)
REOPENED_ON: Final = date(2026, 8, 12)
CORRECTED_ON: Final = date(2026, 9, 9)

HERE: Final = Path(__file__).parent


def _could_be_withdrawn(case: Case) -> bool:
    return case.is_over and case.report.on >= date(2026, 4, 1) and case.report.prior == 0


def _could_be_reopened(case: Case) -> bool:
    is_settled = date(2026, 3, 1) <= case.entered_on <= date(2026, 6, 30)
    return is_settled and case.outcome == "UNS" and case.met_on is not None and case.exit_on is None


def _could_be_corrected(case: Case) -> bool:
    """Nothing was done on the day of receipt, so that a later one could stand in its place."""
    is_on_working_day = working_day(case.report.on) == case.report.on  # or the correction would move no clock
    is_recent = case.is_over and case.report.on >= date(2026, 3, 1)
    return is_recent and is_on_working_day and case.report.on < _first_step(case)


def _first_step(case: Case) -> date:
    advised = [on for _, on in case.safeguard.advised.values()]
    steps = [case.threshold_on, case.discussed_on, case.met_on, case.safeguard.on, case.assessed_on, case.exit_on]
    return min(step for step in (*steps, *advised) if step)


def northmoor() -> list[tuple[Case, Chance]]:
    """Its cases, one of them withdrawn, one reopened, and one whose day of receipt was corrected."""
    lives = cases(NORTHMOOR)
    _change(lives, _could_be_withdrawn, lambda case: replace(case, withdrawn_on=WITHDRAWN_ON))
    _change(lives, _could_be_reopened, lambda case: replace(case, reopened_on=REOPENED_ON))
    _change(
        lives,
        _could_be_corrected,
        lambda case: replace(case, corrected_on=CORRECTED_ON, first_received_as=_first_step(case)),
    )
    return lives


def _change(lives: list[tuple[Case, Chance]], is_fit: Callable[[Case], bool], changed: Callable[[Case], Case]) -> None:
    """Changes the first case that is fit for it and has not been changed."""
    at = next(n for n, (case, _) in enumerate(lives) if is_fit(case) and not (case.withdrawn_on or case.reopened_on))
    case, chance = lives[at]
    lives[at] = (changed(case), chance)


def months() -> dict[str, dict[str, str]]:
    """The text of each file by table, by month of the snapshot."""
    told = history(NORTHMOOR, northmoor())
    return {f"{day:%Y-%m}": files(extract(NORTHMOOR, told, day, SILENT.get(day, ""))) for day in SNAPSHOTS}


if __name__ == "__main__":
    for month, tables in months().items():
        folder = HERE / "northmoor" / month
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in tables.items():
            (folder / f"{name}.csv").write_text(text, encoding="utf-8", newline="\n")
