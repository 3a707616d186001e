-- One row per case about an identifiable child: whether parents were told of the allegation, or why not.
select
    cases.case_id as item_id,
    cases.area_code,
    cases.received_on as counted_on,
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
        and told.recipient = 'PARENT'
        and told.purpose = 'ALLEGATION'
where cases.identifiable_child = 'Y'
