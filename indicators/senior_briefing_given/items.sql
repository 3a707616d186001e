-- One row per time that the chief officer or the lead member had to be told: whether they were.
select
    share_id as item_id,
    area_code,
    coalesce(due_on, received_on) as counted_on,
    shared_on is not null as is_met,
    case
        when is_too_recent then 'too_recent'
        else null
    end as apart_as,
    recipient
from marts.information
where
    required = 'Y'
    and recipient in ('CHIEF_OFFICER', 'LEAD_MEMBER')
