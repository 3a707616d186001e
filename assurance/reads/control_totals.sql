-- One row per area and total that a service counted itself: what it states, and what the rows give.
select
    area,
    service,
    measure,
    period_start,
    period_end,
    stated,
    counted
from restricted.control_totals
