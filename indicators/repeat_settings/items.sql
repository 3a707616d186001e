-- One row per setting of any report: whether the last one came after another within 36 months.
select
    subject_id as item_id,
    area_code,
    last_on as counted_on,
    is_repeat as is_met
from marts.repeats
where subject = 'SETTING'
