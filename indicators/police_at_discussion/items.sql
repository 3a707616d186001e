-- One row per strategy discussion: whether the police took part.
select
    meeting_id as item_id,
    area_code,
    meeting_on as counted_on,
    police_attended as is_met
from marts.meetings
where meeting_type = 'DISCUSSION'
