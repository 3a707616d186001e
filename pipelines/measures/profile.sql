-- One row per area, month of counting, breakdown, category and state: how many items there are of each category, and of
-- how many the category is known. The category "all" counts items; one with several categories counts once in each, so
-- categories may add up to more.
select
    area_code,
    cast(date_trunc('month', counted_on) as date) as month,
    breakdown,
    category,
    state,
    cast(null as integer) as days,
    cast(sum(coalesce(n, 1)) as bigint) as n
from items
group by
    area_code,
    cast(date_trunc('month', counted_on) as date),
    breakdown,
    category,
    state
