-- One row per moment at which advice had to be answered: each decision on a safeguard, and each unanswered day of
-- advice. Advice in force is each agency's last on or before that day, the same day included; of two at one time, the
-- more protective.
with
moments as (
    select
        area_code,
        case_id,
        decision_on as asked_on,
        decision_on as checked_on,
        'decision' as answer,
        decision_id as answer_id,
        decision_value,
        protection
    from marts.safeguard_decisions
    where decision_on is not null
    union all
    select
        area_code,
        case_id,
        advice_on as asked_on,
        next_working_on as checked_on,
        'silence' as answer,
        '' as answer_id,
        decision_value,
        protection
    from marts.unanswered_advice
),

known_advice as (
    select
        moments.area_code,
        moments.case_id,
        moments.asked_on,
        moments.answer_id,
        advice.agency,
        advice.advice_value,
        advice.protection,
        row_number() over (
            partition by moments.area_code, moments.case_id, moments.asked_on, moments.answer_id, advice.agency
            order by
                advice.advice_on desc,
                advice.advice_time desc,
                advice.protection desc,
                advice.advice_id desc -- “no view” and “no restriction” protect alike: the same one each time
        ) as newest
    from moments
    inner join marts.advice as advice
        on
            advice.area_code = moments.area_code
            and advice.case_id = moments.case_id
    where advice.advice_on <= moments.asked_on
),

police as (
    select
        area_code,
        case_id,
        asked_on,
        answer_id,
        advice_value,
        protection
    from known_advice
    where newest = 1 and agency = 'POLICE'
),

social_services as (
    select
        area_code,
        case_id,
        asked_on,
        answer_id,
        advice_value,
        protection
    from known_advice
    where newest = 1 and agency = 'SS'
)

select
    moments.area_code,
    moments.case_id,
    cases.threshold_met,
    cases.role_group,
    moments.asked_on,
    moments.checked_on,
    moments.answer,
    moments.answer_id,
    moments.decision_value,
    moments.protection as decision_protection,
    police.advice_value as police_advice,
    police.protection as police_protection,
    social_services.advice_value as social_services_advice,
    social_services.protection as social_services_protection
from moments
inner join marts.cases as cases
    on
        cases.area_code = moments.area_code
        and cases.case_id = moments.case_id
left join police
    on
        police.area_code = moments.area_code
        and police.case_id = moments.case_id
        and police.asked_on = moments.asked_on
        and police.answer_id = moments.answer_id
left join social_services
    on
        social_services.area_code = moments.area_code
        and social_services.case_id = moments.case_id
        and social_services.asked_on = moments.asked_on
        and social_services.answer_id = moments.answer_id
