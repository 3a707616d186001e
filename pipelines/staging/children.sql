-- One row per row of children, typed; then the facts its rules need.
select
    source_row,
    child_id,
    case_id,
    age_band,
    sex,
    ethnic_group,
    aln_status,
    aln_needs,
    disability,
    looked_after,
    cp_register,
    welsh_medium,
    views_recorded,
    advocacy_offered,
    not is_ragged as cells_match_header,
    coalesce(case_id in (select case_id from raw.cases), false) as case_id_known,
    codes_listed(aln_needs, 'aln_need') as aln_needs_listed,
    (
        child_id is not null
        and case_id is not null
        and age_band is not null
        and sex is not null
        and ethnic_group is not null
        and aln_status is not null
        and disability is not null
        and looked_after is not null
        and cp_register is not null
        and welsh_medium is not null
        and views_recorded is not null
        and advocacy_offered is not null
    ) as required_cells_filled
from raw.children
