-- One row per area: the day its cases stand for, which is that of the lead service's extract where there is one. What
-- another service sends later says nothing of what the lead service would have recorded by then.
select
    area_code,
    coalesce(
        max(case when source_service = 'LEAD' then snapshot_on else null end),
        max(snapshot_on)
    ) as snapshot_on
from accepted.extract
group by area_code
