-- One row per row of cases, typed; then the facts its rules need.
select
    source_row,
    case_id,
    adult_id,
    setting_id,
    read_date(received_date) as received_on,
    read_time(received_time) as received_time,
    read_date(concern_aware_date) as concern_aware_on,
    incident_period,
    report_source,
    role_group,
    setting_type,
    employer_type,
    work_context,
    threshold_criteria,
    threshold_met,
    read_date(threshold_decision_date) as threshold_decision_on,
    threshold_rationale_recorded,
    recorded_against_adult,
    harm_category,
    harm_categories,
    restraint_involved,
    identifiable_child,
    immediate_risk,
    read_date(immediate_risk_date) as immediate_risk_on,
    read_count(prior_reports_count) as prior_reports_count,
    police_involved,
    s47_linked,
    criminal_outcome,
    meeting_decided,
    read_date(risk_assessment_date) as risk_assessment_on,
    status,
    read_date(closed_date) as closed_on,
    outcome_code,
    read_date(outcome_date) as outcome_on,
    outcome_forum,
    exit_type,
    read_date(exit_date) as exit_on,
    reference_agreed,
    read_date(removal_date) as removal_on,
    disciplinary_result,
    read_date(employer_action_date) as employer_action_on,
    read_date(hearing_date) as hearing_on,
    dbs_duty_met,
    read_date(dbs_referral_date) as dbs_referral_on,
    regulator_code,
    read_date(regulator_referral_date) as regulator_referral_on,
    named_contact_given,
    not is_ragged as cells_match_header,
    date_readable(received_date) as received_date_readable,
    time_readable(received_time) as received_time_readable,
    date_readable(concern_aware_date) as concern_aware_date_readable,
    codes_listed(threshold_criteria, 'threshold_criteria') as threshold_criteria_listed,
    date_readable(threshold_decision_date) as threshold_decision_date_readable,
    codes_listed(harm_categories, 'harm_category') as harm_categories_listed,
    date_readable(immediate_risk_date) as immediate_risk_date_readable,
    count_readable(prior_reports_count) as prior_reports_count_readable,
    date_readable(risk_assessment_date) as risk_assessment_date_readable,
    date_readable(closed_date) as closed_date_readable,
    date_readable(outcome_date) as outcome_date_readable,
    date_readable(exit_date) as exit_date_readable,
    date_readable(removal_date) as removal_date_readable,
    date_readable(employer_action_date) as employer_action_date_readable,
    date_readable(hearing_date) as hearing_date_readable,
    date_readable(dbs_referral_date) as dbs_referral_date_readable,
    date_readable(regulator_referral_date) as regulator_referral_date_readable,
    (
        case_id is not null
        and adult_id is not null
        and received_date is not null
        and incident_period is not null
        and report_source is not null
        and role_group is not null
        and setting_type is not null
        and employer_type is not null
        and work_context is not null
        and threshold_criteria is not null
        and threshold_met is not null
        and threshold_rationale_recorded is not null
        and recorded_against_adult is not null
        and harm_category is not null
        and restraint_involved is not null
        and identifiable_child is not null
        and immediate_risk is not null
        and prior_reports_count is not null
        and police_involved is not null
        and s47_linked is not null
        and criminal_outcome is not null
        and meeting_decided is not null
        and status is not null
        and outcome_code is not null
        and exit_type is not null
        and reference_agreed is not null
        and disciplinary_result is not null
        and dbs_duty_met is not null
        and regulator_code is not null
        and named_contact_given is not null
    ) as required_cells_filled,
    coalesce(
        greatest(
            read_date(received_date),
            read_date(concern_aware_date),
            read_date(threshold_decision_date),
            read_date(immediate_risk_date),
            read_date(risk_assessment_date),
            read_date(closed_date),
            read_date(outcome_date),
            read_date(exit_date),
            read_date(removal_date),
            read_date(employer_action_date),
            read_date(hearing_date),
            read_date(dbs_referral_date),
            read_date(regulator_referral_date)
        ) <= (select max(read_date(snapshot_date)) from raw.extract),
        true
    ) as dates_not_after_snapshot
from raw.cases
