-- One row per row of extract, typed; then the facts its rules need.
with
rows_of_services as (
    select service from raw.service_lists
    union all
    select service from raw.control_totals
),

counting as ( -- the lead service counts as its designated officer; other agencies send no extract of their own
    select distinct case service when 'LADO' then 'LEAD' else service end as service
    from rows_of_services
    where service in ('LADO', 'SS', 'EDU', 'HR', 'POLICE')
)

select
    source_row,
    extract_id,
    area_code,
    source_service,
    source_system,
    read_date(period_start) as period_start,
    read_date(period_end) as period_end,
    read_date(snapshot_date) as snapshot_on,
    procedure_edition,
    schema_version,
    services_included,
    prepared_by_role,
    not is_ragged as cells_match_header,
    date_readable(period_start) as period_start_readable,
    date_readable(period_end) as period_end_readable,
    date_readable(snapshot_date) as snapshot_date_readable,
    codes_listed(services_included, 'source_service') as services_included_listed,
    (
        extract_id is not null
        and area_code is not null
        and source_service is not null
        and source_system is not null
        and period_start is not null
        and period_end is not null
        and snapshot_date is not null
        and procedure_edition is not null
        and schema_version is not null
        and services_included is not null
        and prepared_by_role is not null
    ) as required_cells_filled,
    in_order(read_date(extract.period_start), read_date(extract.period_end)) as period_in_order,
    in_order(read_date(extract.period_end), read_date(snapshot_date)) as period_ended,
    coalesce(
        list_contains(string_split(services_included, ';'), source_service),
        true
    ) as source_service_included,
    coalesce(
        list_has_all(string_split(services_included, ';'), (select list(service) from counting)),
        true
    ) as services_with_rows_included
from raw.extract as extract
