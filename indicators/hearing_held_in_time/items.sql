-- One row per case that met the threshold and had, or needed, a disciplinary hearing: from the outcome to the hearing.
-- There is none to hold once the person has left, unless they were dismissed.
select
    case_id as item_id,
    area_code,
    outcome_on as started_on,
    hearing_on as stopped_on,
    case
        when hearing_on is null and exit_on is not null and disciplinary_result <> 'DISMISSED' then 'left'
        else null
    end as apart_as,
    role_group
from marts.cases
where
    threshold_met = 'Y'
    and (
        hearing_on is not null
        or disciplinary_result in ('WARNING', 'FINAL_WARNING', 'DISMISSED', 'PENDING')
    )
