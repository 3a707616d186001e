-- One row per child in a case, with the day on which the report of the case was received.
-- A child has additional learning needs if any provision for them is on record, by today's names or by earlier ones.
-- Who preferred not to give an ethnic group is among those of whom it is not known.
select
    children.area_code,
    children.child_id,
    cases.received_on,
    case
        when coalesce(children.aln_status, 'UNK') = 'UNK' then 'U'
        when children.aln_status = 'NONE' then 'N'
        else 'Y'
    end as has_aln,
    children.age_band,
    children.sex,
    children.looked_after,
    case
        when children.ethnic_group = 'REFUSED' then 'UNK'
        else children.ethnic_group
    end as ethnic_group,
    children.views_recorded,
    children.advocacy_offered
from accepted.children as children
inner join marts.cases as cases
    on
        cases.area_code = children.area_code
        and cases.case_id = children.case_id
