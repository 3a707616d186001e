"""What a council sets for itself: limits, targets and owners that no national source fixes, by an indicator's id.

Knows ``settings/local.toml`` and how it changes a definition as declared; the limit stands in its words as ``{limit}``.
Refuses to change what statute or guidance fixes.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from assurance import words

Settings = Mapping[str, Mapping[str, Any]]
"""By an indicator's id, what is set for it."""

FILE: Final = "settings/local.toml"
LIMIT: Final = "{limit}"
"""What stands for "one working day", "7 working days" or "3 months" in a definition's words."""
_KEYS: Final = {"limit", "targets", "owner"}
_OF_A_TARGET: Final = {"from", "at_least", "at_most", "source"}
_IS_NATIONAL: Final = ("statute", "guidance")
_COUNTED_IN: Final = ("working_days", "months")


def read(text: str) -> Settings:
    """What the file sets, by id."""
    return tomllib.loads(text)


def faults(raw: Mapping[str, Any], own: Mapping[str, Any]) -> Iterator[str]:
    """What of a council's settings for one definition cannot be followed, each fault naming its key."""
    if not isinstance(own, Mapping):
        yield f"{FILE}: an indicator has keys of its own: {', '.join(sorted(_KEYS))}"
        return
    yield from (f"{FILE}: {key} is not known" for key in sorted(own.keys() - _KEYS))
    if "limit" in own:
        yield from _limit_faults(raw, own["limit"])
    fixed = [each["basis"] for each in raw.get("targets", ()) if each.get("basis") in _IS_NATIONAL]
    if own.get("targets") and fixed:
        yield f"{FILE}: targets cannot be set, since {fixed[0]} fixes one"
    for target in own.get("targets", ()):
        if target.keys() - _OF_A_TARGET:
            yield f"{FILE}: a target has {', '.join(sorted(_OF_A_TARGET))} and nothing else"
        if not isinstance(target.get("from"), date) or ("at_least" in target) == ("at_most" in target):
            yield f"{FILE}: a target has from, a date, and at_least or at_most"
        if not _in_both(target.get("source")):
            yield f"{FILE}: a target has a source in both languages: who agreed on it, and when"
    if "owner" in own and not _in_both(own["owner"]):
        yield f"{FILE}: owner lacks a language"


def _limit_faults(raw: Mapping[str, Any], limit: Any) -> Iterator[str]:
    if not isinstance(limit, int) or isinstance(limit, bool) or limit < 0:
        yield f"{FILE}: limit is not a whole number"
    if not isinstance(raw.get("clock", {}).get("limit"), int):
        yield f"{FILE}: limit belongs to a clock that has one"
    elif LIMIT not in str(raw):
        yield f"{FILE}: limit cannot be changed, since the definition's own words say it"


def applied(raw: Mapping[str, Any], own: Mapping[str, Any]) -> Mapping[str, Any]:
    """The definition with what is set for it: a target of the council's own stands from its day on."""
    changed = dict(raw)
    if "limit" in own:
        changed["clock"] = {**raw["clock"], "limit": own["limit"]}
    if "owner" in own:
        changed["review"] = {**raw["review"], "owner": own["owner"]}
    if own.get("targets"):
        begun = min(each["from"] for each in own["targets"])
        earlier = [each for each in raw.get("targets", ()) if each["from"] < begun]
        changed["targets"] = [*earlier, *({**each, "basis": "local"} for each in own["targets"])]
    return changed


def with_limit(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    """The definition with its limit in its words."""
    clock = raw.get("clock", {})
    if clock.get("unit") not in _COUNTED_IN:
        return raw
    said: dict[str, str] = {
        lang: words.say_count(lang, f"figures.limit_{clock['unit']}", clock["limit"]) for lang in words.LANGUAGES
    }
    return {key: _replaced(value, said) for key, value in raw.items()}


def _replaced(value: Any, said: Mapping[str, str]) -> Any:
    """Texts by language with the limit put in, however deep they stand."""
    if isinstance(value, list):
        return [_replaced(each, said) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        key: each.replace(LIMIT, said[key]) if key in said and isinstance(each, str) else _replaced(each, said)
        for key, each in value.items()
    }


def _in_both(text: Any) -> bool:
    return isinstance(text, Mapping) and all(str(text.get(lang, "")).strip() for lang in words.LANGUAGES)
