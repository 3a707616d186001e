-- One row per row of advice, typed; then the facts its rules need.
with
parents as (
    select
        case_id as parent_id,
        min(read_date(received_date)) as case_received_on,
        max(case when status = 'CLOSED' then read_date(closed_date) end) as case_closed_on
    from raw.cases
    group by case_id
)

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
    not_suppressed(concat_ws(chr(10), *columns(advice.* exclude (source_row, is_ragged)))) as not_suppressed,
    in_order(case_received_on, advice_on) as not_before_receipt,
    in_order(advice_on, case_closed_on) as not_after_closing,
    count(distinct advice_id) over (
        partition by case_id, agency, advice_date, advice_time, advice_value, form, on_file, reason_code
    ) <= 1 as not_repeated
from raw.advice as advice
left join parents
    on parent_id = case_id
