"""What an indicator's folder declares, read and checked.

Knows the shape of ``definition.toml`` and ``sections.toml``, and names all faults at once. Refuses to know where the
folders are: it is handed text.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, Literal

from assurance import local
from assurance.words import LANGUAGES

Both = Mapping[str, str]
"""One text by language."""

Kind = Literal["within_clock", "share", "occurrences", "duration", "stock", "profile", "rate"]
Better = Literal["higher", "lower", "neither", "explain_each"]
Unit = Literal["working_days", "months", "due_date"]
StockBy = Literal["age", "lateness", "open"]

STATES: Final[Mapping[Kind, tuple[str, ...]]] = {
    "within_clock": ("met", "missed", "too_recent", "not_measurable"),
    "share": ("yes", "no", "not_known"),
    "occurrences": ("occurred",),
    "duration": ("finished", "running", "not_measurable"),
    "profile": ("known", "not_known"),
    "rate": ("counted", "base", "no_base"),
}
"""The states that a measure puts items in, in the order a table shows them; a stock's are in STOCK_STATES."""
STOCK_STATES: Final[Mapping[StockBy, tuple[str, ...]]] = {
    "age": ("to_1_month", "to_3_months", "to_6_months", "to_12_months", "over_12_months", "not_measurable"),
    "lateness": ("not_due", "late_30", "late_over_30", "no_deadline", "not_measurable"),
    "open": ("open", "not_measurable"),
}

_NUMERATOR: Final[Mapping[Kind | StockBy, tuple[str, ...]]] = {
    "within_clock": ("met",),
    "share": ("yes",),
    "occurrences": ("occurred",),
    "duration": ("finished",),
    "age": ("over_12_months",),
    "lateness": ("late_30", "late_over_30"),
    "open": ("open",),
    "profile": ("known",),
    "rate": ("counted",),
}
_DENOMINATOR: Final[Mapping[Kind | StockBy, tuple[str, ...]]] = {
    "within_clock": ("met", "missed"),
    "share": ("yes", "no"),
    "occurrences": (),
    "duration": ("finished", "running"),
    "age": STOCK_STATES["age"][:-1],
    "lateness": STOCK_STATES["lateness"][:-1],
    "open": (),
    "profile": (),
    "rate": (),
}

_REQUIRED: Final = {
    "id", "kind", "section", "better", "verdict", "breakdowns", "needs_tables", "counts", "with_number", "title",
    "question", "why_it_matters", "how_it_is_counted", "read_with_care", "answer", "review", "changes",
}  # fmt: skip
_OPTIONAL: Final = {
    "clock", "stock", "rate", "targets", "share_of", "apart", "several", "headline", "populations", "breaks",
    "in_few_words", "needs_services", "assured_by", "as_at_end", "is_two_sided", "is_moving",
}  # fmt: skip
_TEXTS: Final = ("counts", "title", "question", "why_it_matters", "how_it_is_counted", "read_with_care")
_ANSWERS: Final[Mapping[Kind, set[str]]] = {
    "within_clock": {"some", "none"},
    "share": {"some", "none"},
    "occurrences": {"one", "some", "none"},
    "duration": {"half", "not_reached", "some", "none"},
    "stock": {"one", "some", "none"},
    "profile": {"one", "some", "none"},
    "rate": {"rate", "some", "none"},
}
_VERDICTS: Final[Mapping[Kind, set[str]]] = {
    "within_clock": {"interval_against_target", "xmr"},
    "share": {"interval_against_target", "xmr", "not_judged"},
    "occurrences": {"explain_each", "xmr"},
    "duration": {"log_rank"},
    "stock": {"explain_each", "not_judged"},
    "profile": {"not_judged"},
    "rate": {"not_judged"},
}
_BASES: Final = {"statute", "guidance", "local", "benchmark"}
_APART: Final = {"left", "not_recorded", "cancelled", "superseded", "no_deadline", "too_recent"}
_WHOLE: Final = 100
_UNITS: Final = {"working_days", "months", "due_date"}
SERVICES: Final = ("SS", "EDU", "HR", "POLICE")
"""The services whose records stand beside those of the lead service."""
ASPECTS: Final = ("held_by", "received", "decision", "decided_on", "outcome")
"""What a service's own list says of a case, and so can confirm."""
AUDITS: Final = "file_audits"


