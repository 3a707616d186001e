-- One row per case: from the day its concern became known to the day it was reported.
select
    case_id as item_id,
    area_code,
    concern_aware_on as started_on,
    received_on as stopped_on,
    coalesce(concern_aware_on, received_on) as counted_on,
    report_source
from marts.cases
