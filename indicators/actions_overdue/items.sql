-- One row per action that is open or done: from the day it was agreed until it was done. One that is done without the day
-- can be placed in no month.
select
    action_id as item_id,
    area_code,
    agreed_on as opened_on,
    done_on as closed_on,
    due_on,
    case
        when status = 'DONE' and done_on is null then 'not_measurable'
        else null
    end as apart_as,
    owner_agency
from marts.actions
where status in ('OPEN', 'DONE')
