-- One row per area and answer: how many cases had their file examined, and whether it agrees with the record.
select
    area,
    agrees,
    n
from restricted.audits
