-- One row per way of contacting the helpline, period and answer: how many contacts became reports, how many did not, and
-- of how many that cannot be told.
select
    channel || '-' || cast(period_start as varchar) || '-' || cast(period_end as varchar) || '-yes' as item_id,
    area_code,
    period_end as counted_on,
    true as is_met,
    converted_to_reports as n,
    channel
from marts.helpline
where
    converted_to_reports > 0
    and converted_to_reports <= contacts
union all
select
    channel || '-' || cast(period_start as varchar) || '-' || cast(period_end as varchar) || '-no' as item_id,
    area_code,
    period_end as counted_on,
    false as is_met,
    contacts - converted_to_reports as n,
    channel
from marts.helpline
where converted_to_reports < contacts
union all
select
    channel || '-' || cast(period_start as varchar) || '-' || cast(period_end as varchar) || '-not-known' as item_id,
    area_code,
    period_end as counted_on,
    cast(null as boolean) as is_met,
    case
        when contacts > 0 then contacts
        else 1
    end as n,
    channel
from marts.helpline
where
    contacts is null
    or converted_to_reports is null
    or converted_to_reports > contacts
