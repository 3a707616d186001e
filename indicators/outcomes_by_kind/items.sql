-- One row per closed case that was due an outcome: which it had. Ongoing and not recorded are none.
select
    case_id as item_id,
    area_code,
    closed_on as counted_on,
    case
        when outcome_code in ('OPEN', 'UNK') then null
        else outcome_code
    end as outcome_code,
    role_group
from marts.cases
where
    status = 'CLOSED'
    and outcome_code <> 'NMT'
