-- One row per item, breakdown and category: what is to be explained each time it happens. The day of the month (1 to 31,
-- null outside the calendar) puts events in order, across areas too, for the time from one to the next.
select
    items.item_id,
    items.area_code,
    cast(date_trunc('month', items.occurred_on) as date) as month,
    items.breakdown,
    items.category,
    'occurred' as state,
    cast(occurred.day_index - first_of_month.day_index + 1 as integer) as days,
    1 as n
from items
left join reference.calendar as occurred
    on occurred.date = items.occurred_on
left join reference.calendar as first_of_month
    on first_of_month.date = cast(date_trunc('month', items.occurred_on) as date)
