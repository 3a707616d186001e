-- One row per child in a case whose views could be asked: whether they are recorded.
select
    child_id as item_id,
    area_code,
    received_on as counted_on,
    case
        when views_recorded = 'Y' then true
        when views_recorded = 'N' then false
        else null
    end as is_met,
    age_band
from marts.children
where coalesce(views_recorded, 'U') <> 'NA'
