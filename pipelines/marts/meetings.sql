-- One row per strategy discussion or meeting.
select
    area_code,
    meeting_id,
    case_id,
    meeting_type,
    meeting_on,
    case
        when ';' || attended || ';' like '%;POLICE;%' then true
        else false
    end as police_attended,
    minutes_on,
    minutes_on_ss_file,
    minutes_on_edu_file,
    minutes_on_hr_file,
    minutes_quality,
    joint_decided,
    joint_done
from accepted.meetings
