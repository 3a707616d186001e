-- One row per examination of a case's file by somebody who did not make the record; of several of one case, the newest is
-- marked. One whose case is not on record tells what was found all the same.
select
    audits.area_code,
    audits.audit_id,
    audits.case_id,
    audits.auditor_type,
    audits.audit_on,
    audits.immediate_risk_found,
    audits.referred_back,
    audits.referred_back_by,
    coalesce(audits.referred_back_on, audits.audit_on) as referred_back_on,
    audits.referred_back_closed_on,
    audits.agrees_with_record,
    cases.threshold_met,
    cases.case_id is not null as is_of_known_case,
    row_number() over (
        partition by audits.area_code, audits.case_id
        order by
            case when audits.audit_on is null then 1 else 0 end,
            audits.audit_on desc,
            audits.audit_id desc
    ) = 1 as is_newest
from accepted.file_audits as audits
left join marts.cases as cases
    on
        cases.area_code = audits.area_code
        and cases.case_id = audits.case_id
