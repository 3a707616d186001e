-- One row per case in which a person was suspended: whether it is on record why no alternative would do.
select
    case_id as item_id,
    area_code,
    suspended_on as counted_on,
    case
        when alternatives_rejected_reason_recorded = 'N' or alternatives_considered = 'NONE' then false
        when alternatives_considered is not null and alternatives_rejected_reason_recorded = 'Y' then true
        else null
    end as is_met,
    role_group
from marts.suspensions
where is_first
