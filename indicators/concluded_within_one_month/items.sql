-- One row per case that met the threshold: from its report to the day its outcome was decided.
select
    case_id as item_id,
    area_code,
    received_on as started_on,
    outcome_on as stopped_on,
    role_group
from marts.cases
where threshold_met = 'Y'
