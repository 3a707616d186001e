-- One row per strategy discussion or meeting: from the day it was held to the day its minutes were circulated.
select
    meeting_id as item_id,
    area_code,
    meeting_on as started_on,
    minutes_on as stopped_on,
    meeting_type
from marts.meetings
