-- One row per row of meetings, typed; then the facts its rules need.
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
    coalesce(
        read_date(meeting_date) >= (
            select min(read_date(cases.received_date)) from raw.cases where cases.case_id = meetings.case_id
        ),
        true
    ) as not_before_receipt
from raw.meetings
