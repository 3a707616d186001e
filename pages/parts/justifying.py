"""Why a warning stands: the form that says so; it is shown beside the warning until that no longer comes."""

from __future__ import annotations

from typing import Any

from assurance.words import Language, say
from pages.parts import html, registering


def form(result: dict[str, Any], lang: Language) -> None:
    """The form for the warnings of a ``check`` that nobody has justified yet; nothing where there are none."""
    open_warnings = {
        each["rule"]: say(lang, "register.warning", table=each["table"], says=each["says"])
        for each in result["rules"]
        if each["on_failure"] == "warn" and not each["justified"]
    }
    if not open_warnings or not result["area"]:
        return
    with registering.form("justify", lang) as asked:
        html.show(html.paragraph(say(lang, "register.justify_intro")))
        rule = asked.choice("rule", open_warnings)
        says, by = asked.both("says"), asked.line("by")
        sent = asked.submit()
    if sent:
        about = ("--on", registering.today(), "--area", result["area"], "--rule", rule)
        asked.do("add", "justifications", *about, *asked.arguments("says", says), "--by", by)
