-- One row per area, service, aspect and finding: of how many cases received in some months. A case without a usable day
-- of receipt counts only where every month does.
select
    area,
    service,
    aspect,
    finding,
    cast(sum(n) as bigint) as n
from restricted.reconciliation
where month between $first and $last or (month is null and $every_month)
group by
    area,
    service,
    aspect,
    finding
