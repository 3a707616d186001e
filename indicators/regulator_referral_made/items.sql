-- One row per case in which a referral to the person's regulator is due: whether it was made.
select
    case_id as item_id,
    area_code,
    ended_on as counted_on,
    referred_on is not null as is_met,
    regulator_code
from marts.referrals
where body = 'REGULATOR'
