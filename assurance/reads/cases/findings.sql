-- One row per table and rule that a row of one case broke: what became of how many rows.
select
    "table",
    rule,
    on_failure,
    n
from cases.findings
where
    area = $area
    and case_id = $case
order by
    "table",
    rule
