"""How often the words of judgement are wrong: services that do not change, and the years in which one is said to have.

Each service has so many cases a month for ever (Poisson), does the same share of them (binomial), and takes as long
(geometric). A measure is looked at as the board does, once for each new month or quarter of a year, with all points so
far, after three years of history. A year is wrong if a word of change was said at any look. ``docs/deviations.md`` has
the table that this prints. ``python -m benchmarks.false_verdicts [services]``; the seed is fixed.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Sequence
from datetime import date
from itertools import count
from math import exp
from typing import Final

from assurance import judgement
from assurance.indicator import Target
from assurance.intervals import wilson
from assurance.survival import Times, log_rank

SEED: Final = 2011
VOLUMES: Final = (4, 9, 20)
YEARS_BEFORE: Final = 3
MONTHS, QUARTERS = 12, 4
SHARE: Final = 0.8
DAYS_ON_AVERAGE: Final = 14
DAYS_A_MONTH: Final = 30
TARGET: Final = Target(date(2004, 4, 1), round(100 * SHARE), True, "local", {"en": "", "cy": ""})
SAID: Final = ("improving", "getting_worse", "higher", "lower")

Service = Callable[[random.Random, float], bool | None]
"""Whether a word of change was said in one year of one service; None where nothing could be judged in it."""


def poisson(chance: random.Random, mean: float) -> int:
    """Knuth's method: as many as fit before the product of uniforms falls under exp(-mean)."""
    least, product = exp(-mean), chance.random()
    for n in count():
        if product <= least:
            return n
        product *= chance.random()
    raise AssertionError


def binomial(chance: random.Random, n: int, share: float) -> int:
    return sum(chance.random() < share for _ in range(n))


def _looked_at(values: Sequence[float | None], looks: int, *, is_share: bool) -> bool | None:
    """Whether any of the last ``looks`` looks, each at all points so far, said a word of change."""
    found = [
        judgement.over_time(values[: len(values) - left], is_share=is_share, better="higher").variation
        for left in range(looks)
    ]
    judged = [each for each in found if each in (*SAID, "no_change")]
    return any(each in SAID for each in judged) if judged else None


def counts_by_month(chance: random.Random, volume: float) -> bool | None:
    months = [poisson(chance, volume) for _ in range((YEARS_BEFORE + 1) * MONTHS)]
    return _looked_at(months, MONTHS, is_share=False)


def shares_by_quarter(chance: random.Random, volume: float) -> bool | None:
    """As a page has it: a quarter under ten cases, and no quarter is judged."""
    cases = [poisson(chance, 3 * volume) for _ in range((YEARS_BEFORE + 1) * QUARTERS)]
    if min(cases) < judgement.MIN_N:
        return None
    return _looked_at([100 * binomial(chance, N, SHARE) / N for N in cases], QUARTERS, is_share=True)


def speed_against_the_year_before(chance: random.Random, volume: float) -> bool | None:
    """Once for each month of a year, its cases so far, open ones cut off there, against the twelve months before."""
    before, now = (
        [_case(chance, month) for month in range(MONTHS) for _ in range(poisson(chance, volume))] for _ in "bn"
    )
    said, judged = False, False
    for month in range(MONTHS):
        looked_on = (month + 1) * DAYS_A_MONTH
        known = [each for each in now if each[0] < looked_on]
        if min(len(known), len(before)) >= judgement.MIN_N:
            judged = True
            compared = log_rank(_seen(known, looked_on), _seen(before, MONTHS * DAYS_A_MONTH + looked_on))
            said = said or compared.p < judgement.SURE
    return said if judged else None


def _case(chance: random.Random, month: int) -> tuple[int, int]:
    """The day a case began, and how many it took."""
    began = month * DAYS_A_MONTH + chance.randrange(DAYS_A_MONTH)
    return began, next(day for day in count() if chance.random() < 1 / (DAYS_ON_AVERAGE + 1))


def _seen(cases: Sequence[tuple[int, int]], looked_on: int) -> Times:
    days = [min(took, looked_on - began) for began, took in cases]
    return Times(days, [took <= looked_on - began for began, took in cases])


def year_against_target(chance: random.Random, volume: float) -> bool | None:
    """A service that stands just at its target, judged once on a whole year: said to meet or to miss it."""
    N = poisson(chance, MONTHS * volume)
    if N < judgement.MIN_N:
        return None
    n = binomial(chance, N, SHARE)
    low, high = (100 * each for each in wilson(n, N))
    against = judgement.interval_against_target(n, N, low, high, TARGET)
    return against in ("meets_target", "below_target")


METHODS: Final[dict[str, Service]] = {
    "XmR, counts by month (12 looks)": counts_by_month,
    "XmR, shares by quarter (4 looks)": shares_by_quarter,
    "log-rank against the year before, 1 % (12 looks)": speed_against_the_year_before,
    "95 % interval against a target it stands just at (1 look)": year_against_target,
}


def wrong(service: Service, volume: float, services: int) -> tuple[int, int]:
    """Of so many services, in how many anything could be judged, and in how many of them a word of change was said."""
    chance = random.Random(f"{SEED} {volume} {service.__name__}")  # noqa: S311 - a simulation
    found = [service(chance, volume) for _ in range(services)]
    judged = [each for each in found if each is not None]
    return len(judged), sum(judged)


def main(services: int) -> None:
    print(f"| years with a false word, of {services} services | {' | '.join(f'{each} a month' for each in VOLUMES)} |")
    print("| --- |" + " --- |" * len(VOLUMES))
    for name, service in METHODS.items():
        cells = []
        for volume in VOLUMES:
            judged, said = wrong(service, volume, services)
            few = f" (of the {judged} that can be judged)" if judged < services else ""
            cells.append(f"{100 * said / judged:.0f} %{few}" if judged else "never judged")
        print(f"| {name} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
