-- One row per area, month, breakdown, category and day of the month: what is to be explained each time it happens. The
-- day (1 to 31, null outside the calendar) puts events in order, across areas too, for the time from one to the next.
select
    items.area_code,
    cast(date_trunc('month', items.occurred_on) as date) as month,
    items.breakdown,
    items.category,
    'occurred' as state,
    cast(occurred.day_index - first_of_month.day_index + 1 as integer) as days,
    count(*) as n
from items
left join reference.calendar as occurred
    on occurred.date = items.occurred_on
left join reference.calendar as first_of_month
    on first_of_month.date = cast(date_trunc('month', items.occurred_on) as date)
group by
    items.area_code,
    cast(date_trunc('month', items.occurred_on) as date),
    items.breakdown,
    items.category,
    cast(occurred.day_index - first_of_month.day_index + 1 as integer)
