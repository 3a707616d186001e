-- One row per case that met the threshold and in which the police and social services both said what should be done:
-- whether the last word of each differs from the other's. A reply without a view takes nothing back here.
with
placed as (
    select
        area_code,
        case_id,
        agency,
        advice_on,
        advice_value,
        row_number() over (
            partition by area_code, case_id, agency
            order by advice_on desc, advice_time desc, protection desc, advice_id desc
        ) as newest
    from marts.advice
    where
        agency in ('POLICE', 'SS')
        and advice_value in ('SUSPEND', 'RESTRICT', 'NO_RESTRICTION')
        and advice_on is not null
),

police as (
    select
        area_code,
        case_id,
        advice_on,
        advice_value
    from placed
    where newest = 1 and agency = 'POLICE'
),

social_services as (
    select
        area_code,
        case_id,
        advice_on,
        advice_value
    from placed
    where newest = 1 and agency = 'SS'
)

select
    cases.case_id as item_id,
    cases.area_code,
    case
        when police.advice_on > social_services.advice_on then police.advice_on
        else social_services.advice_on
    end as counted_on,
    police.advice_value <> social_services.advice_value as is_met,
    cases.role_group
from marts.cases as cases
inner join police
    on
        police.area_code = cases.area_code
        and police.case_id = cases.case_id
inner join social_services
    on
        social_services.area_code = cases.area_code
        and social_services.case_id = cases.case_id
where cases.threshold_met = 'Y'
