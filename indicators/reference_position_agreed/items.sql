-- One row per case in which the person left and a reference may be asked for: whether it is agreed what it will say.
select
    case_id as item_id,
    area_code,
    exit_on as counted_on,
    case
        when reference_agreed = 'Y' then true
        when reference_agreed = 'N' then false
        else null
    end as is_met,
    exit_type
from marts.exits
where
    exit_type <> 'DIED'
    and coalesce(reference_agreed, 'U') <> 'NA'
