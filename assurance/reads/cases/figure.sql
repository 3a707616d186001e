-- One row per item that a figure counts, the newest month first: its state, and its days where the measure has them.
-- Which months count is that of reads/states.sql.
select
    item_id,
    area,
    month,
    state,
    days,
    n
from cases.placed
where
    item_id is not null
    and indicator = $indicator
    and list_contains($areas, area)
    and breakdown = $breakdown
    and category = $category
    and (month between $first and $last or (month is null and $every_month))
order by
    month desc nulls last,
    area,
    item_id
