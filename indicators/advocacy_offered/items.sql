-- One row per child in a case to whom advocacy could be offered: whether it was.
select
    child_id as item_id,
    area_code,
    received_on as counted_on,
    case
        when advocacy_offered = 'Y' then true
        when advocacy_offered = 'N' then false
        else null
    end as is_met,
    age_band
from marts.children
where coalesce(advocacy_offered, 'U') <> 'NA'
