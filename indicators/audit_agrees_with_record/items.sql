-- One row per examination of a file: whether what was found agrees with the record.
select
    audit_id as item_id,
    area_code,
    audit_on as counted_on,
    case
        when agrees_with_record = 'Y' then true
        when agrees_with_record = 'N' then false
        else null
    end as is_met,
    auditor_type,
    threshold_met
from marts.file_audits
