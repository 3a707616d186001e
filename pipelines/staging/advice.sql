-- One row per row of advice, typed; then the facts its rules need.
select
    source_row,
    advice_id,
    case_id,
    agency,
    read_date(advice_date) as advice_on,
    read_time(advice_time) as advice_time,
    advice_value,
    form,
    on_file,
    reason_code,
    not is_ragged as cells_match_header,
    coalesce(case_id in (select case_id from raw.cases), false) as case_id_known,
    date_readable(advice_date) as advice_date_readable,
    time_readable(advice_time) as advice_time_readable,
    (
        advice_id is not null
        and case_id is not null
        and agency is not null
        and advice_date is not null
        and advice_value is not null
        and form is not null
        and on_file is not null
    ) as required_cells_filled,
    coalesce(
        greatest(
            read_date(advice_date)
        ) <= (select max(read_date(snapshot_date)) from raw.extract),
        true
    ) as dates_not_after_snapshot,
    coalesce(
        read_date(advice_date) >= (
            select min(read_date(cases.received_date)) from raw.cases where cases.case_id = advice.case_id
        ),
        true
    ) as not_before_receipt
from raw.advice
