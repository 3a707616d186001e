"""Sheets as people made them into the tables of the format: where the header is, what each column is, what is no row.

Knows titles above a table, headers of two rows, totals and notes below, tables side by side in one sheet, and what a
header means. Refuses to guess: a header that is not known becomes a question; nothing is dropped unseen, for what is no
row is set aside with its reason.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cached_property
from hashlib import sha256
from typing import Final, Literal

import polars as pl

from pipelines import aliases, cells, extract_format
from pipelines.cells import How, Question
from pipelines.extract_format import Column, Table

DROP: Final = "drop"
"""The answer that leaves a column out."""
_TITLES_AT_MOST: Final = 25
"""Rows above a header; a cover page longer than that is a sheet of its own."""
_FEW: Final = 2
_CLOSE: Final = 0.75
"""How alike a header must be to a known one to be proposed."""
_TOTAL: Final = "(?i)total|cyfans|gyfans"
_LONGEST_TOTAL: Final = 24
_MANY: Final = 60
"""Unknown columns for which no proposal is made."""
_ENDS_AT_A: Final = 3
"""Columns at the left in which a total says that it is one."""

Why = Literal["title", "total", "note", "header_again", "repeat"]


@dataclass(frozen=True)
class Sheet:
    """One sheet or file as found. ``cells``: text columns in order, a row per row of the source, blanks null.
    ``widths``: how many cells each row was given, null where the source pads them. ``was_repaired``: its letters had
    been garbled and were put right. ``numbers``: of rows put right, the number each was first sent with; ``starts_at``:
    how many columns of the source stand before the first. ``counts_from_1904``: its serial dates do."""

    name: str
    cells: pl.DataFrame
    encoding: str
    widths: pl.Series | None = None
    was_repaired: bool = False
    numbers: dict[int, int] | None = None
    starts_at: int = 0
    counts_from_1904: bool = False

    @cached_property
    def top(self) -> list[tuple[str | None, ...]]:
        """The rows among which a header is looked for, and the one below them."""
        return self.cells.head(_TITLES_AT_MOST + 1).rows()

    @cached_property
    def plain_top(self) -> list[tuple[str | None, ...]]:
        """The same as they are compared with aliases."""
        return [tuple(aliases.plain(cell) or None if cell else None for cell in row) for row in self.top]


@dataclass(frozen=True)
class SetAside:
    """Rows of a source that are no rows of a table. ``claims``: what a total of rows says, where it says one."""

    table: str
    why: Why
    rows: tuple[int, ...]
    claims: int | None = None


@dataclass(frozen=True)
class Reading:
    """Cells of a column that were not written as the format writes them, and how they were read."""

    table: str
    column: str
    how: How
    rows: int


@dataclass(frozen=True)
class Heading:
    """One column of a sheet: where it stands, its header if it has one, and the column of ``table`` that it is."""

    at: int
    text: str | None
    table: str
    column: str | None
    is_dropped: bool = False


@dataclass(frozen=True)
class Found:
    """A table found in a sheet: its cells as received, with ``source_row`` and ``is_ragged``, under declared names."""

    table: str
    received: pl.DataFrame
    headings: tuple[Heading, ...]
    set_aside: tuple[SetAside, ...] = ()
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True)
class Tidied:
    """A table as the format writes it. ``read``: the same rows as received, each cell read."""

    read: pl.DataFrame
    readings: tuple[Reading, ...] = ()
    questions: tuple[Question, ...] = field(default=())


def table_of(sheet: Sheet) -> str | None:
    """The table that a sheet holds: by its name, or by its headers where its name says nothing."""
    words = aliases.plain(sheet.name).split()
    known = aliases.sheets()
    named = [
        (last - first, known[name])
        for first in range(len(words))
        for last in range(first + 1, len(words) + 1)
        if (name := " ".join(words[first:last])) in known
    ]
    candidates = {table for length, table in named if length == max(each for each, _ in named)}
    if len(candidates) == 1:
        return candidates.pop()
    scores = {name: _score(sheet, name) for name in candidates or extract_format.tables()}
    best = max(scores, key=lambda name: scores[name])
    needed = [column for column in extract_format.tables()[best].columns.values() if not column.optional]
    is_clear = sum(score == scores[best] for score in scores.values()) == 1
    return best if is_clear and scores[best] >= max(_FEW, len(needed) / 2) else None


def _score(sheet: Sheet, table: str) -> int:
    """How many columns of a table the likeliest header row names."""
    return max((len(_named(sheet, rows, table)) for rows in _candidates(sheet)), default=0)


def _candidates(sheet: Sheet) -> list[tuple[int, ...]]:
    """The rows that could be a header: each of the first, and each pair of them."""
    filled = [at for at, row in enumerate(sheet.top) if any(row)]
    return [(at,) for at in filled] + [(at, at + 1) for at in filled if at + 1 in filled]


def _texts(top: Sequence[Sequence[str | None]], rows: Sequence[int]) -> list[list[str]]:
    """For each column the headers that it may have, the likeliest first: of a pair of rows the lower alone, both
    together, and the upper alone, which reaches over the blanks beside it."""
    if len(rows) == 1:
        return [[text] if text else [] for text in top[rows[0]]]
    found, over = [], None
    for above, below in zip(*(top[row] for row in rows), strict=True):
        over = above or over
        texts = [below, f"{over} {below}" if over and below else None, above]
        found.append([text for text in texts if text])
    return found


def _named(sheet: Sheet, rows: Sequence[int], table: str) -> dict[int, str]:
    """The column of a table that each place of a header names."""
    known = aliases.headers(table)
    texts = enumerate(_texts(sheet.plain_top, rows))
    found = ((at, next((known[text] for text in several if text in known), None)) for at, several in texts)
    return {at: column for at, column in found if column is not None}


def _header_rows(sheet: Sheet, table: str) -> tuple[int, ...]:
    """The rows of the header: those that name most columns, one row rather than two, the first rather than a later."""
    named = {rows: len(set(_named(sheet, rows, table).values())) for rows in _candidates(sheet)}
    best = max(named, key=lambda rows: (named[rows], -len(rows), -rows[0]), default=())
    return best if named.get(best, 0) >= _FEW else next(iter(named), ())


def headers_of(sheet: Sheet, table: str | None) -> list[list[str]]:
    """For each column of a sheet the texts that may be its header; of a sheet that is no table, those of the first row
    that has any."""
    rows = _header_rows(sheet, table) if table else next(iter(_candidates(sheet)), ())
    return _texts(sheet.top, rows) if rows else []


def find(sheet: Sheet, table: str, answers: Mapping[str, str]) -> list[Found]:
    """The table in a sheet, and any other that stands beside it in the same rows."""
    sheet = _upright(sheet) if table == "extract" else sheet
    header = _header_rows(sheet, table)
    if not header:
        return [Found(table, _frame(sheet, table, {}, [], width=0), ())]
    texts = _texts(sheet.top, header)
    body = sheet.cells.with_row_index("source_row", offset=1).filter(pl.col("source_row") > header[-1] + 1)
    beside = _beside(sheet, header, table)
    headings, questions = _headings(sheet, header, table, beside, body, answers)
    titles = tuple(at + 1 for at in range(header[0]) if any(sheet.top[at]))
    columns = {heading.column: heading.at for heading in headings if heading.column and heading.table == table}
    body, aside = _without_extras(
        body, table, columns, [texts[at][0] if texts[at] else None for at in range(len(texts))]
    )
    if titles:
        aside.insert(0, SetAside(table, "title", titles))
    width = 1 + max((heading.at for heading in headings), default=-1)
    return _apart(sheet, table, body, headings, beside, width, aside, questions)


def _apart(
    sheet: Sheet,
    table: str,
    body: pl.DataFrame,
    headings: Sequence[Heading],
    beside: Sequence[str],
    width: int,
    aside: list[SetAside],
    questions: Sequence[Question],
) -> list[Found]:
    """The table and those beside it, each with its own rows: where a case stands once for each of its meetings, it is
    one case, and its repeats are set aside."""
    rows = body["source_row"].to_list()
    columns = {heading.column: heading.at for heading in headings if heading.column and heading.table == table}
    found = []
    for name in (table, *beside):
        own = {heading.column: heading.at for heading in headings if heading.column and heading.table == name}
        if name != table:  # its reference to a case is the case's own
            own |= {column: at for column, at in columns.items() if _is_reference(name, column) and column not in own}
        frame = _frame(sheet, name, own, rows, width=width)
        if name == table and beside:
            kept = frame.unique(subset=list(own), keep="first", maintain_order=True)
            repeats = sorted(set(rows) - set(kept["source_row"].to_list()))
            aside = [*aside, SetAside(table, "repeat", tuple(repeats))] if repeats else aside
            frame = kept
        if name != table:
            filled = [column for column in own if not _is_reference(name, column)]
            frame = frame.filter(pl.any_horizontal(pl.col(column).is_not_null() for column in filled))
        is_first = name == table
        found.append(
            Found(
                name,
                frame,
                tuple(headings) if is_first else (),
                tuple(aside) if is_first else (),
                tuple(questions) if is_first else (),
            )
        )
    return found


def _is_reference(table: str, column: str) -> bool:
    declared = extract_format.tables()[table].columns.get(column)
    return declared is not None and declared.refers_to is not None


def _beside(sheet: Sheet, header: Sequence[int], table: str) -> list[str]:
    """The tables whose rows stand in the same sheet: those that refer to ``table`` and whose own key has a header."""
    own = _named(sheet, header, table)
    found = []
    for name, other in extract_format.tables().items():
        refers = any(column.refers_to == table for column in other.columns.values())
        keys = {column for column in other.key if not _is_reference(name, column)}
        named = {column for at, column in _named(sheet, header, name).items() if at not in own}
        if refers and len(other.key) == 1 and keys <= named:
            found.append(name)
    return found


def _headings(
    sheet: Sheet,
    header: Sequence[int],
    table: str,
    beside: Sequence[str],
    body: pl.DataFrame,
    answers: Mapping[str, str],
) -> tuple[list[Heading], list[Question]]:
    """What each column is; one that is not known and has cells becomes a question, unless it was answered."""
    named = {at: (table, column) for at, column in _named(sheet, header, table).items()}
    for other in beside:
        named |= {at: (other, column) for at, column in _named(sheet, header, other).items() if at not in named}
    taken = {column for owner, column in named.values() if owner == table}
    headings: list[Heading] = []
    asked: list[tuple[Heading, str | None]] = []
    columns = _texts(sheet.top, header)
    last = max((at for at, several in enumerate(columns) if several), default=-1)
    for at, several in enumerate(columns):
        owner, column = named.get(at, (table, None))
        text = several[0] if several else None
        answer = None if column else _answered(table, at, text, answers)
        if column is None and text is None and _is_no_column(body, at, last):
            continue
        column = column or (answer if answer in extract_format.tables()[table].columns else None)
        headings.append(Heading(at, text, owner, column, is_dropped=answer == DROP))
        if at not in named:
            asked.append((headings[-1], answer))
    taken |= {heading.column for heading in headings if heading.table == table and heading.column}
    free = [column for name, column in extract_format.tables()[table].columns.items() if name not in taken]
    proposing = free if len(asked) <= _MANY else []  # a case system's whole export: nobody reads hundreds of proposals
    return headings, [_ask(heading, free, proposing, body[str(heading.at)], answer) for heading, answer in asked]


def _is_no_column(body: pl.DataFrame, at: int, last: int) -> bool:
    """Whether what has no header is none: blank, as spreadsheets have between others, or beyond the last header a cell
    too many in some rows."""
    filled = body.height - body[str(at)].null_count()
    return not filled or (at > last and filled * 2 <= body.height)


def header_id(table: str, at: int, text: str | None) -> str:
    """The name of the question what a header means. Of the header only a hash is in it: it may be somebody's name."""
    mark = sha256(f"{table}\n{aliases.plain(text)}".encode()).hexdigest()[:12] if text else ""
    return f"{table}!{letters(at)}" + (f"#{mark}" if mark else "")


