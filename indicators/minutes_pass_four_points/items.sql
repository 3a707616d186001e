-- One row per strategy discussion or meeting whose minutes were audited: whether they have all four things.
select
    meeting_id as item_id,
    area_code,
    meeting_on as counted_on,
    minutes_quality = 4 as is_met,
    meeting_type
from marts.meetings
where minutes_quality is not null
