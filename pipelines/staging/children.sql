-- One row per row of children, typed; then the facts its rules need.
with
parents as (
    select
        case_id as parent_id,
        min(read_date(received_date)) as case_received_on
    from raw.cases
    group by case_id
)

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
    ) as required_cells_filled,
    not_suppressed(concat_ws(chr(10), *columns(children.* exclude (source_row, is_ragged)))) as not_suppressed,
    coalesce(
        -- additional learning needs replaced special educational needs throughout in September 2025
        aln_status not in ('SA', 'SAP', 'STMT') or case_received_on < date '2025-09-01',
        true
    ) as aln_status_in_force,
    coalesce(aln_status <> 'NONE' or aln_needs is null, true) as needs_match_status
from raw.children as children
left join parents
    on parent_id = case_id
