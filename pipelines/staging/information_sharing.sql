-- One row per row of information_sharing, typed; then the facts its rules need.
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
    ) as dates_not_after_snapshot
from raw.information_sharing
