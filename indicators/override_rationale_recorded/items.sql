-- One row per case in which less was done than the police or social services advised: whether every time the risk
-- assessment, the alternatives considered and a senior signature are on record.
select
    case_id as item_id,
    area_code,
    min(checked_on) as counted_on,
    min(has_rationale) = 1 as is_met,
    role_group
from marts.overrides
group by
    area_code,
    case_id,
    role_group
