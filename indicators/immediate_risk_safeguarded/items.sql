-- One row per case flagged with an immediate risk to children: from the day it was identified to the protective safeguard
-- that answers it.
select
    case_id as item_id,
    area_code,
    flagged_on as started_on,
    safeguarded_on as stopped_on,
    case
        when has_left_first then 'left'
        else null
    end as apart_as,
    role_group
from marts.immediate_risks
