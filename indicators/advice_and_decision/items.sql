-- One row per decision point of a case that met the threshold: the advice of each agency in force and the decision.
select
    case_id || ' ' || cast(asked_on as varchar) || ' ' || answer_id as item_id,
    area_code,
    checked_on as counted_on,
    police_advice,
    social_services_advice,
    decision_value
from marts.advice_checks
where threshold_met = 'Y'
