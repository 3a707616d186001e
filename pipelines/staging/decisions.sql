-- One row per row of decisions, typed; then the facts its rules need.
select
    source_row,
    decision_id,
    case_id,
    decision_type,
    read_date(decision_date) as decision_on,
    read_time(decision_time) as decision_time,
    decision_value,
    alternatives_used,
    decision_maker_role,
    forum,
    read_date(risk_assessment_date) as risk_assessment_on,
    alternatives_considered,
    alternatives_rejected_reason_recorded,
    access_to_children_removed,
    override_reasons,
    senior_signoff_role,
    read_date(senior_signoff_date) as senior_signoff_on,
    read_date(written_confirmation_date) as written_confirmation_on,
    read_date(review_due_date) as review_due_on,
    read_date(reviewed_date) as reviewed_on,
    read_date(end_date) as end_on,
    not is_ragged as cells_match_header,
    coalesce(case_id in (select case_id from raw.cases), false) as case_id_known,
    date_readable(decision_date) as decision_date_readable,
    time_readable(decision_time) as decision_time_readable,
    codes_listed(
        decision_value,
        case decision_type
            when 'THRESHOLD' then 'threshold_decision'
            when 'SAFEGUARD' then 'safeguard_decision'
            when 'REVIEW' then 'safeguard_decision'
            when 'OUTCOME' then 'outcome_code'
            when 'DISCIPLINARY' then 'disciplinary_result'
            when 'REFERRAL' then 'referral_decision'
        end
    ) as decision_value_listed,
    codes_listed(alternatives_used, 'alternative') as alternatives_used_listed,
    date_readable(risk_assessment_date) as risk_assessment_date_readable,
    codes_listed(alternatives_considered, 'alternative') as alternatives_considered_listed,
    codes_listed(override_reasons, 'override_reason') as override_reasons_listed,
    date_readable(senior_signoff_date) as senior_signoff_date_readable,
    date_readable(written_confirmation_date) as written_confirmation_date_readable,
    date_readable(review_due_date) as review_due_date_readable,
    date_readable(reviewed_date) as reviewed_date_readable,
    date_readable(end_date) as end_date_readable,
    (
        decision_id is not null
        and case_id is not null
        and decision_type is not null
        and decision_date is not null
        and decision_value is not null
        and decision_maker_role is not null
        and forum is not null
        and alternatives_rejected_reason_recorded is not null
        and access_to_children_removed is not null
    ) as required_cells_filled,
    coalesce(
        greatest(
            read_date(decision_date),
            read_date(risk_assessment_date),
            read_date(senior_signoff_date),
            read_date(written_confirmation_date),
            read_date(reviewed_date),
            read_date(end_date)
        ) <= (select max(read_date(snapshot_date)) from raw.extract),
        true
    ) as dates_not_after_snapshot,
    coalesce(
        read_date(decision_date) >= (
            select min(read_date(cases.received_date)) from raw.cases where cases.case_id = decisions.case_id
        ),
        true
    ) as not_before_receipt
from raw.decisions
