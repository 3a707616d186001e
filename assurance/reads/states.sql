-- One row per indicator, period, breakdown, category, state and number of days (null where the measure has none): the
-- counts of some indicators over an area and some periods. An item without a usable date counts only in a period of every month.
with
periods as (
    select
        unnest($codes) as code,
        unnest($firsts) as first,
        unnest($lasts) as last,
        unnest($every_month) as every_month
)

select
    counts.indicator,
    periods.code,
    counts.breakdown,
    counts.category,
    counts.state,
    counts.days,
    cast(sum(counts.n) as bigint) as n
from restricted.added_up as counts
inner join periods
    on counts.month between periods.first and periods.last or (counts.month is null and periods.every_month)
where
    list_contains($indicators, counts.indicator)
    and counts.scope = $scope
    and ($breakdown is null or counts.breakdown = $breakdown)
group by
    counts.indicator,
    periods.code,
    counts.breakdown,
    counts.category,
    counts.state,
    counts.days
