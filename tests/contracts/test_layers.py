"""Data moves one way, modules know only what they may, and pages hold no SQL, no threshold and no sentence.

How the checks of pages define their words:
a sentence is a text that has a letter and either a space or a capital at its start, and is no docstring;
a threshold is a number other than 0 and 1, wherever it stands but in square brackets (a place in a list is none);
top-level work is anything but the docstring, imports, definitions and constants, whose values call nothing but Path.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from assurance.warehouse import QueryFailed, tables_read
from tests.conftest import ROOT

STAGING = sorted(path for path in (ROOT / "pipelines" / "staging").glob("*.sql") if path.stem != "functions")
MARTS = sorted((ROOT / "pipelines" / "marts").glob("*.sql"))
MEASURES = sorted((ROOT / "pipelines" / "measures").glob("*.sql"))
ITEMS = sorted((ROOT / "indicators").glob("*/items.sql"))
READS = sorted((ROOT / "assurance" / "reads").glob("*.sql"))
READS_OF_CASES = sorted((ROOT / "assurance" / "reads" / "cases").glob("*.sql"))
MODULES = sorted(path for folder in ("board", "service") for path in (ROOT / "pages" / folder).glob("*.py"))
PARTS = sorted((ROOT / "pages" / "parts").glob("*.py"))

SQL = re.compile(r"\b(select\b.+\bfrom|insert\s+into|create\s+table|delete\s+from|with\s+\w+\s+as\s*\()", re.I | re.S)
LONGEST_PAGE = 80


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def layers_read(path: Path) -> set[str]:
    """The schemas a file reads, and the tables it reads that stand in none. Raises if it is not one SELECT."""
    return {table.partition(".")[0] for table in tables_read(path.read_text())}


def one_select(path: Path) -> set[str]:
    try:
        return layers_read(path)
    except QueryFailed as fault:
        pytest.fail(f"{name(path)}: {fault}")


# SQL


def test_there_is_sql_to_look_at() -> None:
    assert STAGING and MARTS and MEASURES and ITEMS and READS and READS_OF_CASES


@pytest.mark.parametrize("path", STAGING, ids=name)
def test_staging_reads_what_arrived_and_reference_data(path: Path) -> None:
    assert one_select(path) <= {"raw", "reference"}


@pytest.mark.parametrize("path", MARTS, ids=name)
def test_a_mart_reads_accepted_rows_marts_and_reference_data(path: Path) -> None:
    assert one_select(path) <= {"accepted", "marts", "reference"}


@pytest.mark.parametrize("path", ITEMS, ids=name)
def test_an_indicator_reads_marts_only(path: Path) -> None:
    assert one_select(path) == {"marts"}


@pytest.mark.parametrize("path", MEASURES, ids=name)
def test_a_measure_reads_items_settings_marts_and_reference_data(path: Path) -> None:
    layers = {"placed_items"} if path.stem == "counts" else {"items", "settings", "marts", "reference"}
    assert one_select(path) <= layers


@pytest.mark.parametrize("path", READS, ids=name)
def test_the_app_reads_counts_and_not_rows(path: Path) -> None:
    assert one_select(path) == {"restricted"}


@pytest.mark.parametrize("path", READS_OF_CASES, ids=name)
def test_what_reads_rows_stands_apart_from_what_reads_counts(path: Path) -> None:
    assert one_select(path) == {"cases"}


@pytest.mark.parametrize("path", [*STAGING, *MARTS, *ITEMS, *MEASURES, *READS, *READS_OF_CASES], ids=name)
def test_each_file_begins_with_what_one_row_is(path: Path) -> None:
    assert re.match(r"-- One row(:| per )", path.read_text())


@pytest.mark.parametrize("path", [*STAGING, *MARTS, *ITEMS, *MEASURES], ids=name)
def test_what_builds_a_release_takes_no_parameters(path: Path) -> None:
    assert "$" not in re.sub(r"--.*", "", path.read_text())


@pytest.mark.parametrize("path", [*MARTS, *ITEMS, *MEASURES], ids=name)
def test_nothing_past_staging_selects_every_column(path: Path) -> None:
    assert not re.search(r"select\s+(distinct\s+)?(\w+\.)?\*", re.sub(r"--.*", "", path.read_text()))


def test_only_staging_defines_functions() -> None:
    folders = ("assurance", "indicators", "pipelines")
    files = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.sql"))]
    defining = [name(path) for path in files if re.search(r"^\s*create\b", path.read_text(), re.I | re.M)]
    assert defining == ["pipelines/staging/functions.sql"]


# Modules


def test_modules_import_only_what_their_layer_may() -> None:
    command = Path(sys.executable).parent / "lint-imports"
    ran = subprocess.run([command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "0 broken" in ran.stdout


# Pages


def test_no_file_stands_directly_in_pages() -> None:
    assert [path.name for path in (ROOT / "pages").glob("*.py")] == []


def test_there_are_pages_to_look_at() -> None:
    assert len(MODULES) > 2 and PARTS


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_page_is_short(path: Path) -> None:
    assert len(path.read_text().splitlines()) < LONGEST_PAGE


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_page_does_nothing_until_it_is_asked(path: Path) -> None:
    assert list(top_level_work(ast.parse(path.read_text()))) == []


@pytest.mark.parametrize("path", [path for path in MODULES if path.stem != "__init__"], ids=name)
def test_a_page_has_one_function_that_draws_it(path: Path) -> None:
    tree = ast.parse(path.read_text())
    assert [each.name for each in tree.body if isinstance(each, ast.FunctionDef) and each.name[0] != "_"] == ["page"]


@pytest.mark.parametrize("path", [ROOT / "app.py", *MODULES, *PARTS], ids=name)
def test_pages_hold_no_sql(path: Path) -> None:
    assert [text for text in texts(ast.parse(path.read_text())) if SQL.search(text)] == []


@pytest.mark.parametrize("path", [ROOT / "app.py", *MODULES], ids=name)
def test_pages_hold_no_sentence(path: Path) -> None:
    assert [text for text in texts(ast.parse(path.read_text())) if is_sentence(text)] == []


@pytest.mark.parametrize("path", [ROOT / "app.py", *MODULES], ids=name)
def test_pages_hold_no_threshold(path: Path) -> None:
    assert list(thresholds(ast.parse(path.read_text()))) == []


def top_level_work(tree: ast.Module) -> Iterator[str]:
    """The statements of a module that do something when it is imported."""
    for at, statement in enumerate(tree.body):
        match statement:
            case ast.Import() | ast.ImportFrom() | ast.FunctionDef() | ast.ClassDef():
                continue
            case ast.Expr(value=ast.Constant(value=str())) if at == 0:
                continue
            case ast.Assign(value=value) | ast.AnnAssign(value=ast.expr() as value):
                calls = [ast.unparse(node.func) for node in ast.walk(value) if isinstance(node, ast.Call)]
                if set(calls) <= {"Path"}:
                    continue
        yield ast.unparse(statement)


def texts(tree: ast.Module) -> Iterator[str]:
    """Every text in a module but docstrings; of an f-string, the whole with its values left out."""
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)}
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "0" for part in node.values)
            yield from (
                str(each.value)
                for part in node.values
                if isinstance(part, ast.FormattedValue)
                for each in ast.walk(part.value)
                if isinstance(each, ast.Constant) and isinstance(each.value, str)
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside | docstrings:
            yield node.value


def is_sentence(text: str) -> bool:
    return bool(re.search(r"[^\W\d_]", text)) and (" " in text.strip() or text.strip()[:1].isupper())


def thresholds(tree: ast.Module) -> Iterator[float]:
    places = {id(part) for node in ast.walk(tree) if isinstance(node, ast.Subscript) for part in ast.walk(node.slice)}
    for node in ast.walk(tree):
        is_number = isinstance(node, ast.Constant) and type(node.value) in (int, float)
        if is_number and id(node) not in places and node.value not in (0, 1):
            yield node.value


# The checks of pages can fail


def test_a_page_that_breaks_each_rule_is_found() -> None:
    page = ast.parse(
        '"""A docstring is no sentence."""\n'
        "import streamlit as st\n"
        'ROOT = Path("a")\n'
        'KEY: str = "pages.rule"\n'
        "st.write(1)\n"
        'SHOWN = st.text_input("a")\n'
        "def page() -> None:\n"
        '    """Nor is this one."""\n'
        '    st.write("Late")\n'
        "    st.write(f\"late {'in most' if n > 10 else ''} cases\")\n"
        '    run("select a\\nfrom b")\n'
        "    st.write(rows[12:])\n"
    )
    assert list(top_level_work(page)) == ["st.write(1)", "SHOWN = st.text_input('a')"]
    assert [text for text in texts(page) if is_sentence(text)] == [
        "Late", "late 0 cases", "in most", "select a\nfrom b"
    ]  # fmt: skip
    assert [text for text in texts(page) if SQL.search(text)] == ["select a\nfrom b"]
    assert list(thresholds(page)) == [10]
