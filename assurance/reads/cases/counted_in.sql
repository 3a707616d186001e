-- One row per indicator, item and state: in which months some items of one area count as what.
select
    indicator,
    item_id,
    state,
    min(month) as first_month,
    max(month) as last_month,
    max(days) as days
from cases.placed
where
    breakdown = 'all'
    and area = $area
    and (list_contains($items, item_id) or list_contains($items, split_part(item_id, '-', 1)))
group by
    indicator,
    item_id,
    state
order by
    indicator,
    item_id,
    first_month
