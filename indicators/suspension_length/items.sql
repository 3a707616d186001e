-- One row per case in which a person was suspended: from the first decision to suspend to the end of the suspension.
select
    case_id as item_id,
    area_code,
    suspended_on as started_on,
    ended_on as stopped_on,
    case
        when is_end_impossible then 'not_measurable'
        else null
    end as apart_as,
    role_group
from marts.suspensions
where is_first
