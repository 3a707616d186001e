"""Where SQL spells out a list of codes, it spells out all of it: one left out would drop from the counts unseen."""

from __future__ import annotations

import re
import tomllib

from tests.conftest import ROOT

CODES = tomllib.loads((ROOT / "data" / "reference" / "codes.toml").read_text("utf-8"))
BREAKDOWNS = tomllib.loads((ROOT / "data" / "reference" / "breakdowns.toml").read_text("utf-8"))


def test_the_reasons_and_roles_of_an_override_are_all_joined() -> None:
    sql = (ROOT / "indicators" / "override_reasons" / "items.sql").read_text("utf-8")
    reasons = re.findall(r"when reasons like '%;(\w+);%' then '\1'", sql)
    roles = re.findall(r"when signed_off_by = '(\w+)' then '\1'", sql)
    assert reasons == list(CODES["override_reason"])
    # marts/overrides.sql makes a role that is not known nobody's
    assert roles == [*(role for role in CODES["role"] if role != "UNK"), *BREAKDOWNS["signed_off_by"]["codes"]]
