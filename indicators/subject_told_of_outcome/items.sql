-- One row per case that has an outcome: whether the person the allegation is about was told of it, or why not.
select
    cases.case_id as item_id,
    cases.area_code,
    cases.outcome_on as counted_on,
    coalesce(told.is_settled, false) as is_met,
    case
        when told.is_too_recent then 'too_recent'
        else null
    end as apart_as,
    cases.role_group
from marts.cases as cases
left join marts.told as told
    on
        told.area_code = cases.area_code
        and told.case_id = cases.case_id
        and told.recipient = 'SUBJECT'
        and told.purpose = 'OUTCOME'
where cases.outcome_code in ('SUB', 'UNS', 'UNF', 'FAL', 'MAL')
