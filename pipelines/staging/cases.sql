-- One row per row of cases, typed; then the facts its rules need.
with
earlier as ( -- the reports about the same adult that this extract holds from before
    select
        source_row as report_row,
        rank() over (partition by adult_id order by read_date(received_date)) - 1 as earlier_reports
    from raw.cases
    where
        adult_id is not null
        and read_date(received_date) is not null
),

meetings_held as (
    select
        case_id as met_id,
        greatest(
            min(case when meeting_type = 'DISCUSSION' then read_date(meeting_date) end),
            min(case when meeting_type <> 'DISCUSSION' then read_date(meeting_date) end)
        ) as met_on,
        count(case when meeting_type <> 'DISCUSSION' then 1 end) as meetings
    from raw.meetings
    group by case_id
),

children_known as (
    select
        case_id as childs_case_id,
        count(*) as children
    from raw.children
    group by case_id
)

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
    ) as dates_not_after_snapshot,
    outcome_of_edition(outcome_code) as outcome_of_edition,
    not_suppressed(concat_ws(chr(10), *columns(cases.* exclude (source_row, is_ragged)))) as not_suppressed,
    in_order(concern_aware_on, received_on) as concern_not_after_receipt,
    in_order(received_on, threshold_decision_on) as threshold_decision_not_before_receipt,
    not in_order(received_on, outcome_on)
    or in_order(threshold_decision_on, outcome_on) as outcome_not_before_threshold_decision,
    not in_order(received_on, outcome_on)
    or in_order(met_on, outcome_on) as outcome_not_before_meeting,
    in_order(received_on, outcome_on) as outcome_not_before_receipt,
    in_order(received_on, closed_on) as closed_not_before_receipt,
    coalesce(status <> 'CLOSED', true)
    or not in_order(received_on, closed_on)
    or in_order(outcome_on, closed_on) as closed_not_before_outcome,
    not in_order(concern_aware_on, received_on)
    or in_order(
        concern_aware_on,
        least(
            immediate_risk_on,
            risk_assessment_on,
            removal_on,
            employer_action_on,
            hearing_on,
            dbs_referral_on,
            regulator_referral_on
        )
    ) as nothing_before_concern,
    in_order(least(exit_on, removal_on), dbs_referral_on) as dbs_referral_not_before_leaving,
    in_order( -- an extract holds what was open in its period: a case from before these years stayed open all along
        (select cast(min(read_date(period_start)) - interval 5 year as date) from raw.extract),
        received_on
    ) as received_near_period,
    coalesce(read_count(prior_reports_count) < 50, true) as prior_reports_plausible,
    coalesce(read_count(prior_reports_count) >= earlier_reports, true) as prior_reports_cover_extract,
    coalesce(
        case status
            when 'CLOSED' then closed_date is not null
            when 'OPEN' then closed_date is null
        end,
        true
    ) as closing_matches_status,
    coalesce(status <> 'CLOSED' or outcome_code <> 'OPEN', true) as closed_case_not_ongoing,
    coalesce(
        case
            when outcome_code in ('SUB', 'UNS', 'UNF', 'FAL', 'MAL') then outcome_date is not null
            when outcome_code in ('OPEN', 'UNK') then outcome_date is null
        end,
        true
    ) as outcome_matches_date,
    coalesce((exit_type = 'NONE') = (exit_date is null), true) as exit_matches_date,
    coalesce(
        case immediate_risk
            when 'Y' then immediate_risk_date is not null
            when 'N' then immediate_risk_date is null
        end,
        true
    ) as immediate_risk_matches_date,
    coalesce(list_contains(string_split(harm_categories, ';'), harm_category), true) as main_harm_among_all,
    coalesce(
        case
            when (select count(*) from raw.children) = 0 then true
            when identifiable_child = 'Y' then children is not null
            when identifiable_child = 'N' then children is null
        end,
        true
    ) as children_match,
    coalesce(meeting_decided <> 'N' or meetings = 0, true) as meeting_was_decided,
    coalesce(
        police_involved <> 'N' or criminal_outcome not in ('CAUTION', 'CHARGED', 'CONVICTED', 'ACQUITTED'),
        true
    ) as criminal_outcome_involves_police,
    coalesce(exit_type <> 'DISMISSED' or disciplinary_result = 'DISMISSED', true) as dismissal_is_the_result,
    coalesce(
        dbs_duty_met <> 'Y' or exit_type <> 'NONE' or removal_date is not null,
        true
    ) as dbs_duty_follows_leaving,
    coalesce(dbs_duty_met <> 'N' or dbs_referral_date is null, true) as dbs_referral_matches_duty,
    coalesce(regulator_code <> 'NONE' or regulator_referral_date is null, true) as regulator_named
from raw.cases as cases
left join earlier
    on report_row = source_row
left join meetings_held
    on met_id = case_id
left join children_known
    on childs_case_id = case_id
