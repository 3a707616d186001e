-- One row per referral that is due: from the end of the person's work with children to the day of the referral.
select
    case_id || '-' || body as item_id,
    area_code,
    ended_on as started_on,
    referred_on as stopped_on,
    body as referral_body
from marts.referrals
where is_due
