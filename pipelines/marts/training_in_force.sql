-- One row per staff role and month, from the first of which something is reported to that of the snapshot: the last report
-- on safeguarding training whose period had ended by the month's end. The snapshot's month ends with the snapshot.
with
firsts as (
    select
        area_code,
        min(period_end) as first_on
    from accepted.training
    group by area_code
),

month_ends as (
    select
        snapshots.area_code,
        cast(date_trunc('month', calendar.date) as date) as month,
        max(calendar.date) as as_at
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

placed as (
    select
        training.area_code,
        training.role_group,
        month_ends.month,
        training.in_scope,
        training.in_date,
        row_number() over (
            partition by training.area_code, training.role_group, month_ends.month
            order by training.period_end desc
        ) as newest
    from accepted.training as training
    inner join month_ends
        on month_ends.area_code = training.area_code
    where training.period_end <= month_ends.as_at
)

select
    area_code,
    role_group,
    month,
    in_scope,
    in_date
from placed
where newest = 1
