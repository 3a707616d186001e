-- One row per row of decisions, typed; then the facts its rules need.
with
parents as (
    select
        case_id as parent_id,
        min(read_date(received_date)) as case_received_on,
        max(case when status = 'CLOSED' then read_date(closed_date) end) as case_closed_on,
        min(threshold_met) as case_threshold_met,
        min(read_date(threshold_decision_date)) as case_threshold_decided_on,
        min(case when status = 'CLOSED' then outcome_code end) as case_outcome_code,
        min(case when status = 'CLOSED' then read_date(outcome_date) end) as case_outcome_on,
        min(read_date(risk_assessment_date)) as case_first_assessed_on
    from raw.cases
    group by case_id
)

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
    coalesce(decision_type <> 'OUTCOME', true) or outcome_of_edition(decision_value) as outcome_of_edition,
    not_suppressed(concat_ws(chr(10), *columns(decisions.* exclude (source_row, is_ragged)))) as not_suppressed,
    in_order(case_received_on, decision_on) as not_before_receipt,
    coalesce(decision_type in ('DISCIPLINARY', 'REFERRAL'), true)
    or in_order(decision_on, case_closed_on) as not_after_closing,
    in_order(decision_on, senior_signoff_on) as signoff_not_before_decision,
    in_order(decision_on, written_confirmation_on) as confirmation_not_before_decision,
    in_order(decision_on, review_due_on) as review_due_not_before_decision,
    in_order(decision_on, reviewed_on) as reviewed_not_before_decision,
    in_order(decision_on, end_on) as ended_not_before_decision,
    in_order(case_first_assessed_on, risk_assessment_on) as risk_assessment_not_before_first,
    (senior_signoff_role is null) = (senior_signoff_date is null) as signoff_whole,
    coalesce(
        decision_type <> 'THRESHOLD' or (
            coalesce(decision_on = case_threshold_decided_on, true)
            and case decision_value
                when 'MET' then case_threshold_met <> 'N'
                when 'NOT_MET' then case_threshold_met <> 'Y'
            end
        ),
        true
    ) as threshold_agrees_with_case,
    coalesce(
        decision_type <> 'OUTCOME' or (
            coalesce(decision_on = case_outcome_on, true)
            and decision_value = case_outcome_code
        ),
        true
    ) as outcome_agrees_with_case,
    count(distinct decision_id) over (
        partition by
            case_id,
            decision_type,
            decision_date,
            decision_time,
            decision_value,
            decision_maker_role,
            forum
    ) <= 1 as not_repeated
from raw.decisions as decisions
left join parents
    on parent_id = case_id
