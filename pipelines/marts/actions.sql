-- One row per action that agencies agreed on. Its due date is the first it was given: moving it does not make a late
-- action timely. It has a day on which it was done only if it is done: a date on an action that is open, cancelled or
-- replaced is no completion.
select
    area_code,
    action_id,
    owner_agency,
    agreed_on,
    coalesce(original_due_on, current_due_on) as due_on,
    due_changes,
    status,
    evidence_on_file,
    case
        when status = 'DONE' then completed_on
        else null
    end as done_on
from accepted.actions
