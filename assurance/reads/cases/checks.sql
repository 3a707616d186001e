-- One row per moment at which a case's advice had to be answered: what was done, and how much each advice asked for.
select
    checked_on,
    answer,
    answer_id,
    decision_value,
    decision_protection,
    police_advice,
    police_protection,
    social_services_advice,
    social_services_protection,
    threshold_met
from cases.advice_checks
where
    area_code = $area
    and case_id = $case
order by
    checked_on,
    answer,
    answer_id
