-- One row per case, recipient and purpose that the record names: whether it is settled, since they were told or a reason
-- not to tell them is on record; and whether one that is not settled need not have been by the snapshot. Of several rows
-- about one recipient and purpose it is enough that one says so. Whether telling was required is not asked.
with
found as (
    select
        area_code,
        case_id,
        recipient,
        purpose,
        max(case when shared_on is not null or has_reason then 1 else 0 end) as settled,
        max(case when is_too_recent then 1 else 0 end) as still_due
    from marts.information
    group by
        area_code,
        case_id,
        recipient,
        purpose
)

select
    area_code,
    case_id,
    recipient,
    purpose,
    settled = 1 as is_settled,
    settled = 0 and still_due = 1 as is_too_recent
from found
