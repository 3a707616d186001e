-- One row per case: whether it was judged not to meet the threshold.
select
    case_id as item_id,
    area_code,
    received_on as counted_on,
    case
        when threshold_met = 'N' then true
        when threshold_met = 'Y' then false
        else null
    end as is_met,
    setting_type,
    report_source
from marts.cases
