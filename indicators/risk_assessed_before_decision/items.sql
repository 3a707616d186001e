-- One row per decision on a safeguard in a case that met the threshold: whether risk was on record as assessed by then.
select
    decisions.decision_id as item_id,
    decisions.area_code,
    decisions.decision_on as counted_on,
    case
        when assessed.assessed_on is null then false
        when decisions.decision_on is null then null
        else assessed.assessed_on <= decisions.decision_on
    end as is_met,
    cases.role_group
from marts.safeguard_decisions as decisions
inner join marts.cases as cases
    on
        cases.area_code = decisions.area_code
        and cases.case_id = decisions.case_id
left join marts.risk_assessments as assessed
    on
        assessed.area_code = decisions.area_code
        and assessed.case_id = decisions.case_id
where
    cases.threshold_met = 'Y'
    and decisions.decision_value in ('SUSPENDED', 'ALTERNATIVE', 'NONE')
