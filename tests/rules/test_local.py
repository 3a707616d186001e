"""What a council sets for itself takes the place of what no national source fixes, and of nothing else."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assurance import local
from assurance.indicator import DefinitionFaulty, parse
from pipelines import build

SLUG = "strategy_meeting_in_time"
K4 = (build.INDICATORS / SLUG / "definition.toml").read_text()
SOURCE = 'source = { en = "Agreed.", cy = "Cytunwyd." }'
OWN = """
[K4]
limit = 5
owner = { en = "Head of safeguarding", cy = "Pennaeth diogelu" }
[[K4.targets]]
from = 2026-04-01
at_least = 90
source = { en = "Agreed in March.", cy = "Cytunwyd ym mis Mawrth." }
"""


def test_a_limit_a_target_and_an_owner_are_set_and_the_words_say_so() -> None:
    plain, own = parse(SLUG, K4), parse(SLUG, K4, local.read(OWN))
    assert (plain.clock.limit, own.clock.limit) == (7, 5)
    assert "7 working days" in plain.question["en"] and "5 working days" in own.question["en"]
    assert "o fewn 7 diwrnod gwaith" in plain.question["cy"] and "o fewn 5 diwrnod gwaith" in own.question["cy"]
    assert own.review["owner"]["cy"] == "Pennaeth diogelu"
    assert (plain.is_set_locally, own.is_set_locally) == (False, True)


def test_a_target_of_ones_own_stands_from_its_day_and_the_one_before_it_until_then() -> None:
    own = parse(SLUG, K4, local.read(OWN))
    found = [own.target_on(day) for day in (date(2026, 3, 31), date(2026, 4, 1))]
    assert [each and (each.percent, each.basis) for each in found] == [(100, "local"), (90, "local")]


@pytest.mark.parametrize(
    ("slug", "own", "fault"),
    [
        ("report_made_in_time", "[K1]\n[[K1.targets]]\nfrom = 2026-04-01\nat_least = 90\n", "guidance fixes one"),
        ("concluded_within_one_month", "[K8-1]\nlimit = 2\n", "the definition's own words say it"),
        ("advice_sought", "[K21]\nlimit = 2\n", "belongs to a clock"),
        (SLUG, "[K4]\nlimit = 1.5\ncolour = 'red'\n[[K4.targets]]\nfrom = 'x'\n", "colour is not known"),
        (SLUG, "[K4]\n[[K4.targets]]\nfrom = 2026-04-01\nat_least = 90\n", "a source in both languages"),
        (SLUG, f"[K4]\n[[K4.targets]]\nfrom = 2026-04-01\nat_least = '90'\n{SOURCE}", "a whole number from 0 to 100"),
        (SLUG, f"[K4]\n[[K4.targets]]\nfrom = 2026-04-01\nat_least = 900\n{SOURCE}", "a whole number from 0 to 100"),
        (SLUG, f"[K4]\n[[K4.targets]]\nfrom = 2026-04-01\nat_least = 9\nwhy = 'x'\n{SOURCE}", "and nothing else"),
        ("open_cases", f"[K9b]\n[[K9b.targets]]\nfrom = 2026-04-01\nat_most = 9\n{SOURCE}", "belongs to another kind"),
        (SLUG, "[K4]\nlimit = true\n", "a whole number"),
        (SLUG, "K4 = 5\n", "keys of its own"),
    ],
)
def test_what_cannot_be_set_is_told(slug: str, own: str, fault: str) -> None:
    with pytest.raises(DefinitionFaulty) as told:
        parse(slug, (build.INDICATORS / slug / "definition.toml").read_text(), local.read(own))
    assert fault in str(told.value)


def test_an_id_that_is_no_indicator_s_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "local.toml").write_text("[K999]\nlimit = 2\n")
    monkeypatch.setattr(build, "LOCAL", tmp_path / "local.toml")
    with pytest.raises(DefinitionFaulty, match="K999"):
        build.definitions()


def test_every_limit_that_no_national_source_fixes_can_be_set() -> None:
    fixed_by_their_title = {"K8-1", "K8-3", "K8-12"}  # benchmarks: another limit would be another measure
    for slug, each in build.definitions().items():
        is_national = any(target.basis in ("statute", "guidance") for target in each.targets)
        if each.clock is None or each.clock.limit is None or is_national or each.id in fixed_by_their_title:
            continue
        text = (build.INDICATORS / slug / "definition.toml").read_text()
        assert parse(slug, text, {each.id: {"limit": 30}}).clock.limit == 30, slug
