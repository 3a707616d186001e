-- One row per case in which a person was suspended: whether they were given a named contact.
select
    suspensions.case_id as item_id,
    suspensions.area_code,
    suspensions.suspended_on as counted_on,
    case
        when cases.named_contact_given = 'Y' then true
        when cases.named_contact_given = 'N' then false
        else null
    end as is_met,
    suspensions.role_group
from marts.suspensions as suspensions
inner join marts.cases as cases
    on
        cases.area_code = suspensions.area_code
        and cases.case_id = suspensions.case_id
where suspensions.is_first
