-- One row per way of contacting the helpline and period in which anybody did, which counts as often as they did.
select
    channel || '-' || cast(period_start as varchar) || '-' || cast(period_end as varchar) as item_id,
    area_code,
    period_end as counted_on,
    contacts as n,
    channel
from marts.helpline
where contacts > 0
