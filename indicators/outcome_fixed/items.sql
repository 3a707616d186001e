-- One row per closed case that was due an outcome: whether it has one that the procedures know.
select
    case_id as item_id,
    area_code,
    closed_on as counted_on,
    outcome_code in ('SUB', 'UNS', 'UNF', 'FAL', 'MAL') as is_met,
    role_group
from marts.cases
where
    status = 'CLOSED'
    and outcome_code <> 'NMT'
