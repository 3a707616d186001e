-- One row per row of file_audits, typed; then the facts its rules need.
select
    source_row,
    audit_id,
    case_id,
    auditor_type,
    read_date(audit_date) as audit_on,
    grade,
    finding_codes,
    immediate_risk_found,
    referred_back,
    referred_back_by,
    read_date(referred_back_date) as referred_back_on,
    read_date(referred_back_closed_date) as referred_back_closed_on,
    agrees_with_record,
    not is_ragged as cells_match_header,
    coalesce(case_id in (select case_id from raw.cases), false) as case_id_known,
    date_readable(audit_date) as audit_date_readable,
    codes_listed(finding_codes, 'finding') as finding_codes_listed,
    date_readable(referred_back_date) as referred_back_date_readable,
    date_readable(referred_back_closed_date) as referred_back_closed_date_readable,
    (
        audit_id is not null
        and case_id is not null
        and auditor_type is not null
        and audit_date is not null
        and grade is not null
        and immediate_risk_found is not null
        and referred_back is not null
        and agrees_with_record is not null
    ) as required_cells_filled,
    coalesce(
        greatest(
            read_date(audit_date),
            read_date(referred_back_date),
            read_date(referred_back_closed_date)
        ) <= (select max(read_date(snapshot_date)) from raw.extract),
        true
    ) as dates_not_after_snapshot
from raw.file_audits
