"""What can go wrong that a person can put right, said without a cell value."""

from __future__ import annotations

from dataclasses import dataclass, field

from assurance import words


@dataclass(frozen=True)
class Reason:
    """One fault: a message of the ``load`` catalogue and the values it names (never a cell's)."""

    key: str
    values: dict[str, object] = field(default_factory=dict)

    def says(self, lang: words.Language) -> str:
        return words.say(lang, self.key, **self.values)


class Refused(Exception):
    """Something was asked that cannot be done; carries every reason, and nothing was changed."""

    def __init__(self, *reasons: Reason) -> None:
        super().__init__("; ".join(reason.key for reason in reasons))
        self.reasons = reasons

    def says(self, lang: words.Language) -> str:
        return " ".join(reason.says(lang) for reason in self.reasons)


def refused(key: str, **values: object) -> Refused:
    """A refusal for one reason."""
    return Refused(Reason(key, dict(values)))
