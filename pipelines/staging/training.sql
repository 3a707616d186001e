-- One row per row of training, typed; then the facts its rules need.
select
    source_row,
    role_group,
    read_date(period_end) as period_end,
    read_count(in_scope) as in_scope,
    read_count(in_date) as in_date,
    not is_ragged as cells_match_header,
    date_readable(period_end) as period_end_readable,
    count_readable(in_scope) as in_scope_readable,
    count_readable(in_date) as in_date_readable,
    count(*) over (partition by role_group, period_end) = 1 as key_is_single,
    (
        role_group is not null
        and period_end is not null
        and in_scope is not null
        and in_date is not null
    ) as required_cells_filled,
    coalesce(read_count(training.in_date) <= read_count(training.in_scope), true) as in_date_within_scope,
    in_order(read_date(training.period_end), (select max(read_date(snapshot_date)) from raw.extract)) as period_ended
from raw.training as training
