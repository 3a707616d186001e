-- One row per row of control_totals, typed; then the facts its rules need.
-- A service's own totals are held against the rows it sends, where those can be counted exactly: what happened in periods
-- within the extract's, and what stood on the day of the snapshot. What has no day might belong to any period.
with recursive
sent as (
    select
        min(case source_service when 'LEAD' then 'LADO' else source_service end) as own_service,
        min(read_date(period_start)) as sent_from,
        least(min(read_date(period_end)), min(read_date(snapshot_date))) as sent_to,
        min(read_date(snapshot_date)) as sent_as_at
    from raw.extract
),

known_cases as (
    select
        case_id,
        min(adult_id) as adult_id,
        min(status) as status,
        min(read_date(received_date)) as received_on,
        min(read_date(closed_date)) as closed_on,
        min(read_date(exit_date)) as exit_on
    from raw.cases
    group by case_id
),

safeguards as (
    select
        case_id,
        decision_value,
        read_date(end_date) as end_on,
        row_number() over (
            partition by case_id
            order by read_date(decision_date) desc nulls last, decision_time desc nulls last, decision_id desc
        ) as newest
    from raw.decisions
    where
        decision_type in ('SAFEGUARD', 'REVIEW')
        and decision_value <> 'NOT_RECORDED'
),

happened as (
    select 'CASES_RECEIVED' as kind, received_on as happened_on from known_cases
    union all
    -- a reopened case was closed some day that is no longer on record
    select 'CASES_CLOSED' as kind, case status when 'CLOSED' then closed_on end as happened_on from known_cases
    where status in ('CLOSED', 'REOPENED')
    union all
    select 'STRATEGY_MEETINGS' as kind, min(read_date(meeting_date)) as happened_on from raw.meetings
    where meeting_type <> 'DISCUSSION'
    group by meeting_id
),

so_far as (
    select
        kind,
        happened_on,
        sum(count(*)) over (partition by kind order by happened_on) as happenings
    from happened
    where happened_on is not null
    group by kind, happened_on
),

undated as (
    select
        kind as undated_kind,
        count(*) as undated
    from happened
    where happened_on is null
    group by kind
),

standing as (
    select
        'CASES_OPEN' as standing_kind,
        count(*) as stood
    from known_cases
    where status <> 'CLOSED'
    union all
    select
        'SUSPENSIONS_CURRENT' as standing_kind,
        count(distinct coalesce(adult_id, case_id)) as stood
    from known_cases
    inner join safeguards
        using (case_id)
    where
        newest = 1
        and decision_value = 'SUSPENDED'
        and end_on is null
        and exit_on is null
),

totals as (
    select
        source_row as total_row,
        service as total_service,
        measure as total_measure,
        read_date(period_start) as total_from,
        read_date(period_end) as total_to,
        read_count(value) as total
    from raw.control_totals
),

compared as (
    select
        total_row as compared_row,
        case
            when total_measure in ('CASES_OPEN', 'SUSPENSIONS_CURRENT') then total_to <> sent_as_at or total = stood
            else
                total_from < sent_from
                or total_to > sent_to
                or abs(
                    total - (coalesce(until_end.happenings, 0) - coalesce(until_start.happenings, 0))
                ) <= coalesce(undated, 0)
        end as agrees
    from totals
    inner join sent
        on own_service = total_service
    left join undated
        on undated_kind = total_measure
    left join standing
        on standing_kind = total_measure
    asof left join so_far as until_end
        on
            until_end.kind = total_measure
            and until_end.happened_on <= total_to
    asof left join so_far as until_start
        on
            until_start.kind = total_measure
            and until_start.happened_on < total_from
),

-- From the first day of a total, one after the other, the longest shorter period that begins where the last one ended.
parts as (
    select
        total_row,
        total_from as next_from,
        0 as summed
    from totals
    where
        total_measure in ('CASES_RECEIVED', 'CASES_CLOSED', 'STRATEGY_MEETINGS')
        and total_from <= total_to
    union all
    select
        parts.total_row,
        cast(part.total_to + interval 1 day as date) as next_from,
        parts.summed + part.total as summed
    from parts
    inner join totals as whole
        on whole.total_row = parts.total_row
    inner join totals as part
        on
            part.total_service = whole.total_service
            and part.total_measure = whole.total_measure
            and part.total_from = parts.next_from
            and part.total_to between part.total_from and whole.total_to
            and (part.total_from, part.total_to) <> (whole.total_from, whole.total_to)
    qualify row_number() over (partition by parts.total_row order by part.total_to desc, part.total_row) = 1
),

added_up as (
    select
        total_row as added_row,
        summed = total as adds_up
    from parts
    inner join totals
        using (total_row)
    where next_from = total_to + interval 1 day
)

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
    ) as required_cells_filled,
    in_order(read_date(control_totals.period_start), read_date(control_totals.period_end)) as period_in_order,
    in_order(
        read_date(control_totals.period_end),
        (select max(read_date(snapshot_date)) from raw.extract)
    ) as period_ended,
    coalesce(adds_up, true) as parts_add_up,
    coalesce(measure <> 'CASES_RECEIVED' or agrees, true) as cases_received_agree,
    coalesce(measure <> 'CASES_OPEN' or agrees, true) as cases_open_agree,
    coalesce(measure <> 'CASES_CLOSED' or agrees, true) as cases_closed_agree,
    coalesce(measure <> 'SUSPENSIONS_CURRENT' or agrees, true) as suspensions_agree,
    coalesce(measure <> 'STRATEGY_MEETINGS' or agrees, true) as strategy_meetings_agree
from raw.control_totals as control_totals
left join compared
    on compared_row = source_row
left join added_up
    on added_row = source_row
