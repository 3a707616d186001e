-- One row per area, month, breakdown, category, state and number of days: how many of the placed items are there.
select
    area_code,
    month,
    breakdown,
    category,
    state,
    days,
    cast(sum(n) as bigint) as n
from placed_items
group by
    area_code,
    month,
    breakdown,
    category,
    state,
    days
