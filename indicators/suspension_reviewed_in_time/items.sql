-- One row per decision to suspend that set a day for its review: from that decision to the review. A suspension that
-- ended by that day without one needed none.
select
    decision_id as item_id,
    area_code,
    suspended_on as started_on,
    reviewed_on as stopped_on,
    review_due_on as due_on,
    role_group
from marts.suspensions
where
    review_due_on is not null
    and (
        reviewed_on is not null
        or ended_on is null
        or ended_on > review_due_on
    )
