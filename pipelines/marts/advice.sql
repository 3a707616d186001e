-- One row per piece of advice given on whether a person should go on working with children.
-- NOT_SOUGHT and NOT_RECORDED say that no advice was given, so they do not replace what was advised before.
select
    area_code,
    advice_id,
    case_id,
    agency,
    advice_on,
    coalesce(advice_time, '') as advice_time,
    advice_value,
    case
        when advice_value = 'SUSPEND' then 2
        when advice_value = 'RESTRICT' then 1
        else 0
    end as protection
from accepted.advice
where advice_value in ('SUSPEND', 'RESTRICT', 'NO_RESTRICTION', 'NO_VIEW')
