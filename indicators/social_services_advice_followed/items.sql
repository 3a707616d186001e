-- One row per case that met the threshold and in which social services advised to suspend or to restrict: whether as
-- much was done every time.
select
    case_id as item_id,
    area_code,
    answered_on as counted_on,
    case
        when answer = 'followed' then true
        when answer = 'overridden' then false
        else null
    end as is_met,
    case
        when answer in ('left', 'not_recorded') then answer
        else null
    end as apart_as,
    role_group
from marts.advice_followed
where agency = 'SS'
