-- One row per case with a first strategy meeting or a review meeting: from the first of them to the day its outcome was
-- decided. A meeting before the report cannot have been.
with
meetings as (
    select
        area_code,
        case_id,
        min(meeting_on) as first_on
    from marts.meetings
    where meeting_type in ('INITIAL', 'REVIEW')
    group by
        area_code,
        case_id
)

select
    cases.case_id as item_id,
    cases.area_code,
    meetings.first_on as started_on,
    cases.outcome_on as stopped_on,
    case
        when meetings.first_on < cases.received_on then 'not_measurable'
        else null
    end as apart_as,
    cases.role_group
from marts.cases as cases
inner join meetings
    on
        meetings.area_code = cases.area_code
        and meetings.case_id = cases.case_id
