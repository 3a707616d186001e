-- One row per closed case: whether the same person was reported again within 12 months of closing.
select
    case_id as item_id,
    area_code,
    closed_on as counted_on,
    has_returned as is_met,
    case
        when is_too_recent then 'too_recent'
        else null
    end as apart_as,
    role_group
from marts.re_referrals
