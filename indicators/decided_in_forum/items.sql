-- One row per decision on a safeguard, and per case whose outcome was decided: whether it was decided in a strategy
-- discussion or meeting.
with
decided as (
    select
        decision_id as item_id,
        area_code,
        decision_on as counted_on,
        coalesce(forum, 'UNKNOWN') as forum,
        decision_type
    from marts.safeguard_decisions
    union all
    select
        case_id as item_id,
        area_code,
        outcome_on as counted_on,
        coalesce(outcome_forum, 'UNKNOWN') as forum,
        'OUTCOME' as decision_type
    from marts.cases
    where outcome_on is not null
)

select
    item_id,
    area_code,
    counted_on,
    case
        when forum = 'UNKNOWN' then null
        else forum in ('S5_DISCUSSION', 'S5_MEETING')
    end as is_met,
    decision_type
from decided
