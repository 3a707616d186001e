-- One row per case and impossibility: dates that cannot all be right. Only dates that are there are compared, and the same
-- day is possible. A decision before its risk assessment or before advice is a finding of its own, and none of these.
with
meetings_held as ( -- a meeting of a kind that is not recorded is neither a discussion nor one of the others
    select
        area_code,
        case_id,
        min(meeting_on) as first_on,
        max(meeting_on) as last_on,
        min(case when meeting_type = 'DISCUSSION' then meeting_on else null end) as first_discussion_on,
        min(case when meeting_type = 'INITIAL' then meeting_on else null end) as first_initial_on,
        min(case when meeting_type in ('REVIEW', 'OUTCOME') then meeting_on else null end) as first_later_on,
        min(case when meeting_type in ('INITIAL', 'REVIEW', 'OUTCOME') then meeting_on else null end) as first_other_on
    from marts.meetings
    group by
        area_code,
        case_id
),

with_meetings as (
    select
        cases.area_code,
        cases.case_id,
        case
            when meetings_held.first_on < cases.received_on then 'meeting_too_early'
            when meetings_held.first_on < cases.threshold_decision_on then 'meeting_too_early'
            else null
        end as too_early,
        case
            when meetings_held.first_initial_on < meetings_held.first_discussion_on then 'meetings_out_of_order'
            when meetings_held.first_later_on < meetings_held.first_initial_on then 'meetings_out_of_order'
            else null
        end as out_of_order,
        case
            when cases.outcome_on < meetings_held.first_discussion_on then 'outcome_too_early'
            when cases.outcome_on < meetings_held.first_other_on then 'outcome_too_early'
            else null
        end as outcome_too_early,
        case
            when cases.status = 'CLOSED' and meetings_held.last_on > cases.closed_on then 'meeting_after_closing'
            else null
        end as after_closing
    from marts.cases as cases
    inner join meetings_held
        on
            meetings_held.area_code = cases.area_code
            and meetings_held.case_id = cases.case_id
),

happened as ( -- what is in the past by what it is
    select area_code, case_id, received_on as happened_on from marts.cases
    union all
    select area_code, case_id, threshold_decision_on as happened_on from marts.cases
    union all
    select area_code, case_id, outcome_on as happened_on from marts.cases
    union all
    select area_code, case_id, closed_on as happened_on from marts.cases
    union all
    select area_code, case_id, exit_on as happened_on from marts.cases
    union all
    select area_code, case_id, meeting_on as happened_on from marts.meetings
    union all
    select area_code, case_id, decision_on as happened_on from accepted.decisions
    union all
    select area_code, case_id, completed_on as happened_on from accepted.actions
),

found as (
    select area_code, case_id, 'concern_after_report' as impossibility
    from marts.cases
    where concern_aware_on > received_on
    union all
    select area_code, case_id, 'threshold_before_report' as impossibility
    from marts.cases
    where threshold_decision_on < received_on
    union all
    select area_code, case_id, too_early as impossibility
    from with_meetings
    where too_early is not null
    union all
    select area_code, case_id, out_of_order as impossibility
    from with_meetings
    where out_of_order is not null
    union all
    select area_code, case_id, outcome_too_early as impossibility
    from with_meetings
    where outcome_too_early is not null
    union all
    select area_code, case_id, 'outcome_too_early' as impossibility
    from marts.cases
    where outcome_on < received_on or outcome_on < threshold_decision_on
    union all
    select area_code, case_id, 'closed_too_early' as impossibility
    from marts.cases
    where closed_on < received_on or (status = 'CLOSED' and closed_on < outcome_on)
    union all
    select area_code, case_id, after_closing as impossibility
    from with_meetings
    where after_closing is not null
    union all
    select area_code, case_id, 'barring_referral_before_leaving' as impossibility
    from marts.cases
    where dbs_referral_on < least(exit_on, removal_on)
    union all
    select decisions.area_code, decisions.case_id, 'safeguard_too_early' as impossibility
    from marts.safeguard_decisions as decisions
    inner join marts.cases as cases
        on
            cases.area_code = decisions.area_code
            and cases.case_id = decisions.case_id
    where decisions.decision_on < cases.received_on
    union all
    select area_code, case_id, 'safeguard_ends_before_it_begins' as impossibility
    from marts.safeguard_decisions
    where written_confirmation_on < decision_on or end_on < decision_on
    union all
    select area_code, case_id, 'action_done_before_agreed' as impossibility
    from accepted.actions
    where completed_on < agreed_on
    union all
    select area_code, case_id, 'minutes_before_meeting' as impossibility
    from marts.meetings
    where minutes_on < meeting_on
    union all
    select happened.area_code, happened.case_id, 'after_snapshot' as impossibility
    from happened
    inner join marts.snapshots as snapshots
        on snapshots.area_code = happened.area_code
    where happened.happened_on > snapshots.snapshot_on
)

select distinct
    area_code,
    case_id,
    impossibility
from found
