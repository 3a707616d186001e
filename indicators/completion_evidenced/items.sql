-- One row per action that is said to be done: whether the file shows it.
select
    action_id as item_id,
    area_code,
    done_on as counted_on,
    coalesce(evidence_on_file, 'U') = 'Y' as is_met,
    owner_agency
from marts.actions
where status = 'DONE'
