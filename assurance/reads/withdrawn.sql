-- One row per area, snapshots and status: how many cases went from one to the next, as they last stood.
select
    area,
    last_seen_on,
    gone_by,
    status,
    n
from restricted.withdrawn
