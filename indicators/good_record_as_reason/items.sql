-- One row per case in which a previous good record was a reason for doing less than advised; counted once, on the first
-- day it was.
select
    case_id as item_id,
    area_code,
    min(checked_on) as occurred_on
from marts.overrides
where ';' || override_reasons || ';' like '%;PREV_GOOD_RECORD;%'
group by
    area_code,
    case_id
