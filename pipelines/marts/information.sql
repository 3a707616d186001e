-- One row per person or body that had to be told: of which case, what about, by when, and whether they were. A reason
-- not to tell counts as one only if it says what it is.
select
    shares.area_code,
    shares.share_id,
    shares.case_id,
    shares.recipient,
    shares.purpose,
    shares.required,
    cases.received_on,
    shares.due_on,
    shares.shared_on,
    coalesce(shares.not_shared_reason, 'NOT_RECORDED') <> 'NOT_RECORDED' as has_reason,
    case
        when shares.shared_on is null and shares.due_on >= snapshots.snapshot_on then true
        else false
    end as is_too_recent
from accepted.information_sharing as shares
inner join marts.cases as cases
    on
        cases.area_code = shares.area_code
        and cases.case_id = shares.case_id
inner join marts.snapshots as snapshots
    on snapshots.area_code = shares.area_code
