-- One row per person or body that had to be told: from the report of the case to the day they were, against the day by
-- which it was due.
select
    share_id as item_id,
    area_code,
    received_on as started_on,
    shared_on as stopped_on,
    due_on,
    coalesce(due_on, received_on) as counted_on,
    case
        when due_on is null then 'no_deadline'
        else null
    end as apart_as,
    recipient
from marts.information
where required = 'Y'
