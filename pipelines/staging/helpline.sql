-- One row per row of helpline, typed; then the facts its rules need.
select
    source_row,
    channel,
    read_date(period_start) as period_start,
    read_date(period_end) as period_end,
    read_count(contacts) as contacts,
    read_count(converted_to_reports) as converted_to_reports,
    not is_ragged as cells_match_header,
    date_readable(period_start) as period_start_readable,
    date_readable(period_end) as period_end_readable,
    count_readable(contacts) as contacts_readable,
    count_readable(converted_to_reports) as converted_to_reports_readable,
    count(*) over (partition by channel, period_start, period_end) = 1 as key_is_single,
    (
        channel is not null
        and period_start is not null
        and period_end is not null
        and contacts is not null
        and converted_to_reports is not null
    ) as required_cells_filled,
    in_order(read_date(helpline.period_start), read_date(helpline.period_end)) as period_in_order,
    in_order(read_date(helpline.period_end), (select max(read_date(snapshot_date)) from raw.extract)) as period_ended,
    coalesce(
        read_count(helpline.converted_to_reports) <= read_count(helpline.contacts),
        true
    ) as converted_within_contacts
from raw.helpline as helpline
