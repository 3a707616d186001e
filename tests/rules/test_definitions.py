"""A definition that is not whole is not read, and all its faults are told at once."""

from __future__ import annotations

from datetime import date

import pytest

from assurance.indicator import DefinitionFaulty, parse, parse_sections
from pipelines.build import INDICATORS, definitions

K3 = (INDICATORS / "strategy_discussion_in_time" / "definition.toml").read_text()


def test_every_definition_is_whole_and_has_an_id_of_its_own() -> None:
    ids = [each.id for each in definitions().values()]
    assert len(set(ids)) == len(ids) >= 30


def test_every_definition_has_its_section_and_what_sections_name_exists() -> None:
    named = parse_sections((INDICATORS / "sections.toml").read_text())
    assert {each.section for each in definitions().values()} == set(named.order)
    assert {*named.at_a_glance, *named.in_full, *named.compared} <= set(definitions())
    assert all(definitions()[slug].is_share for slug in named.compared)
    assert len(named.at_a_glance) <= 10
    assert all(definitions()[slug].in_few_words for slug in named.at_a_glance)


def test_all_faults_are_told_at_once() -> None:
    broken = K3.replace('kind = "within_clock"', 'kind = "within_clock"\ncolour = "red"')
    broken = (
        broken.replace('better = "higher"\n', "").replace("limit = 1\n", "").replace('basis = "local"', 'basis = "x"')
    )
    broken = broken.replace('[title]\nen = "Strategy discussion in time"', '[title]\nen = ""')
    with pytest.raises(DefinitionFaulty) as told:
        parse("k3", broken)
    for fault in ("better is missing", "colour is not known", "title lacks", "clock needs", "a target needs a basis"):
        assert fault in str(told.value)


def test_text_that_is_no_toml_is_told_apart() -> None:
    with pytest.raises(DefinitionFaulty):
        parse("k3", "id = ")


def test_the_target_of_a_day_is_the_last_that_had_begun() -> None:
    target = '[[targets]]\nfrom = {}\nat_least = {}\nbasis = "local"\nsource = {{ en = "x", cy = "y" }}\n'
    definition = parse("k3", K3 + target.format("2020-01-01", 80) + target.format("2025-04-01", 90))
    found = [definition.target_on(date(year, 6, 1)) for year in (1999, 2010, 2021, 2026)]
    assert [each and each.percent for each in found] == [None, 100, 80, 90]


def test_a_definition_names_services_and_evidence_that_there_are_and_an_older_one_names_none() -> None:
    declared = parse("k3", K3)
    assert (declared.needs_services, declared.assured_by) == (("POLICE",), ("file_audits",))
    older = "\n".join(line for line in K3.splitlines() if not line.startswith(("needs_services", "assured_by")))
    assert (parse("k3", older).needs_services, parse("k3", older).assured_by) == ((), ())
    with pytest.raises(DefinitionFaulty) as told:
        parse("k3", K3.replace('["POLICE"]', '["POLICE", "LEAD"]').replace('"file_audits"', '"hearsay"'))
    for fault in ("needs_services names LEAD", "assured_by names hearsay"):
        assert fault in str(told.value)


def test_whoever_gives_advice_or_decides_is_needed_by_what_counts_it() -> None:
    for slug, definition in definitions().items():
        if "decisions" in definition.needs_tables:
            # a child at immediate risk is the lead service's own record, and must not fall silent with another service
            assert ("HR" in definition.needs_services) == (slug != "live_risk"), slug
        if "advice" in definition.needs_tables and slug not in (
            "police_advice_followed",
            "social_services_advice_followed",
        ):
            assert {"POLICE", "SS"} <= set(definition.needs_services), slug
