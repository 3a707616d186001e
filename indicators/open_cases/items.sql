-- One row per case: from its report until it was closed. A closed case without the day of its closing can be placed in no
-- month.
select
    case_id as item_id,
    area_code,
    received_on as opened_on,
    case
        when status = 'CLOSED' then closed_on
        else null
    end as closed_on,
    case
        when status = 'CLOSED' and closed_on is null then 'not_measurable'
        else null
    end as apart_as,
    role_group
from marts.cases
