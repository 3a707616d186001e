-- One row per area and edition of the procedures that it has followed, in order.
select
    area,
    since,
    edition
from restricted.editions
order by
    area,
    place
