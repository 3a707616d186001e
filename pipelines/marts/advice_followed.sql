-- One row per case that met the threshold and agency that advised to suspend or to restrict: what was done about it,
-- over all checks at which that advice was in force. Doing less once is not made good by a later decision; a person who
-- had left, or a decision not recorded, tells only where there is nothing else.
with
restrictive_advice as (
    select
        area_code,
        case_id,
        role_group,
        'POLICE' as agency,
        checked_on,
        decision_value,
        decision_protection,
        police_protection as advised_protection
    from marts.advice_checks
    where
        threshold_met = 'Y'
        and police_protection > 0
    union all
    select
        area_code,
        case_id,
        role_group,
        'SS' as agency,
        checked_on,
        decision_value,
        decision_protection,
        social_services_protection as advised_protection
    from marts.advice_checks
    where
        threshold_met = 'Y'
        and social_services_protection > 0
),

answers as (
    select
        area_code,
        case_id,
        role_group,
        agency,
        min(checked_on) as first_on,
        min(case when decision_protection < advised_protection then checked_on else null end) as overridden_on,
        max(case when decision_protection is not null then 1 else 0 end) as is_decided,
        max(case when decision_value = 'LEFT' then 1 else 0 end) as has_left
    from restrictive_advice
    group by
        area_code,
        case_id,
        role_group,
        agency
)

select
    area_code,
    case_id,
    role_group,
    agency,
    coalesce(overridden_on, first_on) as answered_on,
    case
        when overridden_on is not null then 'overridden'
        when is_decided = 1 then 'followed'
        when has_left = 1 then 'left'
        else 'not_recorded'
    end as answer
from answers
