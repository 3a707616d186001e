-- One row per case.
select
    area_code,
    case_id,
    received_on,
    threshold_met,
    role_group,
    setting_type,
    harm_category,
    report_source,
    status,
    exit_on
from accepted.cases
