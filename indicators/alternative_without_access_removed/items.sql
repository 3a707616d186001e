-- One row per case in which an alternative to suspension left the person some access to children; counted once, on the
-- first day it was decided.
select
    case_id as item_id,
    area_code,
    min(decision_on) as occurred_on
from marts.safeguard_decisions
where
    decision_value = 'ALTERNATIVE'
    and access_to_children_removed in ('N', 'P')
group by
    area_code,
    case_id
