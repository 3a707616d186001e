"""The format of an extract is declared once, in both languages, and everything made from it is current."""

import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from pipelines import dictionary, extract_format, template
from pipelines.extract_format import REFERENCE, Column

DESIGNED = Path(__file__).parent / "extract_headers.md"
HEADER = re.compile(r"(?P<name>[a-z][a-z0-9_]*)(?P<marks>[;?]*)(?: \{(?P<codes>[^}]*)\})?")
FILES = ("extract.toml", "codes.toml", "areas.toml")

TABLES = extract_format.tables()
COLUMNS = [(table.name, column) for table in TABLES.values() for column in table.columns.values()]


def designed_tables() -> dict[str, list[tuple[str, str, str | None]]]:
    """Each designed table with its headers: name, marks, and the codes that stand in braces."""
    rows = re.findall(r"^\| (\w+)(?: \([^)]*\))? \| (.*) \|$", DESIGNED.read_text(encoding="utf-8"), flags=re.M)
    return {
        table: [
            (found["name"], found["marks"], found["codes"])
            for found in HEADER.finditer(re.sub(r" \([^)]*\)", "", cell).replace("; ,", ";,"))
        ]
        for table, cell in rows[1:]
    }


def designed_lists() -> Iterator[tuple[str, str | None, list[str]]]:
    """Each designed list below the table: a column, the table if it is said, the codes."""
    for names, codes in re.findall(r"^- ([^:{]*) \{([^}]*)\}$", DESIGNED.read_text(encoding="utf-8"), flags=re.M):
        groups = {"roles", "agencies"}  # of columns, which stand in brackets after them
        words = [word for word in re.findall(r"\w+", names) if word not in groups]
        table = next((word for word in words if word in TABLES), None)
        for column in set(words) - {table}:
            yield column, table, codes.split(", ")


