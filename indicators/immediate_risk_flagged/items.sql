-- One row per case flagged with an immediate risk to children, on the day it was identified.
select
    case_id as item_id,
    area_code,
    flagged_on as occurred_on
from marts.immediate_risks