def _answered(table: str, at: int, text: str | None, answers: Mapping[str, str]) -> str | None:
    """The answer for a column: by its header wherever it stands, or by its place alone."""
    _, _, mark = header_id(table, at, text).partition("#")
    kept = {question.partition("#")[2]: answer for question, answer in answers.items() if "#" in question}
    return (kept.get(mark) if mark else None) or answers.get(f"{table}!{letters(at)}")


def _ask(
    heading: Heading, free: Sequence[Column], proposing: Sequence[Column], found: pl.Series, answer: str | None
) -> Question:
    names = {each.name for each in proposing}
    known = {alias: name for alias, name in aliases.headers(heading.table).items() if name in names}
    close = get_close_matches(aliases.plain(heading.text or ""), list(known), n=1, cutoff=_CLOSE)
    return Question(
        id=header_id(heading.table, heading.at, heading.text),
        kind="header",
        table=heading.table,
        column="",
        place=f"{heading.table}!{letters(heading.at)}",
        options=(DROP, *dict.fromkeys([*([heading.column] if heading.column else []), *(each.name for each in free)])),
        proposal=known[close[0]] if close else _by_content(heading.table, proposing, found),
        rows=found.len() - found.null_count(),
        answer=answer if heading.is_dropped or heading.column else None,
    )


