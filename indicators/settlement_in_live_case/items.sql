-- One row per case in which the person left under a settlement agreement before an outcome was decided.
select
    case_id as item_id,
    area_code,
    exit_on as occurred_on
from marts.exits
where
    exit_type = 'SETTLEMENT'
    and is_before_outcome
