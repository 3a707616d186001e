-- One row per case, by the day its report was received: about whom it is, where, what harm is alleged and who
-- reported it.
select
    case_id as item_id,
    area_code,
    received_on as counted_on,
    role_group,
    setting_type,
    harm_category,
    report_source
from marts.cases
