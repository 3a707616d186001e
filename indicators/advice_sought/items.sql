-- One row per case that met the threshold: whether the police and social services both gave a view.
with
heard as (
    select
        area_code,
        case_id,
        count(distinct agency) as agencies
    from marts.advice
    where agency in ('POLICE', 'SS')
    group by
        area_code,
        case_id
)

select
    cases.case_id as item_id,
    cases.area_code,
    cases.received_on as counted_on,
    coalesce(heard.agencies, 0) = 2 as is_met,
    cases.role_group
from marts.cases as cases
left join heard
    on
        heard.area_code = cases.area_code
        and heard.case_id = cases.case_id
where cases.threshold_met = 'Y'
