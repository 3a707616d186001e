-- One row per case in which a referral to the Disclosure and Barring Service is due, or may be: whether it was made.
select
    case_id as item_id,
    area_code,
    ended_on as counted_on,
    case
        when is_due then referred_on is not null
        else null
    end as is_met,
    role_group
from marts.referrals
where body = 'DBS'