class DefinitionFaulty(Exception):
    """Every fault of one definition, each naming its key."""

    def __init__(self, name: str, faults: list[str]) -> None:
        super().__init__(f"{name}: " + "; ".join(faults))


@dataclass(frozen=True)
class Clock:
    """``limit`` in ``unit``; None where each item has a due date of its own."""

    starts: Both
    stops: Both
    unit: Unit
    limit: int | None


@dataclass(frozen=True)
class Rate:
    """So many for each ``per`` people of ``base`` a year."""

    base: str
    per: int


@dataclass(frozen=True)
class Population:
    """From ``since``, ``percent`` of a sourced base population are in this category of a breakdown."""

    breakdown: str
    category: str
    since: date
    until: date | None
    percent: float
    source: Both


@dataclass(frozen=True)
class Break:
    """From ``on``, what is counted, or its base, is not what it was: no comparison across this day."""

    on: date
    what: Both


@dataclass(frozen=True)
class Target:
    """In force from ``since``: at least (``is_floor``) or at most ``percent`` of what is counted; under those
    ``editions`` of the procedures alone, or under each if it names none."""

    since: date
    percent: int
    is_floor: bool
    basis: str
    source: Both
    editions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Definition:
    """One indicator: words, clock, target; ``slug`` is its folder's name. ``needs_services``: whose records it comes
    from, beside the lead service's; ``assured_by``: what somebody else can confirm it by (ASPECTS, AUDITS);
    ``as_at_end``: a share of how things stand at the end of a month; ``is_two_sided``: yes and no are drawn to either
    side of a line, as much or more protective and less; ``is_moving``: its items move on with each new report."""

    slug: str
    id: str
    kind: Kind
    section: str
    better: Better
    verdict: str
    breakdowns: tuple[str, ...]
    needs_tables: tuple[str, ...]
    needs_services: tuple[str, ...]
    assured_by: tuple[str, ...]
    counts: Both
    with_number: Mapping[str, Both]
    share_of: Both | None
    title: Both
    in_few_words: Both | None
    question: Both
    why_it_matters: Both
    how_it_is_counted: Both
    read_with_care: Both
    answer: Mapping[str, Both]
    clock: Clock | None
    stock_by: StockBy | None
    rate: Rate | None
    apart: tuple[str, ...]
    several: tuple[str, ...]
    as_at_end: bool
    is_two_sided: bool
    is_moving: bool
    headline: tuple[str, str] | None
    targets: tuple[Target, ...]
    populations: tuple[Population, ...]
    breaks: tuple[Break, ...]
    review: Mapping[str, Any]
    changes: tuple[Mapping[str, Any], ...]
    is_set_locally: bool = False

    @property
    def states(self) -> tuple[str, ...]:
        """Every state an item can be in, in the order a table shows them; those that stand apart come last."""
        own = STOCK_STATES[self.stock_by] if self.stock_by else STATES[self.kind]
        return (*own, *self.apart)

    @property
    def numerator(self) -> tuple[str, ...]:
        return _NUMERATOR[self.stock_by or self.kind]

    @property
    def denominator(self) -> tuple[str, ...]:
        """The states whose items are judged; empty where a count stands for itself. Of a duration they are those that
        could have finished, and who left before is among them."""
        gone = tuple(state for state in self.apart if self.kind == "duration")
        return (*_DENOMINATOR[self.stock_by or self.kind], *gone)

    @property
    def is_as_at(self) -> bool:
        """Whether it says how things stand, so that a longer period has the figure of its last month."""
        return self.kind == "stock" or self.as_at_end

    @property
    def is_share(self) -> bool:
        """Whether the value is a share of its items, which has a percentage and an interval."""
        return self.kind in ("within_clock", "share")

    def population_on(self, day: date, breakdown: str, category: str) -> Population | None:
        """The base population's share of a category on ``day``, where a source gives one."""
        known = [
            each
            for each in self.populations
            if (each.breakdown, each.category) == (breakdown, category)
            and each.since <= day
            and (each.until is None or day <= each.until)
        ]
        return max(known, key=lambda each: each.since) if known else None

    def under(self, edition: str | None) -> Definition:
        """As it is under an edition of the procedures; None where areas go by different ones, which have in common only
        what each of them has."""
        own = tuple(each for each in self.targets if not each.editions or edition in each.editions)
        return self if own == self.targets else replace(self, targets=own)

    def target_on(self, day: date) -> Target | None:
        """The target in force on ``day``."""
        begun = [target for target in self.targets if target.since <= day]
        return max(begun, key=lambda target: target.since) if begun else None


