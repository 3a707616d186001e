"""The workbook of rows in quarantine: for whoever owns the data, to put right and send back.

Knows how it is written, and how rows that come back take the place of those they were. Every other row of the load
stays as it was received; a row whose cells were all cleared is left out. Cells that a spreadsheet would take for a
formula have a mark before them, which reading takes off again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import polars as pl
import xlsxwriter

from assurance import words
from assurance.words import Language
from pipelines import extract_format
from pipelines.judge import Finding, owners
from pipelines.read import CORRECTIONS, RULES_BROKEN

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
_WIDTH: Final = 18
_WIDE: Final = 60


def write(
    path: Path, load: str, received: Mapping[str, pl.DataFrame], findings: Sequence[Finding], lang: Language
) -> None:
    """Writes the rows that ``findings`` put in quarantine, as received, each after its number and what is wrong."""
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet(CORRECTIONS)
        sheet.set_column(0, 0, _WIDE * 2, wrap)
        sheet.write_row(0, 0, [words.say(lang, "load.put_right"), load])
        _rules(book.add_worksheet(RULES_BROKEN), findings, lang, bold, wrap)
        wrong = _wrong(findings, lang)
        for name in extract_format.tables():
            if name in received and any(table == name for table, _ in wrong):
                _table(book.add_worksheet(name), name, received[name], wrong, lang, bold, wrap)


def _rules(sheet: Any, findings: Sequence[Finding], lang: Language, bold: Any, wrap: Any) -> None:
    columns = ("table", "rule", "fate", "where", "fix", "owner")
    sheet.write_row(0, 0, [words.say(lang, f"pages.{each}") for each in columns], bold)
    sheet.set_column(0, len(columns), _WIDTH * 2, wrap)
    for at, finding in enumerate(findings, start=1):
        where = ", ".join(finding.places or [str(row) for row in finding.rows])
        fate = words.say(lang, f"pages.fate_{finding.rule.on_failure}")
        cells = [finding.rule.suite, finding.rule.says[lang], fate, where, finding.rule.fix[lang]]
        cells.append(owners()[finding.rule.owner][lang])
        for column, cell in enumerate(cells):
            sheet.write_string(at, column, cell[:32767])


def _wrong(findings: Sequence[Finding], lang: Language) -> dict[tuple[str, int], str]:
    """By table and row, the sentences of the rules that put it in quarantine, with what to do."""
    found: dict[tuple[str, int], list[str]] = {}
    for finding in findings:
        if finding.rule.on_failure == "quarantine":
            for row in finding.rows:
                found.setdefault((finding.rule.suite, row), []).append(
                    words.say(lang, "load.broken", says=finding.rule.says[lang], fix=finding.rule.fix[lang])
                )
    return {place: " ".join(dict.fromkeys(said)) for place, said in found.items()}


def _table(
    sheet: Any,
    name: str,
    received: pl.DataFrame,
    wrong: Mapping[tuple[str, int], str],
    lang: Language,
    bold: Any,
    wrap: Any,
) -> None:
    columns = list(extract_format.tables()[name].columns)
    sheet.write_row(0, 0, [words.say(lang, "load.row_sent"), words.say(lang, "load.what_is_wrong"), *columns], bold)
    sheet.freeze_panes(1, 2)
    sheet.set_column(1, 1, _WIDE, wrap)
    sheet.set_column(2, 1 + len(columns), _WIDTH)
    held = received.filter(pl.col("source_row").is_in([row for table, row in wrong if table == name]))
    for at, row in enumerate(held.select("source_row", *columns).iter_rows(), start=1):
        sheet.write_number(at, 0, row[0])
        sheet.write_string(at, 1, wrong[name, row[0]])
        for column, cell in enumerate(row[1:], start=2):
            if cell is not None:
                sheet.write_string(at, column, f"'{cell}" if cell.startswith(_FORMULA) else cell)


def merged(
    before: Mapping[str, pl.DataFrame], back: Mapping[str, pl.DataFrame], returned: Mapping[str, Sequence[int]]
) -> dict[str, pl.DataFrame]:
    """The rows of a load as received, those that came ``back`` in place of those ``returned``."""
    tables = dict(before)
    for name, rows in back.items():
        kept = before[name].filter(~pl.col("source_row").is_in(returned.get(name, ())))
        tables[name] = pl.concat([kept, rows.select(kept.columns)]).sort("source_row")
    return tables
