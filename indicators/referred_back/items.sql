-- One row per examination of a file: whether the case was sent back to the authority.
select
    audit_id as item_id,
    area_code,
    audit_on as counted_on,
    case
        when referred_back = 'Y' then true
        when referred_back = 'N' then false
        else null
    end as is_met,
    auditor_type
from marts.file_audits
