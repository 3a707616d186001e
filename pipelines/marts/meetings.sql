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
    end as police_attended
from accepted.meetings
