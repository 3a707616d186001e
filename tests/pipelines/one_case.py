"""What the second computation gives of one case, written down as text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from tests.pipelines import second_computation
from tests.pipelines.made_extracts import TABLES

AREA = "X06000001"


def counts(
    slug: str,
    snapshot: str,
    bases: Sequence[Mapping[str, Any]] = (),
    *,
    case: Mapping[str, Any] | None = None,
    others: Sequence[Mapping[str, Any]] = (),
    **rows: Sequence[Mapping[str, Any]],
) -> dict[second_computation.Key, int]:
    """The whole counts of one case, its rows and ``others`` beside it: dates as text, columns not given blank."""
    tables = {name: [_Row(each) for each in rows.get(name, ())] for name in TABLES}
    tables["extract"] = [_Row({"snapshot_on": snapshot})]
    beside = [{"case_id": f"c_{n}", **other} for n, other in enumerate(others, 2)]
    tables["cases"] = [_Row({"threshold_met": "Y", **each}) for each in (case or {}, *beside)]
    return second_computation.counts(tables, frozenset(), bases, [slug])[slug]


def of(slug: str, snapshot: str, *bases: Any, **rows: Any) -> dict[tuple[str | None, str, int | None], int]:
    """The same as ``{(month, state, days): n}``, without the breakdowns."""
    return {
        (f"{month:%Y-%m}" if month else None, state, days): n
        for (_, month, breakdown, _, state, days), n in counts(slug, snapshot, *bases, **rows).items()
        if breakdown == "all"
    }


def answer(slug: str, snapshot: str = "2024-06-30", **rows: Any) -> list[str]:
    """The states alone, one for each item."""
    return sorted(state for (_, state, _), n in of(slug, snapshot, **rows).items() for _ in range(n))


class _Row(dict[str, Any]):
    def __init__(self, columns: Mapping[str, Any]) -> None:
        given = {k: date.fromisoformat(v) if k.endswith(("_on", "_end")) and v else v for k, v in columns.items()}
        super().__init__({"area_code": AREA, "case_id": "c_1", "decision_id": "d_1", "advice_id": "v_1"} | given)

    def __missing__(self, _: str) -> None:
        return None


def decided(on: str | None, value: str, **columns: Any) -> dict[str, Any]:
    return {"decision_type": "SAFEGUARD", "decision_on": on, "decision_value": value, **columns}


def advised(on: str, agency: str, value: str) -> dict[str, Any]:
    return {"advice_on": on, "agency": agency, "advice_value": value}