def _by_content(table: str, free: Sequence[Column], found: pl.Series) -> str | None:
    """The one code column that takes every word of a column whose header says nothing."""
    counts = Counter(found.drop_nulls().to_list())
    fits = [
        column.name
        for column in free
        if column.list
        and counts
        and all(code in extract_format.codes()[column.list] for code in _codes(table, column, counts))
    ]
    return fits[0] if len(fits) == 1 else None


def _codes(table: str, column: Column, counts: Mapping[str, int]) -> list[str]:
    read, _ = cells.codes_of(table, column, str(column.list), counts, {})
    return [code for text, _ in read.values() for code in (text or "").split(";")]


def _upright(sheet: Sheet) -> Sheet:
    """A sheet of names at the left and values beside them, as a table of one row."""
    known = aliases.headers("extract")
    rows = [row for row in sheet.top if any(row)]
    named = [row for row in rows if row[0] and aliases.plain(row[0]) in known]
    across = _score(sheet, "extract")
    if len(named) <= across or sheet.cells.width < _FEW:
        return sheet
    turned = {str(at): [row[0], next((cell for cell in row[1:] if cell), None)] for at, row in enumerate(named)}
    return replace(sheet, cells=pl.DataFrame(turned, schema=dict.fromkeys(turned, pl.String)), widths=None)


