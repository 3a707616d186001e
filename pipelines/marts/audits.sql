-- One row per area and answer: how many cases had their file examined by somebody who did not make the record, and
-- whether what was found agrees with it. A case examined twice counts with the later answer.
with
placed as (
    select
        audits.area_code,
        audits.case_id,
        audits.agrees_with_record,
        row_number() over (
            partition by audits.area_code, audits.case_id
            order by audits.audit_on desc, audits.audit_id desc
        ) as newest
    from accepted.file_audits as audits
    inner join marts.cases as cases
        on
            cases.area_code = audits.area_code
            and cases.case_id = audits.case_id
)

select
    area_code as area,
    coalesce(agrees_with_record, 'U') as agrees,
    cast(count(*) as bigint) as n
from placed
where newest = 1
group by
    area_code,
    coalesce(agrees_with_record, 'U')
