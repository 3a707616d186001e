-- One row per case. A blank outcome counts as not recorded.
select
    area_code,
    case_id,
    concern_aware_on,
    received_on,
    threshold_met,
    threshold_decision_on,
    role_group,
    setting_type,
    harm_category,
    report_source,
    meeting_decided,
    status,
    closed_on,
    coalesce(outcome_code, 'UNK') as outcome_code,
    outcome_on,
    exit_on
from accepted.cases
