"""How an entry gets into the register: somebody adds it, a second agrees, and it can be withdrawn, never edited.

Knows what an entry must hold, and names all that is wrong with one at once. Refuses an entry on a day to come, text
that looks like a way to find a person, and the same person twice. Until there is sign-in, who somebody is is what
they say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from assurance import identifiers
from assurance.entries import EVERYWHERE, NEEDS_A_SECOND, ON_DATA, ON_LIMITS, REGISTERS, Correction, Entry, told
from assurance.errors import Reason, Refused, refused
from assurance.indicator import Both, Definition
from assurance.words import LANGUAGES
from pipelines import extract_format, judge
from pipelines.store import Store

LONGEST: Final = 400
"""Letters of a text: a reader in a meeting reads a sentence or two."""
LONGEST_ROLE: Final = 80
LONGEST_CORRECTION: Final = timedelta(days=366)
"""After a year somebody looks again, whatever was agreed."""


@dataclass(frozen=True)
class Proposal:
    """What somebody wants to have in a register; ``by`` is a role, not a name. ``rule``: of a justification;
    ``correction``: of a correction."""

    register: str
    on: date
    area: str
    indicator: str
    says: Both
    evidence: Both
    by: str
    rule: str = ""
    correction: Correction | None = None


def add(store: Store, proposal: Proposal, known: Known) -> Entry:
    """Adds an entry, as proposed where a second person has to agree. Raises Refused with every reason why not."""
    slug = known.slug(proposal.indicator)
    reasons = [*_about(proposal, slug, known), *_texts(proposal), *_role(proposal.by)]
    if reasons:
        raise Refused(*reasons)
    return _append(
        store,
        {
            "action": "add",
            "register": proposal.register,
            "on": proposal.on.isoformat(),
            "area": proposal.area,
            "indicator": slug or "",
            "says": _stripped(proposal.says),
            "evidence": _stripped(proposal.evidence),
            "by": proposal.by.strip(),
            **_on_data(proposal),
        },
    )


def _on_data(proposal: Proposal) -> dict[str, Any]:
    if proposal.register == "justifications":
        return {"rule": proposal.rule}
    if proposal.correction is None:
        return {}
    return {"correction": {**asdict(proposal.correction), "until": proposal.correction.until.isoformat()}}


def agree(store: Store, number: int, by: str) -> Entry:
    """A second person agrees to an entry. Raises Refused where it is not proposed, or its own author agrees."""
    entry = _entry(store, number)
    if entry.state != "proposed":
        raise refused("register.not_proposed", number=number)
    if reasons := _role(by):
        raise Refused(*reasons)
    if _same(by, entry.added_by):
        raise refused("register.same_person", number=number)
    return _append(store, {"action": "agree", "entry": number, "by": by.strip()})


def withdraw(store: Store, number: int, by: str, why: Both) -> Entry:
    """Takes an entry back; it stays in the register with the reason. Raises Refused where it has been already."""
    entry = _entry(store, number)
    if entry.state == "withdrawn":
        raise refused("register.withdrawn_already", number=number)
    if reasons := [*_text("why", why), *_role(by)]:
        raise Refused(*reasons)
    return _append(store, {"action": "withdraw", "entry": number, "by": by.strip(), "why": _stripped(why)})


@dataclass(frozen=True)
class Known:
    """What an entry may name: the definitions by slug, and the codes of areas."""

    definitions: Mapping[str, Definition]
    areas: frozenset[str]

    def slug(self, name: str) -> str | None:
        """A measure by its folder's name or its id; None where there is none of that name."""
        by_id = {each.id: slug for slug, each in self.definitions.items()}
        return name if name in self.definitions else by_id.get(name)


def _entry(store: Store, number: int) -> Entry:
    entry = next((each for each in told(store.register.lines()) if each.number == number), None)
    if entry is None:
        raise refused("register.no_such_entry", number=number)
    return entry


def _append(store: Store, line: Mapping[str, Any]) -> Entry:
    added = store.register.append({**line, "at": _today().isoformat()})
    return _entry(store, added.get("entry", added["number"]))


def _today() -> date:
    return datetime.now(UTC).date()


def _about(proposal: Proposal, slug: str | None, known: Known) -> list[Reason]:
    """What is wrong with register, day, area and measure."""
    if proposal.register not in REGISTERS:
        return [Reason("register.unknown", {"known": ", ".join(REGISTERS)})]
    reasons = []
    if proposal.on > _today():
        reasons.append(Reason("register.day_to_come"))
    if proposal.area != EVERYWHERE and proposal.area not in known.areas:
        reasons.append(Reason("register.no_such_area"))
    if slug is None and (proposal.indicator or proposal.register in ON_LIMITS):
        reasons.append(Reason("register.no_such_measure"))
    if proposal.register in ON_DATA:
        reasons += _data(proposal)
    if proposal.register in ON_LIMITS:
        if proposal.area == EVERYWHERE:
            reasons.append(Reason("register.one_area"))
        if slug is not None and known.definitions[slug].verdict != "xmr":
            reasons.append(Reason("register.no_limits"))
        if proposal.on.day != 1:
            reasons.append(Reason("register.first_of_month"))
    return reasons


def _data(proposal: Proposal) -> list[Reason]:
    """What is wrong with a justification or a correction."""
    reasons = [Reason("register.one_area")] if proposal.area == EVERYWHERE else []
    if proposal.register == "justifications":
        rule = judge.rules().get(proposal.rule)
        return reasons if rule and rule.on_failure == "warn" else [*reasons, Reason("register.no_such_warning")]
    found = proposal.correction
    if found is None:
        return [*reasons, Reason("register.no_such_cell")]
    if not _today() <= found.until <= _today() + LONGEST_CORRECTION:
        reasons.append(Reason("register.until"))
    return (
        reasons
        if extract_format.is_cell(found.table, found.row, found.column, found.value)
        else [
            *reasons,
            Reason("register.no_such_cell"),
        ]
    )


def _texts(proposal: Proposal) -> list[Reason]:
    reasons = _text("says", proposal.says)
    needs_evidence = proposal.register in NEEDS_A_SECOND or any(proposal.evidence.get(lang) for lang in LANGUAGES)
    return [*reasons, *(_text("evidence", proposal.evidence) if needs_evidence else [])]


def _text(name: str, text: Both) -> list[Reason]:
    """What is wrong with a text: it stands in both languages, is short, and names nobody."""
    given = [text.get(lang, "").strip() for lang in LANGUAGES]
    reasons = []
    if not all(given):
        reasons.append(Reason(f"register.{name}_missing"))
    if any(len(each) > LONGEST for each in given):
        reasons.append(Reason("register.too_long", {"longest": LONGEST}))
    kinds = {kind for each in given for kind in identifiers.found(each)}
    return [*reasons, *[Reason(f"register.identifier_{kind}") for kind in sorted(kinds)]]


def _role(by: str) -> list[Reason]:
    if not by.strip() or len(by.strip()) > LONGEST_ROLE:
        return [Reason("register.who_missing", {"longest": LONGEST_ROLE})]
    return [Reason(f"register.identifier_{kind}") for kind in identifiers.found(by)]


def _same(one: str, other: str) -> bool:
    return "".join(one.split()).casefold() == "".join(other.split()).casefold()


def _stripped(text: Both) -> dict[str, str]:
    return {lang: text.get(lang, "").strip() for lang in LANGUAGES}