def _without_extras(
    body: pl.DataFrame, table: str, columns: Mapping[str, int], header: Sequence[str | None]
) -> tuple[pl.DataFrame, list[SetAside]]:
    """The rows of a table without blank ones, totals, notes below it, and its header where a page break repeats it."""
    places = [name for name in body.columns if name != "source_row"]
    body = body.filter(pl.any_horizontal(pl.col(places).is_not_null()))
    key = next((str(columns[name]) for name in extract_format.tables()[table].key if name in columns), places[0])
    total = _totals(body, places[:_ENDS_AT_A], key)
    notes = _notes(body.filter(~pl.col("source_row").is_in(total)), places)
    again = _again(body, places, header)
    claims = [_claims(row) for row in body.filter(pl.col("source_row").is_in(total)).select(places).iter_rows()]
    aside = [SetAside(table, "total", (row,), claim) for row, claim in zip(total, claims, strict=True)]
    aside += [SetAside(table, "note", tuple(notes))] if notes else []
    aside += [SetAside(table, "header_again", tuple(again))] if again else []
    return body.filter(~pl.col("source_row").is_in([*total, *notes, *again])), aside


def _totals(body: pl.DataFrame, left: Sequence[str], key: str) -> list[int]:
    """Rows that begin with a word for a total, and have no key beside it."""
    likely = body.filter(pl.any_horizontal(pl.col(left).str.contains(_TOTAL)))
    first = likely.select("source_row", key=pl.col(key), said=pl.coalesce(left))
    return [row for row, own, said in first.iter_rows() if own in (None, said) and _is_total(said)]


def _is_total(said: str) -> bool:
    bare = aliases.lean(re.sub(r"[\d,.:=()]+", " ", said))
    return len(said) <= _LONGEST_TOTAL and bare in aliases.words("total")


def _notes(body: pl.DataFrame, places: Sequence[str]) -> list[int]:
    """The last rows that hold a sentence and nothing else."""
    filled = pl.sum_horizontal(pl.col(places).is_not_null().cast(pl.Int32))
    last = body.tail(_TITLES_AT_MOST).select("source_row", filled=filled, said=pl.coalesce(places))
    rows: list[int] = []
    for row, cells_filled, said in reversed(last.rows()):
        if cells_filled != 1 or " " not in said:
            break
        rows.insert(0, row)
    return rows


