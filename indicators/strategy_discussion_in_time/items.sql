-- One row per case that met the threshold: from its report to the first strategy discussion that the police attended.
with
discussions as (
    select
        area_code,
        case_id,
        min(meeting_on) as first_on
    from marts.meetings
    where
        meeting_type in ('DISCUSSION', 'INITIAL')
        and police_attended
    group by
        area_code,
        case_id
)

select
    cases.case_id as item_id,
    cases.area_code,
    cases.received_on as started_on,
    discussions.first_on as stopped_on,
    cases.role_group
from marts.cases as cases
left join discussions
    on
        discussions.area_code = cases.area_code
        and discussions.case_id = cases.case_id
where cases.threshold_met = 'Y'
