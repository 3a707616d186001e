-- One row per area and service: when it was last heard of, and whether it sent, fell silent or never did.
select
    area,
    service,
    state,
    last_on
from restricted.services
