-- One row per breakdown, category and state: the counts of one indicator over some areas and months. An item without a
-- usable date counts only where every month does.
select
    breakdown,
    category,
    state,
    cast(sum(n) as bigint) as n
from restricted.counts
where
    indicator = $indicator
    and list_contains($areas, area)
    and (month between $first and $last or (month is null and $every_month))
group by
    breakdown,
    category,
    state
