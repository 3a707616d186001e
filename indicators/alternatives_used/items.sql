-- One row per decision to use an alternative to suspension: what was used, and whether access to children was removed.
select
    decision_id as item_id,
    area_code,
    decision_on as counted_on,
    alternatives_used,
    access_to_children_removed
from marts.safeguard_decisions
where decision_value = 'ALTERNATIVE'
