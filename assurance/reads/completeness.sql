-- One row per area, service, table and column that has to be filled: of how many cells it is known what they say.
select
    area,
    service,
    "table",
    "column",
    known,
    expected
from restricted.completeness