def parse(slug: str, text: str, settings: local.Settings | None = None) -> Definition:
    """The definition that ``text`` (TOML) declares, with what a council has set for itself (``settings``, by
    id). Raises DefinitionFaulty with all its faults."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise DefinitionFaulty(slug, [str(fault)]) from fault
    own = (settings or {}).get(raw.get("id", ""), {})
    faults = [*_faults(raw), *local.faults(raw, own)] or _faults(changed := local.applied(raw, own))
    if faults:
        raise DefinitionFaulty(slug, faults)
    raw = dict(local.with_limit(changed))
    return Definition(
        slug=slug,
        **{
            key: raw[key]
            for key in ("id", "kind", "section", "better", "verdict", "answer", "review", "with_number", *_TEXTS)
        },
        share_of=raw.get("share_of"),
        in_few_words=raw.get("in_few_words"),
        breakdowns=tuple(raw["breakdowns"]),
        needs_tables=tuple(raw["needs_tables"]),
        needs_services=tuple(raw.get("needs_services", ())),
        assured_by=tuple(raw.get("assured_by", ())),
        clock=_clock(raw["clock"]) if "clock" in raw else None,
        stock_by=raw["stock"]["by"] if "stock" in raw else None,
        rate=Rate(raw["rate"]["base"], raw["rate"]["per"]) if "rate" in raw else None,
        apart=tuple(raw.get("apart", ())),
        several=tuple(raw.get("several", ())),
        as_at_end=raw.get("as_at_end", False),
        is_two_sided=raw.get("is_two_sided", False),
        is_moving=raw.get("is_moving", False),
        headline=(raw["headline"]["breakdown"], raw["headline"]["category"]) if "headline" in raw else None,
        populations=tuple(_population(each) for each in raw.get("populations", ())),
        breaks=tuple(Break(each["on"], each["what"]) for each in raw.get("breaks", ())),
        targets=tuple(_target(each) for each in raw.get("targets", ())),
        changes=tuple(raw["changes"]),
        is_set_locally=bool(own),
    )


@dataclass(frozen=True)
class Sections:
    """The order of sections, and the slugs that stand at a glance, that a section's page shows in full, and in which
    authorities are compared."""

    order: tuple[str, ...]
    at_a_glance: tuple[str, ...]
    in_full: tuple[str, ...]
    compared: tuple[str, ...]

    def ordered(self, definitions: Iterable[Definition]) -> dict[str, Definition]:
        """Definitions by slug: by section, those shown in full first, then by id."""

        def place(each: Definition) -> tuple[int, int, int, str]:
            rank = self.in_full.index(each.slug) if each.slug in self.in_full else len(self.in_full)
            return self.order.index(each.section), rank, len(each.id), each.id

        return {each.slug: each for each in sorted(definitions, key=place)}


def parse_sections(text: str) -> Sections:
    raw = tomllib.loads(text)
    raw = {"compared": (), **raw}  # a release older than Comparison compares nothing
    return Sections(*(tuple(raw[key]) for key in ("sections", "at_a_glance", "in_full", "compared")))


def _clock(raw: Mapping[str, Any]) -> Clock:
    return Clock(raw["starts"], raw["stops"], raw["unit"], raw.get("limit"))


def _population(raw: Mapping[str, Any]) -> Population:
    return Population(raw["breakdown"], raw["category"], raw["from"], raw.get("until"), raw["percent"], raw["source"])


def _target(raw: Mapping[str, Any]) -> Target:
    is_floor = "at_least" in raw
    percent = raw["at_least" if is_floor else "at_most"]
    return Target(raw["from"], percent, is_floor, raw["basis"], raw["source"], tuple(raw.get("editions", ())))


def _faults(raw: Mapping[str, Any]) -> list[str]:
    faults = [f"{key} is missing" for key in sorted(_REQUIRED - raw.keys())]
    faults += [f"{key} is not known" for key in sorted(raw.keys() - _REQUIRED - _OPTIONAL)]
    texts = (*_TEXTS, "in_few_words")
    faults += [f"{key} lacks a language" for key in texts if key in raw and not _in_both(raw[key])]
    kind: Any = raw.get("kind")
    if kind not in _ANSWERS:
        return [*faults, f"kind is none of {', '.join(_ANSWERS)}"]
    answers = _ANSWERS[kind] | ({"headline"} if "headline" in raw else set())
    for table, keys in (("answer", answers), ("with_number", {"one", "some"})):
        given = raw.get(table, {})
        lacking = [key for key in sorted(keys) if not _in_both(given.get(key, {}))]
        faults += [f"{table}.{key} is missing or lacks a language" for key in lacking]
    if raw.get("verdict") not in _VERDICTS[kind]:
        faults.append(f"verdict is none of {', '.join(sorted(_VERDICTS[kind]))}, the methods for this kind")
    if kind in ("within_clock", "share") and not _in_both(raw.get("share_of", {})):
        faults.append("share_of is missing or lacks a language")
    for key, known in (("apart", _APART), ("needs_services", SERVICES), ("assured_by", (*ASPECTS, AUDITS))):
        faults += [f"{key} names {each}, which is none of its own" for each in raw.get(key, ()) if each not in known]
    faults += [f"{key} belongs to another kind" for key, own in _ONLY.items() if key in raw and kind not in own]
    faults += _parts_faults(kind, raw)
    for target in raw.get("targets", ()):
        faults += _target_faults(target)
    return faults


_ONLY: Final[Mapping[str, set[Kind]]] = {
    "clock": {"within_clock"},
    "stock": {"stock"},
    "rate": {"rate"},
    "several": {"profile"},
    "headline": {"profile"},
    "populations": {"profile"},
    "targets": {"within_clock", "share"},
    "as_at_end": {"share"},
    "is_two_sided": {"share"},
    "is_moving": {"share"},
}


def _parts_faults(kind: Kind, raw: Mapping[str, Any]) -> list[str]:
    """What a kind needs beside the words, and what hangs on a breakdown."""
    faults: list[str] = []
    if kind == "within_clock":
        faults += _clock_faults(raw.get("clock", {}))
    if kind == "stock" and raw.get("stock", {}).get("by") not in STOCK_STATES:
        faults.append(f"stock.by is none of {', '.join(STOCK_STATES)}")
    if kind == "rate" and not (isinstance(raw.get("rate", {}).get("per"), int) and raw["rate"].get("base")):
        faults.append("rate needs a base and a whole per")
    broken_down = {name for each in raw.get("breakdowns", ()) for name in (each, *each.split("*"))}
    named = [*raw.get("several", ()), *[each.get("breakdown") for each in raw.get("populations", ())]]
    named += [raw["headline"].get("breakdown")] if "headline" in raw else []
    faults += [f"{each} is no breakdown of this definition" for each in named if each not in broken_down]
    return faults


def _clock_faults(clock: Mapping[str, Any]) -> list[str]:
    faults = [f"clock.{key} lacks a language" for key in ("starts", "stops") if not _in_both(clock.get(key, {}))]
    unit = clock.get("unit")
    if unit not in _UNITS or isinstance(clock.get("limit"), int) == (unit == "due_date"):
        faults.append(f"clock needs a unit of {', '.join(sorted(_UNITS))}, and a whole limit unless it is due_date")
    return faults


def _target_faults(target: Mapping[str, Any]) -> list[str]:
    faults = [] if isinstance(target.get("from"), date) else ["target.from is not a date"]
    if ("at_least" in target) == ("at_most" in target):
        faults.append("a target has at_least or at_most")
    if not _is_percent(target.get("at_least", target.get("at_most"))):
        faults.append("a target is a whole number from 0 to 100")
    if target.get("basis") not in _BASES or not _in_both(target.get("source", {})):
        faults.append("a target needs a basis and a source in both languages")
    return faults


def _is_percent(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _WHOLE


def _in_both(text: Any) -> bool:
    return (
        isinstance(text, Mapping)
        and set(text) == set(LANGUAGES)
        and all(isinstance(each, str) and each for each in text.values())
    )
