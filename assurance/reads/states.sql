-- One row per period, breakdown, category and state: the counts of one indicator over some areas and periods. An item
-- without a usable date counts only in a period of every month.
with
periods as (
    select
        unnest($codes) as code,
        unnest($firsts) as first,
        unnest($lasts) as last,
        unnest($every_month) as every_month
)

select
    periods.code,
    counts.breakdown,
    counts.category,
    counts.state,
    cast(sum(counts.n) as bigint) as n
from restricted.counts as counts
inner join periods
    on counts.month between periods.first and periods.last or (counts.month is null and periods.every_month)
where
    counts.indicator = $indicator
    and list_contains($areas, counts.area)
    and ($breakdown is null or counts.breakdown = $breakdown)
group by
    periods.code,
    counts.breakdown,
    counts.category,
    counts.state
