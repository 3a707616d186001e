-- One row per strategy discussion or meeting: whether the record of it is on the file of social services.
select
    meeting_id as item_id,
    area_code,
    meeting_on as counted_on,
    lacks_on_ss = 0 as is_met,
    meeting_type
from marts.strategy_records
