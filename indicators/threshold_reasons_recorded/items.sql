-- One row per case that was judged not to meet the threshold: whether its reasons are on record, and on the record of
-- the person it is about.
select
    case_id as item_id,
    area_code,
    received_on as counted_on,
    case
        when threshold_rationale_recorded = 'N' or recorded_against_adult = 'N' then false
        when threshold_rationale_recorded = 'Y' and recorded_against_adult = 'Y' then true
        else null
    end as is_met,
    setting_type
from marts.cases
where threshold_met = 'N'
