-- One row per case that met the threshold: from its report to the first decision on a safeguard, or to the day the person
-- left without one.
select
    cases.case_id as item_id,
    cases.area_code,
    cases.received_on as started_on,
    firsts.decided_on as stopped_on,
    case
        when cases.exit_on <= coalesce(firsts.left_on, cases.exit_on) then cases.exit_on
        else firsts.left_on
    end as left_on,
    cases.role_group
from marts.cases as cases
left join marts.first_safeguard_decisions as firsts
    on
        firsts.area_code = cases.area_code
        and firsts.case_id = cases.case_id
where cases.threshold_met = 'Y'
