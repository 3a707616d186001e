-- One row per case: whether its dates can all be right.
with
impossible as (
    select distinct
        area_code,
        case_id
    from marts.chronology
)

select
    cases.case_id as item_id,
    cases.area_code,
    cases.received_on as counted_on,
    impossible.case_id is null as is_met
from marts.cases as cases
left join impossible
    on
        impossible.area_code = cases.area_code
        and impossible.case_id = cases.case_id
