-- One row per scope (an authority, a region or all), indicator, month, breakdown, category, state and days: the counts of
-- the authorities in it, added up once, so that a page costs the same for one as for many.
with
scopes as (
    select
        unnest($scopes) as scope,
        unnest($members) as area
)

select
    scopes.scope,
    counts.indicator,
    counts.month,
    counts.breakdown,
    counts.category,
    counts.state,
    counts.days,
    cast(sum(counts.n) as bigint) as n
from restricted.counts as counts
inner join scopes
    on scopes.area = counts.area
group by
    scopes.scope,
    counts.indicator,
    counts.month,
    counts.breakdown,
    counts.category,
    counts.state,
    counts.days
order by
    scopes.scope,
    counts.indicator
