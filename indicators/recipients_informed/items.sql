-- One row per person or body that had to be told: whether they were. The due date has not passed on the day of the
-- snapshot if it is that day.
select
    share_id as item_id,
    area_code,
    coalesce(due_on, received_on) as counted_on,
    shared_on is not null as is_met,
    case
        when is_too_recent then 'too_recent'
        else null
    end as apart_as,
    recipient,
    purpose as sharing_purpose
from marts.information
where required = 'Y'
