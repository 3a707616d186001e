-- One row per area, month of start, breakdown, category and state: items against their clock.
-- An item is judged only once its limit has elapsed at the snapshot, so quick closures do not flatter recent months;
-- from then on it is met or missed, an open one included. The limit is settings.limit_working_days, or each item's own
-- due_on. A start or stop that cannot be used (none, reversed, after the snapshot, outside the calendar) cannot be measured.
with
placed as (
    select
        items.area_code,
        cast(date_trunc('month', items.started_on) as date) as month,
        items.breakdown,
        items.category,
        items.stopped_on,
        started.working_day_index as started_index,
        stopped.working_day_index as stopped_index,
        known.working_day_index as known_index,
        coalesce(due.working_day_index, started.working_day_index + settings.limit_working_days) as limit_index,
        case
            when items.stopped_on < items.started_on then true
            when items.stopped_on > snapshots.snapshot_on then true
            when items.started_on > snapshots.snapshot_on then true
            else false
        end as is_impossible
    from items
    cross join settings
    inner join marts.snapshots as snapshots
        on snapshots.area_code = items.area_code
    left join reference.calendar as started
        on started.date = items.started_on
    left join reference.calendar as stopped
        on stopped.date = items.stopped_on
    left join reference.calendar as due
        on due.date = items.due_on
    left join reference.calendar as known
        on known.date = snapshots.snapshot_on
),

judged as (
    select
        area_code,
        month,
        breakdown,
        category,
        case
            when is_impossible or limit_index is null or known_index is null then 'not_measurable'
            when stopped_on is not null and stopped_index is null then 'not_measurable'
            when known_index <= limit_index then 'too_recent'
            when stopped_index <= limit_index then 'met'
            else 'missed'
        end as state
    from placed
)

select
    area_code,
    month,
    breakdown,
    category,
    state,
    cast(null as integer) as days,
    count(*) as n
from judged
group by
    area_code,
    month,
    breakdown,
    category,
    state
