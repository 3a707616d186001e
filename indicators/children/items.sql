-- One row per child in a case, by the day the report was received: what is known of the child.
select
    child_id as item_id,
    area_code,
    received_on as counted_on,
    has_aln,
    age_band,
    sex,
    looked_after,
    ethnic_group
from marts.children
