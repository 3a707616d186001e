-- One row per case: a report received.
select
    case_id as item_id,
    area_code,
    received_on as occurred_on
from marts.cases