def _claims(row: Sequence[str | None]) -> int | None:
    """The number of rows that a total gives: of several numbers none can be told to be it."""
    numbers = [int(each) for cell in row if cell for each in re.findall(r"\d+", cell.replace(",", ""))]
    return numbers[0] if len(numbers) == 1 else None


def _again(body: pl.DataFrame, places: Sequence[str], header: Sequence[str | None]) -> list[int]:
    same = [
        pl.col(place).eq_missing(pl.lit(text, pl.String)) for place, text in zip(places, header, strict=False) if text
    ]
    return body.filter(pl.all_horizontal(same))["source_row"].to_list() if len(same) >= _FEW else []


def _frame(sheet: Sheet, table: str, columns: Mapping[str, int], rows: Sequence[int], *, width: int) -> pl.DataFrame:
    """The declared columns of a sheet in declared order; a column that is not there is null throughout."""
    body = sheet.cells.with_row_index("source_row", offset=1).with_columns(pl.col("source_row").cast(pl.Int64))
    beyond = [name for name in sheet.cells.columns if int(name) >= width]
    is_ragged = pl.any_horizontal(pl.col(beyond).is_not_null()) if beyond else pl.lit(value=False)
    if sheet.widths is not None:
        body = body.with_columns(_width=sheet.widths)
        is_ragged = is_ragged | (pl.col("_width") < width)
    return body.filter(pl.col("source_row").is_in(rows)).select(
        "source_row",
        *[
            (pl.col(str(columns[name])) if name in columns else pl.lit(None, pl.String)).alias(name)
            for name in extract_format.tables()[table].columns
        ],
        is_ragged=is_ragged,
    )


def letters(index: int) -> str:
    """A column as a spreadsheet names it: 0 is A, 26 is AA."""
    found = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


# Cells


def tidy(table: str, received: pl.DataFrame, answers: Mapping[str, str]) -> Tidied:
    """Every cell of a table as the format writes it, and what was done for that."""
    declared = extract_format.tables()[table]
    readings: Counter[tuple[str, How]] = Counter()
    questions: list[Question] = []
    read = received
    for column in declared.columns.values():
        for mask, counts, name in _groups(read, received, column):
            found, asked = (
                cells.read(table, column, counts, answers)
                if name is None
                else cells.codes_of(table, column, name, counts, answers)
            )
            questions += asked
            changed = {cell: text for cell, (text, how) in found.items() if how is not None}
            for cell, (_, how) in found.items():
                if how is not None:
                    readings[column.name, how] += counts[cell]
            if changed:
                replaced = pl.col(column.name).replace(changed)
                read = read.with_columns(
                    replaced if mask is None else pl.when(mask).then(replaced).otherwise(pl.col(column.name))
                )
    read = _times(declared, received, read)
    return Tidied(
        read, tuple(Reading(table, column, how, rows) for (column, how), rows in readings.items()), tuple(questions)
    )


def _groups(
    read: pl.DataFrame, received: pl.DataFrame, column: Column
) -> list[tuple[pl.Expr | None, dict[str, int], str | None]]:
    """The distinct cells of a column and how many rows have each; by the code that decides, where its list depends."""
    if column.list_by is None:
        return [(None, _counts(received[column.name]), None)]
    groups: list[tuple[pl.Expr | None, dict[str, int], str | None]] = []
    for code, name in column.lists.items():
        mask = pl.col(column.list_by).eq_missing(pl.lit(code))
        groups.append((mask, _counts(read.filter(mask)[column.name]), name))
    return groups


def _counts(values: pl.Series) -> dict[str, int]:
    return dict(values.drop_nulls().value_counts().iter_rows())


def _times(declared: Table, received: pl.DataFrame, read: pl.DataFrame) -> pl.DataFrame:
    """The times of day that stand with dates, where the table has a column for them that is blank throughout and most
    dates have one."""
    for name in declared.columns:
        of = name.removesuffix("_time") + "_date"
        if not name.endswith("_time") or of not in declared.columns or received[name].null_count() < received.height:
            continue
        clocks = {cell: clock for cell in received[of].drop_nulls().unique() if (clock := cells.clock_of(cell))}
        has_one = received[of].is_in(list(clocks)).sum()
        if received.height and has_one * 2 > received.height:
            read = read.with_columns(
                received[of].replace_strict(clocks, default=None, return_dtype=pl.String).alias(name)
            )
    return read
