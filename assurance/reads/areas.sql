-- One row per area: to when its data goes and what is known of it.
select
    area,
    snapshot_on,
    cases,
    open_cases,
    missing_tables,
    quarantined
from restricted.areas
