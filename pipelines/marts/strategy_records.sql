-- One row per strategy discussion or meeting: which files lack the record of it. Those of social services and of human
-- resources always ought to hold it, that of education where the person works in a school or other place of education.
-- What is not on file is not there: blank and not known are no record.
select
    meetings.area_code,
    meetings.meeting_id,
    meetings.case_id,
    meetings.meeting_type,
    meetings.meeting_on,
    case
        when meetings.minutes_on_ss_file = 'Y' then 0
        else 1
    end as lacks_on_ss,
    case
        when meetings.minutes_on_edu_file = 'Y' then 0
        when
            cases.setting_type in (
                'PRIMARY', 'SECONDARY', 'MIDDLE_ALL_THROUGH', 'SPECIAL', 'PRU_EOTAS', 'FE', 'NURSERY_CHILDCARE'
            )
            then 1
        else 0
    end as lacks_on_edu,
    case
        when meetings.minutes_on_hr_file = 'Y' then 0
        else 1
    end as lacks_on_hr
from marts.meetings as meetings
left join marts.cases as cases
    on
        cases.area_code = meetings.area_code
        and cases.case_id = meetings.case_id
