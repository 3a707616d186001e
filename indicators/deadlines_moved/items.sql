-- One row per action: whether its due date was ever moved.
select
    action_id as item_id,
    area_code,
    agreed_on as counted_on,
    due_changes >= 1 as is_met,
    owner_agency
from marts.actions