def words(tree: Any, path: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Every table of a TOML file that has a label in either language."""
    if isinstance(tree, dict):
        if "en" in tree or "cy" in tree:
            yield path, tree
        for key, value in tree.items():
            yield from words(value, f"{path}.{key}")


def declared_words() -> list[tuple[str, dict[str, str]]]:
    return [each for name in FILES for each in words(tomllib.loads((REFERENCE / name).read_text("utf-8")), name)]


def codes_of(column: Column) -> list[str]:
    assert column.list, column.name
    return list(extract_format.codes()[column.list])


def test_the_declaration_has_the_designed_headers_in_their_order() -> None:
    declared = {
        table.name: [(c.name, c.type == "codes", c.optional) for c in table.columns.values()]
        for table in TABLES.values()
    }
    designed = {
        table: [(name, ";" in marks, "?" in marks) for name, marks, _ in headers]
        for table, headers in designed_tables().items()
    }
    assert list(declared) == list(designed)
    assert declared == designed
    assert sum(map(len, designed.values())) > 140  # the copy was read, not passed over


def test_a_list_designed_beside_its_header_has_those_codes_in_that_order() -> None:
    listed = [
        (TABLES[table].columns[name], codes.split(", "))
        for table, headers in designed_tables().items()
        for name, _, codes in headers
        if codes
    ]
    assert len(listed) == 11
    for column, codes in listed:
        assert codes_of(column) == codes, column.name


def test_a_list_designed_below_the_table_has_those_codes_in_that_order() -> None:
    designed = list(designed_lists())
    assert len(designed) == 27
    for name, table, codes in designed:
        columns = [c for where, c in COLUMNS if c.name == name and table in (None, where)]
        assert columns, name
        for column in columns:
            assert codes_of(column) == codes, column.name


def test_the_codes_of_a_decision_go_by_its_type() -> None:
    column = TABLES["decisions"].columns["decision_value"]
    types = codes_of(TABLES["decisions"].columns["decision_type"])
    codes = {kind: list(extract_format.codes()[name]) for kind, name in column.lists.items()}
    assert column.list_by == "decision_type"
    assert list(codes) == types
    assert codes["THRESHOLD"] == ["MET", "NOT_MET"]
    assert codes["SAFEGUARD"] == codes["REVIEW"] == ["SUSPENDED", "ALTERNATIVE", "NONE", "LEFT", "NOT_RECORDED"]
    assert codes["OUTCOME"] == codes_of(TABLES["cases"].columns["outcome_code"])
    assert codes["DISCIPLINARY"] == codes_of(TABLES["cases"].columns["disciplinary_result"])
    assert codes["REFERRAL"] == ["DBS", "REGULATOR", "BOTH", "NONE"]


def test_every_list_used_exists_and_every_list_is_used() -> None:
    assert {name for _, column in COLUMNS for name in column.lists_used} == set(extract_format.codes())


def test_a_column_has_a_list_if_and_only_if_it_holds_codes() -> None:
    for table, column in COLUMNS:
        assert bool(column.lists_used) == (column.type in {"code", "codes"}), f"{table}.{column.name}"
        assert not (column.list and column.lists), f"{table}.{column.name}"


def test_a_table_stands_after_those_it_refers_to_and_repeats_their_key() -> None:
    order = list(TABLES)
    for table, column in COLUMNS:
        if column.refers_to:
            assert order.index(column.refers_to) < order.index(table)
            assert TABLES[column.refers_to].key == (column.name,)


def test_a_key_is_made_of_the_first_columns_and_never_empty() -> None:
    for table in TABLES.values():
        assert table.key == tuple(table.columns)[: len(table.key)]
        assert not any(table.columns[name].optional for name in table.key)


def test_everything_has_its_words_in_both_languages() -> None:
    found = declared_words()
    assert len(found) > 500
    for path, labels in found:
        for language in ("en", "cy"):
            assert labels.get(language, "").strip(), f"{path} has no {language}"
            assert labels[language] == labels[language].strip(), path
    labelled = {path for path, _ in found}
    assert {f"extract.toml.{table}.says" for table in TABLES} <= labelled
    assert {f"extract.toml.{table}.columns.{column.name}" for table, column in COLUMNS} <= labelled
    assert {f"codes.toml.{name}.{code}" for name, codes in extract_format.codes().items() for code in codes} <= labelled
    assert {f"areas.toml.areas.{code}" for code in extract_format.areas()} <= labelled


def test_a_list_never_gives_two_codes_the_same_label() -> None:
    for name, codes in extract_format.codes().items():
        for language in ("en", "cy"):
            labels = [label[language] for label in codes.values()]
            assert len(set(labels)) == len(labels), f"{name} in {language}"


def test_suspension_is_never_called_gwahardd_which_also_means_barring_and_exclusion() -> None:
    for path, labels in declared_words():
        assert "gwahar" not in labels["cy"].replace("Datgelu a Gwahardd", "").lower(), path
    for path, labels in declared_words():
        if "suspen" in labels["en"].lower():
            assert re.search(r"\b[Aa]t(al|hal|alwyd)\b.* dros dro|hatal dros dro", labels["cy"]), path


def test_the_welsh_authorities_are_the_22_without_07_and_17() -> None:
    real = [code for code in extract_format.areas() if code.startswith("W06")]
    assert real == [f"W060000{number:02}" for number in range(1, 25) if number not in (7, 17)]


def test_only_invented_areas_stand_under_invented_codes() -> None:
    areas = extract_format.areas()
    assert {code for code, area in areas.items() if area.invented} == {c for c in areas if c.startswith("X06")}
    sample = {"X06000001", *(f"X06000{number}" for number in range(101, 115))}
    assert {code for code, area in areas.items() if area.region == "SAMPLE"} == sample
    assert {code for code, area in areas.items() if area.region is None} == {"X06000009"}
    real = {name for code, area in areas.items() if not area.invented for name in area.labels.values()}
    assert not real & {name for area in areas.values() if area.invented for name in area.labels.values()}


def test_every_region_has_an_area_and_every_area_a_region_that_is_declared() -> None:
    assert {area.region for area in extract_format.areas().values() if area.region} == set(extract_format.regions())
    assert [code for code, region in extract_format.regions().items() if region.invented] == ["SAMPLE"]


@pytest.mark.parametrize(
    ("table", "header", "staged"),
    [
        ("cases", "received_date", "received_on"),
        ("cases", "received_time", "received_time"),
        ("extract", "period_end", "period_end"),
        ("training", "in_date", "in_date"),
    ],
)
def test_a_date_is_renamed_when_staged_and_nothing_else_is(table: str, header: str, staged: str) -> None:
    assert TABLES[table].columns[header].staged_name == staged


def test_reading_the_format_needs_none_of_the_large_libraries() -> None:
    heavy = {"polars", "pandas", "great_expectations", "streamlit", "duckdb", "pyarrow", "babel"}
    asks = "import sys; from pipelines import extract_format as f; f.tables(); f.codes(); print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", asks], cwd=REFERENCE.parents[1], capture_output=True, text=True, check=True
    ).stdout.split()
    assert "pipelines.extract_format" in loaded
    assert not heavy & set(loaded)


def test_the_template_in_the_repository_is_what_the_declaration_makes() -> None:
    """Compared unpacked: another build of zlib packs the same sheets into other bytes."""
    assert unpacked(template.TEMPLATE.read_bytes()) == unpacked(template.template()), "run python -m pipelines.template"


def test_the_template_comes_out_the_same_each_time() -> None:
    assert template.template() == template.template()


def test_the_template_opens_with_exactly_the_declared_headers_and_no_rows() -> None:
    book = CalamineWorkbook.from_path(template.TEMPLATE)
    assert book.sheet_names == ["read_me", *TABLES, "codes", "columns"]
    for table in TABLES.values():
        assert book.get_sheet_by_name(table.name).to_python() == [list(table.columns)]


def test_the_template_offers_each_single_code_column_the_codes_of_its_list() -> None:
    book = CalamineWorkbook.from_path(template.TEMPLATE)
    rows = book.get_sheet_by_name("codes").to_python()
    parts = unpacked(template.TEMPLATE.read_bytes())
    named = dict(re.findall(r'<definedName name="(\w+)">([^<]*)<', parts["xl/workbook.xml"].decode()))

    def offered(source: str) -> list[Any]:
        first, last = map(int, re.findall(r"\d+", source))
        return [row[1] for row in rows[first - 1 : last]]

    for sheet, table in enumerate(TABLES.values(), start=2):  # after read_me
        xml = parts[f"xl/worksheets/sheet{sheet}.xml"].decode()
        lists = re.findall(r'type="list"[^>]*><formula1>([^<]*)<', xml)
        columns = [column for column in table.columns.values() if column.type in {"code", "area"}]
        assert len(lists) == len(columns)
        for column, source in zip(columns, lists, strict=True):
            if column.type == "area":
                assert offered(source) == [c for c, area in extract_format.areas().items() if not area.invented]
            elif column.list:
                assert offered(source) == codes_of(column)
            else:
                assert source == 'INDIRECT("decision_value_"&amp;$C2)'
                for code, name in column.lists.items():
                    assert offered(named[f"decision_value_{code}"]) == list(extract_format.codes()[name])


def test_the_data_dictionary_in_the_repository_is_what_the_declaration_makes() -> None:
    made = dictionary.dictionary()
    assert dictionary.DICTIONARY.read_text(encoding="utf-8") == made, "run python -m pipelines.dictionary"


def test_the_data_dictionary_has_a_line_for_every_column_code_and_area() -> None:
    lines = dictionary.dictionary().splitlines()
    codes = sum(map(len, extract_format.codes().values()))
    places = len(extract_format.areas()) + len(extract_format.regions())
    assert sum(line.startswith("| `") for line in lines) == len(COLUMNS) + codes + places


def unpacked(workbook: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(workbook)) as parts:
        return {name: parts.read(name) for name in parts.namelist()}
