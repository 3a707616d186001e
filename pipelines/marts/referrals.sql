-- One row per case and body that the person has to be referred to, or may have to be: the Disclosure and Barring
-- Service, where the duty is recorded as met, or is not known of somebody who left or was removed from work with
-- children; the regulator of whoever left or was dismissed in a case that was not found to be nothing. A registration
-- that has ended leaves nobody to refer. The clock runs from the day the work ended: suspended is not removed.
with
ended as (
    select
        area_code,
        case_id,
        role_group,
        threshold_met,
        outcome_code,
        exit_type,
        removal_on,
        least(removal_on, exit_on) as ended_on,
        coalesce(dbs_duty_met, 'U') as dbs_duty_met,
        dbs_referral_on,
        coalesce(regulator_code, 'NONE') as regulator_code,
        regulator_referral_on
    from marts.cases
)

select
    area_code,
    case_id,
    'DBS' as body,
    role_group,
    regulator_code,
    case
        when dbs_duty_met = 'Y' then true
        else null
    end as is_due,
    ended_on,
    dbs_referral_on as referred_on
from ended
where
    dbs_duty_met = 'Y'
    or (
        dbs_duty_met = 'U'
        and (
            exit_type <> 'NONE'
            or removal_on is not null
        )
    )
union all
select
    area_code,
    case_id,
    'REGULATOR' as body,
    role_group,
    regulator_code,
    true as is_due,
    ended_on,
    regulator_referral_on as referred_on
from ended
where
    regulator_code <> 'NONE'
    and exit_type in (
        'RESIGNED', 'REDUNDANCY', 'RETIRED', 'DISMISSED', 'SETTLEMENT', 'CONTRACT_END', 'AGENCY_RELEASED'
    )
    and coalesce(threshold_met, 'U') <> 'N'
    and outcome_code not in ('UNF', 'FAL', 'MAL', 'NMT')
