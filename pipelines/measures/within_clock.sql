-- One row per item, breakdown and category: items against their clock.
-- An item is judged only once its limit has elapsed at the snapshot, so quick closures do not flatter recent months;
-- from then on it is met or missed, an open one included. The limit is a number of working days, calendar days or
-- calendar months, or each item's own due_on. A start or stop that cannot be used (none, reversed, after the snapshot,
-- outside the calendar), or a due date before the start, cannot be measured. An item belongs to the month of its start, or of counted_on where it has one.
with
aimed as (
    select
        items.item_id,
        items.area_code,
        coalesce(items.counted_on, items.started_on) as counted_on,
        items.breakdown,
        items.category,
        items.apart_as,
        items.started_on,
        items.stopped_on,
        case
            when settings.unit = 'due_date' then items.due_on
            else null
        end as due_on,
        settings.unit,
        settings.limit_days,
        settings.limit_months,
        snapshots.snapshot_on
    from items
    cross join settings
    inner join marts.snapshots as snapshots
        on snapshots.area_code = items.area_code
),

limits as (
    select
        aimed.item_id,
        aimed.area_code,
        aimed.counted_on,
        aimed.breakdown,
        aimed.category,
        aimed.apart_as,
        aimed.started_on,
        aimed.stopped_on,
        aimed.due_on,
        months_later.day_index as months_index,
        aimed.unit,
        aimed.limit_days,
        aimed.snapshot_on
    from aimed
    left join reference.months_later as months_later
        on
            months_later.date = aimed.started_on
            and months_later.months = aimed.limit_months
),

indexed as (
    select
        limits.item_id,
        limits.area_code,
        cast(date_trunc('month', limits.counted_on) as date) as month,
        limits.breakdown,
        limits.category,
        limits.apart_as,
        limits.stopped_on,
        case
            when limits.unit = 'working_days' then started.working_day_index
            else started.day_index
        end as started_index,
        case
            when limits.unit = 'working_days' then stopped.working_day_index
            else stopped.day_index
        end as stopped_index,
        case
            when limits.unit = 'working_days' then known.working_day_index
            else known.day_index
        end as known_index,
        due.day_index as due_index,
        limits.months_index,
        limits.limit_days,
        case
            when limits.stopped_on < limits.started_on then true
            when limits.stopped_on > limits.snapshot_on then true
            when limits.started_on > limits.snapshot_on then true
            when limits.due_on < limits.started_on then true
            else false
        end as is_impossible
    from limits
    left join reference.calendar as started
        on started.date = limits.started_on
    left join reference.calendar as stopped
        on stopped.date = limits.stopped_on
    left join reference.calendar as due
        on due.date = limits.due_on
    left join reference.calendar as known
        on known.date = limits.snapshot_on
),

placed as (
    select
        item_id,
        area_code,
        month,
        breakdown,
        category,
        apart_as,
        stopped_on,
        started_index,
        stopped_index,
        known_index,
        coalesce(due_index, months_index, started_index + limit_days) as limit_index,
        is_impossible
    from indexed
),

judged as (
    select
        item_id,
        area_code,
        month,
        breakdown,
        category,
        case
            when apart_as is not null then apart_as
            when is_impossible or started_index is null then 'not_measurable'
            when limit_index is null or known_index is null then 'not_measurable'
            when stopped_on is not null and stopped_index is null then 'not_measurable'
            when known_index <= limit_index then 'too_recent'
            when stopped_index <= limit_index then 'met'
            else 'missed'
        end as state
    from placed
)

select
    item_id,
    area_code,
    month,
    breakdown,
    category,
    state,
    cast(null as integer) as days,
    1 as n
from judged
