-- One row per area, month, breakdown and category: how often something happened that is to be explained each time.
select
    area_code,
    cast(date_trunc('month', occurred_on) as date) as month,
    breakdown,
    category,
    'occurred' as state,
    cast(null as integer) as days,
    count(*) as n
from items
group by
    area_code,
    cast(date_trunc('month', occurred_on) as date),
    breakdown,
    category
