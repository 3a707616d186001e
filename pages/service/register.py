"""What was decided and noted beside the figures, and who stands behind it: add, agree as a second person, withdraw."""

from __future__ import annotations

from assurance import entries
from assurance.release import Area
from assurance.words import Language, say
from pages.parts import choices, html, opened, registering


def page() -> None:
    lang = choices.current().lang
    html.show(html.paragraph(say(lang, "register.intro")), html.note(say(lang, "register.local")))
    registering.told()
    held = opened.entries()
    html.show(registering.table(held, lang) if held else html.empty(say(lang, "register.none")))
    _add(lang)
    _correct(lang)
    if any(each.state == "proposed" for each in held):
        _second(lang, "agree")
    if any(each.state != "withdrawn" for each in held):
        _second(lang, "withdraw")


def _add(lang: Language) -> None:
    shown = choices.current_release()
    areas: dict[str, Area | None] = {entries.EVERYWHERE: None, **{each.code: each for each in shown.areas}}
    with registering.form("add", lang) as form:
        register = form.choice("register", {each: say(lang, f"register.kind_{each}") for each in entries.ON_FIGURES})
        area = form.choice(
            "area",
            {code: each.names[lang] if each else say(lang, "register.every_area") for code, each in areas.items()},
        )
        measures = {slug: f"{each.id}: {each.title[lang]}" for slug, each in shown.definitions.items()}
        measure = form.choice("measure", {"": say(lang, "register.every_measure"), **measures})
        on, says, evidence, by = form.line("on"), form.both("says"), form.both("evidence"), form.line("by")
        asked = form.submit()
    if asked:
        texts = [part for key, text in (("says", says), ("evidence", evidence)) for part in form.arguments(key, text)]
        form.do("add", register, "--on", on, "--area", area, "--indicator", measure, *texts, "--by", by)


def _correct(lang: Language) -> None:
    """A cell that is wrong in what a service sends, until its owner has put it right."""
    areas = {each.code: each.names[lang] for each in choices.current_release().areas if len(each.members) == 1}
    with registering.form("correct", lang) as form:
        html.show(html.paragraph(say(lang, "register.correct_intro")))
        area = form.choice("area", areas)
        cell = {name: form.line(name) for name in ("table", "row", "column", "value", "until")}
        says, evidence, by = form.both("says"), form.both("evidence"), form.line("by")
        asked = form.submit()
    if asked:
        texts = [part for key, text in (("says", says), ("evidence", evidence)) for part in form.arguments(key, text)]
        about = [part for name, text in cell.items() if text for part in (f"--{name}", text)]
        form.do("add", "corrections", "--on", registering.today(), "--area", area, *about, *texts, "--by", by)


def _second(lang: Language, what: str) -> None:
    """A number and who they are; for a withdrawal its reason, too."""
    with registering.form(what, lang) as form:
        number = form.line("number")
        why = form.both("why") if what == "withdraw" else {}
        by = form.line("by")
        asked = form.submit()
    if asked:
        form.do(what, number, *form.arguments("why", why), "--by", by)
