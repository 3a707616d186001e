-- One row per area, service that sent an extract, and rule that failed: on how many rows, and the rule in words.
select
    area,
    service,
    "table",
    rule,
    on_failure,
    n,
    says_en,
    says_cy,
    fix_en,
    fix_cy
from restricted.findings
