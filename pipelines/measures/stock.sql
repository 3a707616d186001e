-- One row per item, breakdown, category and month end at which it was open: its age, how late it was, or only that it was
-- open, in calendar days. The snapshot's month ends with the snapshot. Items whose dates cannot be used
-- (no opening, a closing or due date before it, an opening or closing after the snapshot or outside the calendar) stand once, in the snapshot's month.
with
placed as (
    select
        items.item_id,
        items.area_code,
        items.breakdown,
        items.category,
        items.apart_as,
        items.opened_on,
        items.closed_on,
        items.due_on,
        snapshots.snapshot_on,
        opened.day_index as opened_index,
        due.day_index as due_index,
        case
            when items.apart_as is not null then true
            when opened.day_index is null or items.opened_on > snapshots.snapshot_on then true
            when items.closed_on is not null and closed.day_index is null then true
            when items.closed_on < items.opened_on then true
            when items.closed_on > snapshots.snapshot_on then true
            when items.due_on < items.opened_on then true
            when items.due_on is not null and due.day_index is null then true
            else false
        end as is_impossible
    from items
    inner join marts.snapshots as snapshots
        on snapshots.area_code = items.area_code
    left join reference.calendar as opened
        on opened.date = items.opened_on
    left join reference.calendar as closed
        on closed.date = items.closed_on
    left join reference.calendar as due
        on due.date = items.due_on
),

firsts as (
    select
        area_code,
        min(opened_on) as first_on
    from placed
    where not is_impossible
    group by area_code
),

month_ends as (
    select
        snapshots.area_code,
        cast(date_trunc('month', calendar.date) as date) as month,
        max(calendar.date) as as_at,
        max(calendar.day_index) as as_at_index
    from marts.snapshots as snapshots
    inner join firsts
        on firsts.area_code = snapshots.area_code
    cross join reference.calendar as calendar
    where
        calendar.date >= firsts.first_on
        and calendar.date <= snapshots.snapshot_on
    group by
        snapshots.area_code,
        cast(date_trunc('month', calendar.date) as date)
),

still_open as (
    select
        placed.item_id,
        placed.area_code,
        month_ends.month,
        placed.breakdown,
        placed.category,
        placed.opened_on,
        month_ends.as_at,
        month_ends.as_at_index - placed.opened_index as age_days,
        placed.due_on,
        month_ends.as_at_index - placed.due_index as late_days
    from placed
    inner join month_ends
        on month_ends.area_code = placed.area_code
    where
        not placed.is_impossible
        and placed.opened_on <= month_ends.as_at
        and (placed.closed_on is null or placed.closed_on > month_ends.as_at)
),

ages as (
    select
        date,
        max(case when months = 1 then due_on else null end) as one_month_on,
        max(case when months = 3 then due_on else null end) as three_months_on,
        max(case when months = 6 then due_on else null end) as six_months_on,
        max(case when months = 12 then due_on else null end) as twelve_months_on
    from reference.months_later
    group by date
),

states as (
    select
        still_open.item_id,
        still_open.area_code,
        still_open.month,
        still_open.breakdown,
        still_open.category,
        case
            when settings.stock_by = 'open' then 'open'
            when settings.stock_by = 'age' and still_open.as_at <= ages.one_month_on then 'to_1_month'
            when settings.stock_by = 'age' and still_open.as_at <= ages.three_months_on then 'to_3_months'
            when settings.stock_by = 'age' and still_open.as_at <= ages.six_months_on then 'to_6_months'
            when settings.stock_by = 'age' and still_open.as_at <= ages.twelve_months_on then 'to_12_months'
            when settings.stock_by = 'age' then 'over_12_months'
            when still_open.due_on is null then 'no_deadline'
            when still_open.late_days <= 0 then 'not_due'
            when still_open.late_days <= 30 then 'late_30'
            else 'late_over_30'
        end as state,
        case
            when settings.stock_by in ('age', 'open') then still_open.age_days
            when still_open.late_days > 0 then still_open.late_days
            else null
        end as days
    from still_open
    cross join settings
    inner join ages
        on ages.date = still_open.opened_on
    union all
    select
        item_id,
        area_code,
        cast(date_trunc('month', snapshot_on) as date) as month,
        breakdown,
        category,
        coalesce(apart_as, 'not_measurable') as state,
        null as days
    from placed
    where is_impossible
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
from states
