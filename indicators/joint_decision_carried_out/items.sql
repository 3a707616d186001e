-- One row per strategy discussion or meeting that decided on joint work: whether it was done jointly.
select
    meeting_id as item_id,
    area_code,
    meeting_on as counted_on,
    case
        when joint_done = 'Y' then true
        when joint_done = 'N' then false
        else null
    end as is_met
from marts.meetings
where joint_decided = 'Y'
