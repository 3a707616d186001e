-- One row per row of service_lists, typed; then the facts its rules need.
select
    source_row,
    service,
    case_id,
    read_date(received_date) as received_on,
    safeguard_decision_value,
    read_date(safeguard_decision_date) as safeguard_decision_on,
    outcome_code,
    file_held,
    strategy_record_on_file,
    not is_ragged as cells_match_header,
    date_readable(received_date) as received_date_readable,
    date_readable(safeguard_decision_date) as safeguard_decision_date_readable,
    count(*) over (partition by service, case_id) = 1 as key_is_single,
    (
        service is not null
        and case_id is not null
        and file_held is not null
        and strategy_record_on_file is not null
    ) as required_cells_filled,
    coalesce(
        greatest(
            read_date(received_date),
            read_date(safeguard_decision_date)
        ) <= (select max(read_date(snapshot_date)) from raw.extract),
        true
    ) as dates_not_after_snapshot,
    outcome_of_edition(outcome_code) as outcome_of_edition,
    not_suppressed(concat_ws(chr(10), *columns(service_lists.* exclude (source_row, is_ragged)))) as not_suppressed
from raw.service_lists as service_lists
