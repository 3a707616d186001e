-- One row per case in which the person left: in what way, and whether risk was assessed by then.
select
    case_id as item_id,
    area_code,
    exit_on as counted_on,
    exit_type,
    risk_assessed_first
from marts.exits
