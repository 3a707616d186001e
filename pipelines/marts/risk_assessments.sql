-- One row per case in which risk is on record as assessed, in the case or with a decision on a safeguard: the first day.
with
on_record as (
    select
        area_code,
        case_id,
        risk_assessment_on
    from marts.cases
    where risk_assessment_on is not null
    union all
    select
        area_code,
        case_id,
        risk_assessment_on
    from marts.safeguard_decisions
    where risk_assessment_on is not null
)

select
    area_code,
    case_id,
    min(risk_assessment_on) as assessed_on
from on_record
group by
    area_code,
    case_id
