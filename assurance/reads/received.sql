-- One row per area and month: cases received.
select
    area,
    month,
    n
from restricted.received
where month is not null
