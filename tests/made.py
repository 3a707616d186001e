"""Figures as they come from counts, for tests that need no store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from assurance import figures, indicator
from assurance.figures import Figure
from assurance.indicator import Definition
from assurance.release import Area
from tests.conftest import ROOT

AREA = Area("X06001", {"en": "Northmoor", "cy": "Rhos y Gogledd"}, ("X06001",))
NOW, BEFORE = "2025-26", "2024-25"


def definition(slug: str) -> Definition:
    return indicator.parse(slug, (ROOT / "indicators" / slug / "definition.toml").read_text())


def figure(slug: str, states: Mapping[str, int], code: str = NOW, **values: Any) -> Figure:
    """A figure as it comes from counts; ``states`` not named are 0."""
    declared = values.pop("definition", None) or definition(slug)
    place = {"breakdown": "all", "category": "all", "unit": "percent", **values}
    days = {"period_from": date(2025, 4, 1), "period_to": date(2026, 3, 31)}
    counts = {state: states.get(state, 0) for state in declared.states}
    return Figure(declared, AREA.code, code, states=counts, **{**days, **place})


def duration(code: str = NOW, **days: Mapping[int, int]) -> Figure:
    """``duration(finished={3: 8}, running={20: 4})``: eight took three days, and four are open after twenty."""
    states = {state: sum(of.values()) for state, of in days.items()}
    made = figure("time_to_decision", states, code, n=states.get("finished", 0), N=sum(states.values()), days=days)
    found = figures.curve(made)
    return replace(made, value=found.reached(0.5) if found else None)
