-- One row per item, breakdown and category, in its month of counting: whether it is as it should be. An item of
-- which that is not known is neither yes nor no; one that stands apart has a state of its own. An item
-- counts once, or as many times as it says.
with
judged as (
    select
        item_id,
        area_code,
        cast(date_trunc('month', counted_on) as date) as month,
        breakdown,
        category,
        case
            when apart_as is not null then apart_as
            when is_met is null then 'not_known'
            when is_met then 'yes'
            else 'no'
        end as state,
        coalesce(n, 1) as n
    from items
)

select
    item_id,
    area_code,
    month,
    breakdown,
    category,
    state,
    cast(null as integer) as days,
    n
from judged
