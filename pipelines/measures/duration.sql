-- One row per item, breakdown and category, in its month of start: how many calendar days it took, those that still run at the snapshot and those that ended some other way included, so that no median is of finished ones
-- alone. A start or end that cannot be used (none, reversed, after the snapshot, outside the calendar) has no days. Who
-- had left before the start left on its first day; a day of leaving still to come does not undo what had ended before.
with
indexed as (
    select
        items.item_id,
        items.area_code,
        cast(date_trunc('month', items.started_on) as date) as month,
        items.breakdown,
        items.category,
        items.apart_as,
        items.stopped_on,
        items.left_on,
        started.day_index as started_index,
        stopped.day_index as stopped_index,
        gone.day_index as left_index,
        known.day_index as known_index,
        case
            when items.stopped_on < items.started_on then true
            when items.stopped_on > snapshots.snapshot_on then true
            when items.started_on > snapshots.snapshot_on then true
            when items.stopped_on is not null and stopped.day_index is null then true
            else false
        end as is_impossible,
        case
            when items.left_on > snapshots.snapshot_on then true
            when gone.day_index is null then true
            else false
        end as cannot_have_left
    from items
    inner join marts.snapshots as snapshots
        on snapshots.area_code = items.area_code
    left join reference.calendar as started
        on started.date = items.started_on
    left join reference.calendar as stopped
        on stopped.date = items.stopped_on
    left join reference.calendar as gone
        on gone.date = items.left_on
    left join reference.calendar as known
        on known.date = snapshots.snapshot_on
),

ended as (
    select
        item_id,
        area_code,
        month,
        breakdown,
        category,
        case
            when apart_as is not null then apart_as
            when is_impossible or started_index is null or known_index is null then 'not_measurable'
            when stopped_on <= coalesce(left_on, stopped_on) then 'finished'
            when left_on is not null and cannot_have_left then 'not_measurable'
            when left_on is not null then 'left'
            else 'running'
        end as state,
        started_index,
        stopped_index,
        left_index,
        known_index
    from indexed
),

timed as (
    select
        item_id,
        area_code,
        month,
        breakdown,
        category,
        state,
        case
            when state = 'finished' then stopped_index - started_index
            when state = 'left' and left_index < started_index then 0
            when state = 'left' then left_index - started_index
            when state = 'running' then known_index - started_index
            else null
        end as days
    from ended
)

select
    item_id,
    area_code,
    month,
    breakdown,
    category,
    state,
    cast(days as integer) as days,
    1 as n
from timed
