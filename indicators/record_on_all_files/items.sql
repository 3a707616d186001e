-- One row per case that met the threshold and had a strategy discussion or meeting: whether the record of each is on
-- every file that ought to hold it.
with
records as (
    select
        area_code,
        case_id,
        sum(lacks_on_ss + lacks_on_edu + lacks_on_hr) as lacking
    from marts.strategy_records
    group by
        area_code,
        case_id
)

select
    cases.case_id as item_id,
    cases.area_code,
    cases.received_on as counted_on,
    records.lacking = 0 as is_met,
    cases.setting_type
from marts.cases as cases
inner join records
    on
        records.area_code = cases.area_code
        and records.case_id = cases.case_id
where cases.threshold_met = 'Y'
