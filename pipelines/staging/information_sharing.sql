-- One row per row of information_sharing, typed; then the facts its rules need.
with
parents as (
    select
        case_id as parent_id,
        min(read_date(received_date)) as case_received_on,
        min(read_date(outcome_date)) as case_outcome_on
    from raw.cases
    group by case_id
)

select
    source_row,
    share_id,
    case_id,
    recipient,
    purpose,
    required,
    not_shared_reason,
    read_date(due_date) as due_on,
    read_date(shared_date) as shared_on,
    method,
    not is_ragged as cells_match_header,
    coalesce(case_id in (select case_id from raw.cases), false) as case_id_known,
    date_readable(due_date) as due_date_readable,
    date_readable(shared_date) as shared_date_readable,
    (
        share_id is not null
        and case_id is not null
        and recipient is not null
        and purpose is not null
        and required is not null
    ) as required_cells_filled,
    coalesce(
        greatest(
            read_date(shared_date)
        ) <= (select max(read_date(snapshot_date)) from raw.extract),
        true
    ) as dates_not_after_snapshot,
    not_suppressed(concat_ws(chr(10), *columns(information_sharing.* exclude (source_row, is_ragged)))) as not_suppressed,
    in_order(case_received_on, shared_on) as not_before_receipt,
    in_order(case_received_on, due_on) as due_not_before_receipt,
    coalesce(purpose <> 'OUTCOME', true)
    or not in_order(case_received_on, shared_on)
    or in_order(case_outcome_on, shared_on) as outcome_not_before_decided,
    not_shared_reason is null or shared_date is null as reason_only_if_not_shared
from raw.information_sharing as information_sharing
left join parents
    on parent_id = case_id
