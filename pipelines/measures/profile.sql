-- One row per item, breakdown and category, in its month of counting, and whether the category is known of it. The
-- category "all" stands for the item; one with several categories has a row in each, so categories may add up to more.
select
    item_id,
    area_code,
    cast(date_trunc('month', counted_on) as date) as month,
    breakdown,
    category,
    state,
    cast(null as integer) as days,
    coalesce(n, 1) as n
from items
