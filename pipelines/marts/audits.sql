-- One row per area and answer: how many cases had their file examined by somebody who did not make the record, and
-- whether what was found agrees with it. A case examined twice counts with the later answer.
select
    area_code as area,
    coalesce(agrees_with_record, 'U') as agrees,
    cast(count(*) as bigint) as n
from marts.file_audits
where
    is_newest
    and is_of_known_case
group by
    area_code,
    coalesce(agrees_with_record, 'U')
