-- One row per area, service that sent an extract, and table: what became of its rows.
select
    area,
    service,
    snapshot_on,
    rules_run,
    "table",
    read,
    accepted,
    quarantined
from restricted.arrivals
