"""The printed indicators are what their folders say, in both languages, every example with every cell it gives."""

from __future__ import annotations

import re

import pytest

from assurance.words import LANGUAGES, Language
from pipelines import catalogue, examples, extract_format

NOT_TABLES = {*LANGUAGES, "snapshot", "states", "days", "categories"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_indicators_in_the_repository_are_what_their_folders_make(lang: Language) -> None:
    assert catalogue.FILES[lang].read_text("utf-8") == catalogue.page(lang), "run python -m pipelines.catalogue"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_indicator_stands_there_once_with_all_its_examples(lang: Language) -> None:
    page = catalogue.page(lang)
    parts = re.split(r"^### ", page, flags=re.MULTILINE)[1:]
    assert len(parts) == len(catalogue.defined()) > 30
    for definition in catalogue.defined().values():
        (part,) = (each for each in parts if each.startswith(f"{definition.id} {definition.title[lang]}\n"))
        told = [each[lang] for each in examples.of(definition.slug)]
        assert re.findall(r"^\*\*\w+ \d+\.\*\* (.*)$", part, re.MULTILINE) == told


@pytest.mark.parametrize("slug", catalogue.defined())
def test_no_table_row_or_cell_of_an_example_is_left_out(slug: str) -> None:
    for example in examples.of(slug):
        lines = list(examples.lines(catalogue.defined()[slug], example, catalogue.breakdowns(), "en"))
        rows = [line for line in lines if line.startswith("| ") and not line.startswith("| ---")]
        given = {name: example[name] for name in example if name not in NOT_TABLES and example[name]}
        assert set(given) <= set(extract_format.tables())
        assert len(rows) == sum(1 + len(each) for each in given.values())
        filled = sum(bool(cell.strip()) for row in rows for cell in row.strip("|").split(" | "))
        cells = sum(value != "" for each in given.values() for row in each for value in row.values())
        headers = sum(len({column for row in each for column in row}) for each in given.values())
        assert filled == cells + headers


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_link_of_the_contents_leads_somewhere(lang: Language) -> None:
    page = catalogue.page(lang)
    linked = re.findall(r"\]\(#([^)]+)\)", page)
    assert linked == re.findall(r'<a id="([^"]+)">', page)
    assert len(linked) == len(set(linked))
