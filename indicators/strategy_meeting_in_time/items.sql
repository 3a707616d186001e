-- One row per case that met the threshold and for which a strategy meeting was decided on: from its report to the first
-- meeting, of whatever kind.
with
meetings as (
    select
        area_code,
        case_id,
        min(meeting_on) as first_on
    from marts.meetings
    where meeting_type in ('INITIAL', 'REVIEW', 'OUTCOME')
    group by
        area_code,
        case_id
)

select
    cases.case_id as item_id,
    cases.area_code,
    cases.received_on as started_on,
    meetings.first_on as stopped_on,
    cases.role_group
from marts.cases as cases
left join meetings
    on
        meetings.area_code = cases.area_code
        and meetings.case_id = cases.case_id
where
    cases.threshold_met = 'Y'
    and cases.meeting_decided = 'Y'
