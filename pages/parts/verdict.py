"""What the checks said of an extract, for the analyst who sent it: counts by table, rules with rows and what to do."""

from __future__ import annotations

from typing import Any, Final

from assurance import words
from assurance.words import Language, say
from pages.parts import html

_ROWS_SHOWN: Final = 20
_ASKED: Final = "file_columns"


def show(result: dict[str, Any], lang: Language) -> None:
    """Draws the ``--json`` of ``check`` or ``load``: the verdict, and all that it rests on."""
    outcome(result, lang)
    details(result, lang)


def outcome(result: dict[str, Any], lang: Language) -> None:
    """What became of the extract, in a sentence."""
    counts = {what: words.number(lang, result[what]) for what in ("read", "accepted", "quarantined")}
    if result["verdict"] == "accepted":
        html.show(html.notice(say(lang, "pages.checked_accepted", **counts)))
        if result["ids"]:
            html.show(html.notice(result["ids"], kind="warning"))
        html.show(html.note(result["k"]["says"]) if result["k"] else "")
    else:
        text = " ".join([say(lang, "pages.checked_refused"), result["refused_because"] or ""])
        html.show(html.notice(text, kind="warning"))


def details(result: dict[str, Any], lang: Language) -> None:
    """The rules that found something, the rows by table, and how the file was read. While questions are open no row
    has been judged, and a column that is asked about is not a broken rule as well."""
    is_open = any(each["answer"] is None for each in result["questions"])
    rules = [each for each in result["rules"] if not is_open or each["table"] != _ASKED]
    if rules or not is_open:
        html.show(_rules(rules, lang))
    html.show("" if is_open else _tables(result["tables"], lang), _as_read(result, lang))


def kept(result: dict[str, Any] | None, lang: Language) -> None:
    """Draws the ``--json`` of ``load`` once it was asked to keep what had been checked."""
    if result is None:
        html.show(html.notice(say(lang, "pages.worker_stopped"), kind="warning"))
    elif result["verdict"] != "accepted":
        show(result, lang)
    else:
        flags = [flag for flag in ("already_held", "is_superseded") if result[flag]]
        html.show(html.notice(say(lang, f"pages.{(flags or ['kept'])[0]}", load=result["load"][:12])))


def _as_read(result: dict[str, Any], lang: Language) -> str:
    """What stood otherwise than the format has it, folded under how much that was."""
    told = [*result["repaired"], *[each["says"] for what in ("readings", "set_aside") for each in result[what]]]
    if not told:
        return ""
    answer = say(lang, "pages.as_read_answer", n=words.number(lang, len(told)))
    return html.folded(say(lang, "pages.as_read_title"), answer, html.listed(told))


def _rules(rules: list[dict[str, Any]], lang: Language) -> str:
    if not rules:
        return html.paragraph(say(lang, "pages.no_rules"))
    return html.table(
        say(lang, "pages.rules_caption"),
        [say(lang, f"pages.{column}") for column in ("table", "rule", "where", "fate", "fix")],
        [[each["table"], each["says"], _where(each, lang), _fate(each, lang), _fix(each, lang)] for each in rules],
        numeric=(),
    )


def _fate(rule: dict[str, Any], lang: Language) -> str:
    return say(lang, f"pages.fate_{rule['on_failure']}")


def _fix(rule: dict[str, Any], lang: Language) -> str:
    """What to do, who can do it, and why it has not been done, where somebody said so."""
    told = [rule["fix"], say(lang, "load.owner", owner=rule["owner"])]
    return " ".join([*told, *([say(lang, "pages.justified", **rule["justified"])] if rule["justified"] else [])])


def _where(rule: dict[str, Any], lang: Language) -> str:
    """Rows as the source file numbers them, or the places of columns and tables."""
    places = rule["places"] or [str(number) for number in rule["row_numbers"]]
    text = ", ".join(places[:_ROWS_SHOWN])
    more = len(places) - _ROWS_SHOWN
    return say(lang, "pages.rows_more", rows=text, more=words.number(lang, more)) if more > 0 else text


def _tables(tables: dict[str, dict[str, int]], lang: Language) -> str:
    columns = ("read", "accepted", "quarantined")
    return html.table(
        say(lang, "pages.tables_caption"),
        [say(lang, "pages.table"), *[say(lang, f"pages.{column}") for column in columns]],
        [[name, *[words.number(lang, counts[column]) for column in columns]] for name, counts in tables.items()],
    )
