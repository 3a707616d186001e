-- One row per closed case: whether anybody examined its file.
with
examined as (
    select distinct
        area_code,
        case_id
    from marts.file_audits
)

select
    cases.case_id as item_id,
    cases.area_code,
    cases.closed_on as counted_on,
    examined.case_id is not null as is_met,
    cases.threshold_met
from marts.cases as cases
left join examined
    on
        examined.area_code = cases.area_code
        and examined.case_id = cases.case_id
where cases.status = 'CLOSED'
