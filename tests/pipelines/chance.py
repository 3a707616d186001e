"""What a made cell may hold: a code or none, a day near another, now and then one that is missing or mistyped."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from random import Random


class Chance:
    """The same seed gives the same cells. While ``is_calm``, nearly every day is the one that was meant."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.is_calm = False

    def one_of(self, codes: Sequence[str | None]) -> str | None:
        """One of the codes, now and then a blank: a blank cell is warned about and loaded."""
        return None if self.random.random() < 0.03 else self.random.choice(codes)

    def codes(self, codes: Sequence[str]) -> str | None:
        """None to three of the codes, the same one twice among them."""
        return ";".join(self.random.choices(codes, k=self.random.choice((0, 1, 1, 2, 3)))) or None

    def near(self, day: date, *, missing: float = 0.03) -> date | None:
        """Mostly within a few days, now and then weeks away or mistyped: before the calendar or after the snapshot."""
        if self.random.random() < missing:
            return None
        if self.is_calm and self.random.random() < 0.93:
            return day
        if self.random.random() < 0.05:
            return day + timedelta(self.random.randint(-40, 40))
        if self.random.random() < 0.004:
            return self.mistyped(day)
        return day + timedelta(self.random.choice((-3, -2, -1, 0, 0, 0, 0, 1, 1, 2, 3, 4, 5)))

    def mistyped(self, day: date) -> date:
        return day.replace(year=1954, day=1)

    def later(self, day: date, *, missing: float = 0.03) -> date | None:
        """Around the ends of the month, three and twelve months after a day; while calm, within the week."""
        days = (0, 0, 4) if self.is_calm else (0, 4, 30, 91, 365)
        return self.near(day + timedelta(self.random.choice(days)), missing=missing)

    def around(self, day: date) -> date:
        """The day itself, or one on either side of it."""
        return day + timedelta(self.random.choice((-1, 0, 0, 1)))

    def whole_and_part(self) -> tuple[int | None, int | None]:
        """A number of people and of those among them, at times more than there are; noughts and blanks."""
        whole = self.random.choice((None, 0, 1, 7, 20))
        return whole, self.random.choice((None, 0, 1, 5, whole))

    def time(self) -> str | None:
        return self.random.choice((None, "09:00", "15:30"))

    def id(self, letter: str) -> str:
        return f"{letter}_{self.random.getrandbits(64):016x}"


def months_on(day: date, months: int) -> date:
    """So many months later, or earlier; of a shorter month, its last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
