-- One row per case flagged with an immediate risk to children: from the day it was identified until the case was closed.
-- A closed case without the day of its closing can be placed in no month.
select
    case_id as item_id,
    area_code,
    flagged_on as opened_on,
    closed_on,
    case
        when is_closed_undated then 'not_measurable'
        else null
    end as apart_as,
    safeguard_in_place
from marts.immediate_risks
