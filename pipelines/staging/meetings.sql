-- One row per row of meetings, typed; then the facts its rules need.
with
parents as (
    select
        case_id as parent_id,
        min(read_date(received_date)) as case_received_on,
        max(case when status = 'CLOSED' then read_date(closed_date) end) as case_closed_on,
        min(read_date(threshold_decision_date)) as case_threshold_decided_on
    from raw.cases
    group by case_id
),

firsts as (
    select
        case_id as met_id,
        min(case when meeting_type = 'DISCUSSION' then read_date(meeting_date) end) as discussed_on,
        min(case when meeting_type = 'INITIAL' then read_date(meeting_date) end) as first_met_on
    from raw.meetings
    group by case_id
)

select
    source_row,
    meeting_id,
    case_id,
    meeting_type,
    read_date(meeting_date) as meeting_on,
    chair_role,
    attended,
    read_date(minutes_date) as minutes_on,
    minutes_on_ss_file,
    minutes_on_edu_file,
    minutes_on_hr_file,
    read_count(minutes_quality) as minutes_quality,
    joint_decided,
    joint_done,
    not is_ragged as cells_match_header,
    coalesce(case_id in (select case_id from raw.cases), false) as case_id_known,
    date_readable(meeting_date) as meeting_date_readable,
    codes_listed(attended, 'agency') as attended_listed,
    date_readable(minutes_date) as minutes_date_readable,
    count_readable(minutes_quality) as minutes_quality_readable,
    (
        meeting_id is not null
        and case_id is not null
        and meeting_type is not null
        and meeting_date is not null
        and chair_role is not null
        and attended is not null
        and minutes_on_ss_file is not null
        and minutes_on_edu_file is not null
        and minutes_on_hr_file is not null
        and joint_decided is not null
        and joint_done is not null
    ) as required_cells_filled,
    coalesce(
        greatest(
            read_date(meeting_date),
            read_date(minutes_date)
        ) <= (select max(read_date(snapshot_date)) from raw.extract),
        true
    ) as dates_not_after_snapshot,
    not_suppressed(concat_ws(chr(10), *columns(meetings.* exclude (source_row, is_ragged)))) as not_suppressed,
    in_order(case_received_on, meeting_on) as not_before_receipt,
    not in_order(case_received_on, meeting_on)
    or in_order(case_threshold_decided_on, meeting_on) as not_before_threshold_decision,
    in_order(meeting_on, case_closed_on) as not_after_closing,
    case
        when not in_order(case_received_on, meeting_on) then true
        when meeting_type = 'INITIAL' then in_order(discussed_on, meeting_on)
        when meeting_type in ('REVIEW', 'OUTCOME') then in_order(greatest(discussed_on, first_met_on), meeting_on)
        else true
    end as in_order_of_kind,
    in_order(meeting_on, minutes_on) as minutes_not_before_meeting,
    coalesce(read_count(meetings.minutes_quality) <= 4, true) as minutes_quality_in_range,
    count(distinct meeting_id) over (partition by case_id, meeting_type, meeting_date, chair_role, attended) <= 1 as not_repeated
from raw.meetings as meetings
left join parents
    on parent_id = case_id
left join firsts
    on met_id = case_id
