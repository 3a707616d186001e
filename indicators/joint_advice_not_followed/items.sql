-- One row per case in which police and social services both advised restriction and less was done; counted once, on
-- the first day it happened.
select
    case_id as item_id,
    area_code,
    min(checked_on) as occurred_on
from marts.advice_checks
where
    threshold_met = 'Y'
    and police_protection > 0
    and social_services_protection > 0
    and decision_protection < police_protection
    and decision_protection < social_services_protection
group by
    area_code,
    case_id
