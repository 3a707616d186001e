-- One row per action: from the day it was agreed to the day it was done, against the first due date it was given.
select
    action_id as item_id,
    area_code,
    agreed_on as started_on,
    done_on as stopped_on,
    due_on,
    coalesce(due_on, agreed_on) as counted_on,
    case
        when status = 'CANCELLED' then 'cancelled'
        when status = 'SUPERSEDED' then 'superseded'
        when due_on is null then 'no_deadline'
        when status = 'DONE' and done_on is null then 'not_measurable'
        else null
    end as apart_as,
    owner_agency
from marts.actions
