"""What differs between two publications: past figures, verdicts and, for who may see rows, case by case.

Knows the shape that ``difference --json`` prints. Refuses a pair of which one comes not before the other.
"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from assurance import by_case, release, since, words
from assurance.errors import refused
from assurance.figures import Figure
from assurance.judgement import Judgement
from assurance.release import Area, Audience, Release
from assurance.words import Language


def difference(store: Path, then: int, now: int, *, with_cases: bool) -> dict[str, Any]:
    """What differs from publication ``then`` to the later one ``now``.

    Raises Refused if either is not there, they stand in the wrong order, or rows are asked for that were not kept.
    """
    if then >= now:
        raise refused("since.wrong_order", then=then, now=now)
    audience: Audience = "cases" if with_cases else "restricted"
    before, after = (release.open(store, number, audience) for number in (then, now))
    found: dict[str, Any] = {
        "from": then,
        "to": now,
        "areas": [_area(after, before, area) for area in after.areas],
    }
    if with_cases:
        rows = by_case.of(before, after)
        found["cases"] = {
            "came": [{"area": area, "case": case} for area, case in rows.came],
            "vanished": [{"area": area, "case": case} for area, case in rows.vanished],
            "changes": [asdict(change) for change in rows.changes],
        }
    return found


def _area(now: Release, then: Release, area: Area) -> dict[str, Any]:
    found = since.of(now, then, area)
    return {
        "area": area.code,
        "restated": [
            {
                "indicator": each.now.definition.id,
                "period": each.now.period,
                "then": _counts(each.then),
                "now": _counts(each.now),
            }
            for each in found.restated
        ],
        "turned": [
            {"indicator": each.figure.definition.id, "then": _verdict(each.then), "now": _verdict(each.now)}
            for each in found.turned
        ],
        "redefined": [{"indicator": each.definition.id, "how": each.how} for each in found.redefined],
    }


def _counts(figure: Figure) -> dict[str, Any]:
    return {"n": figure.n, "N": figure.N, "states": dict(figure.states), "withheld": figure.withheld}


def _verdict(judged: Judgement) -> dict[str, Any]:
    return {"variation": judged.variation, "assurance": judged.assurance}


def lines(found: dict[str, Any], lang: Language) -> list[str]:
    """The same in a few sentences, counts only."""
    told = [
        words.say(
            lang,
            "since.in_short",
            area=each["area"],
            restated=words.number(lang, len(each["restated"])),
            turned=words.number(lang, len(each["turned"])),
        )
        for each in found["areas"]
    ]
    if "cases" in found:
        counts = {key: words.number(lang, len(of)) for key, of in found["cases"].items()}
        told.append(words.say(lang, "since.cases_in_short", **counts))
    return told
