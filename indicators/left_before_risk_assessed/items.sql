-- One row per case in which the person left, and not by dismissal, before risk was on record as assessed.
select
    case_id as item_id,
    area_code,
    exit_on as occurred_on
from marts.exits
where
    exit_type in ('RESIGNED', 'REDUNDANCY', 'RETIRED', 'SETTLEMENT', 'CONTRACT_END')
    and risk_assessed_first = 'N'
