-- One row per case: from its report to the decision on whether it meets the threshold.
select
    case_id as item_id,
    area_code,
    received_on as started_on,
    threshold_decision_on as stopped_on,
    role_group
from marts.cases
