-- One row per examination of a file: whether it found an immediate risk to children.
select
    audit_id as item_id,
    area_code,
    audit_on as counted_on,
    case
        when immediate_risk_found = 'Y' then true
        when immediate_risk_found = 'N' then false
        else null
    end as is_met,
    auditor_type
from marts.file_audits
