-- One row per row of file_audits, typed; then the facts its rules need.
with
parents as (
    select
        case_id as parent_id,
        min(read_date(received_date)) as case_received_on
    from raw.cases
    group by case_id
)

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
    ) as dates_not_after_snapshot,
    not_suppressed(concat_ws(chr(10), *columns(file_audits.* exclude (source_row, is_ragged)))) as not_suppressed,
    in_order(case_received_on, audit_on) as not_before_receipt,
    in_order(audit_on, referred_back_on) as referral_not_before_audit,
    in_order(referred_back_on, referred_back_closed_on) as settled_not_before_referral,
    coalesce(
        case referred_back
            when 'Y' then referred_back_date is not null
            when 'N' then coalesce(referred_back_by, referred_back_date, referred_back_closed_date) is null
        end,
        true
    ) as referral_matches_date
from raw.file_audits as file_audits
left join parents
    on parent_id = case_id
