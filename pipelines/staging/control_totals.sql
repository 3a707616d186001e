-- One row per row of control_totals, typed; then the facts its rules need.
select
    source_row,
    service,
    measure,
    read_date(period_start) as period_start,
    read_date(period_end) as period_end,
    read_count(value) as value,
    not is_ragged as cells_match_header,
    date_readable(period_start) as period_start_readable,
    date_readable(period_end) as period_end_readable,
    count_readable(value) as value_readable,
    count(*) over (partition by service, measure, period_start, period_end) = 1 as key_is_single,
    (
        service is not null
        and measure is not null
        and period_start is not null
        and period_end is not null
        and value is not null
    ) as required_cells_filled
from raw.control_totals
