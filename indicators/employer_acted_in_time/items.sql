-- One row per case that met the threshold and needed no formal disciplinary procedure: from the outcome to the day the
-- employer acted.
select
    case_id as item_id,
    area_code,
    outcome_on as started_on,
    employer_action_on as stopped_on,
    role_group
from marts.cases
where
    threshold_met = 'Y'
    and outcome_code in ('SUB', 'UNS', 'UNF', 'FAL', 'MAL')
    and disciplinary_result in ('NONE', 'ADVICE')
    and coalesce(exit_type, 'NONE') = 'NONE'
