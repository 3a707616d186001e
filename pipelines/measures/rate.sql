-- One row per item, and one per area and month with the people it could have happened to, which is no item: from the
-- month of the first thing counted to the snapshot's. Months of people add up, so any period and area has its rate a year.
with
counted as (
    select
        item_id,
        area_code,
        cast(date_trunc('month', counted_on) as date) as month
    from items
    where breakdown = 'all'
),

firsts as (
    select
        area_code,
        min(month) as first_month
    from counted
    group by area_code
),

months as (
    select distinct
        firsts.area_code,
        cast(date_trunc('month', calendar.date) as date) as month
    from firsts
    inner join marts.snapshots as snapshots
        on snapshots.area_code = firsts.area_code
    cross join reference.calendar as calendar
    where
        calendar.date >= firsts.first_month
        and calendar.date <= snapshots.snapshot_on
),

begun as (
    select
        months.area_code,
        months.month,
        bases.people,
        row_number() over (
            partition by months.area_code, months.month
            order by bases.since desc
        ) as newest
    from months
    inner join reference.bases as bases
        on bases.area_code = months.area_code
    cross join settings
    where
        bases.base = settings.base
        and bases.since <= months.month
),

known as (
    select
        area_code,
        month,
        people
    from begun
    where newest = 1
),

in_force as (
    select
        months.area_code,
        months.month,
        known.people
    from months
    left join known
        on
            known.area_code = months.area_code
            and known.month = months.month
),

events_and_people as (
    select
        item_id,
        area_code,
        month,
        'counted' as state,
        1 as n
    from counted
    union all
    select
        cast(null as varchar) as item_id,
        area_code,
        month,
        case
            when people is null then 'no_base'
            else 'base'
        end as state,
        coalesce(people, 1) as n
    from in_force
)

select
    item_id,
    area_code,
    month,
    'all' as breakdown,
    'all' as category,
    state,
    cast(null as integer) as days,
    n
from events_and_people
