-- One row per area: the day its data stands for.
select
    area_code,
    max(snapshot_on) as snapshot_on
from accepted.extract
group by area_code
