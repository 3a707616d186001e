-- One row per area, month of receipt (null where it is not known), service, aspect and finding: how many cases the lead
-- service and that service both hold or only one of them does, and of those both hold, on how many they agree. Under
-- the service ANY a case on some current list counts once, as one on which any of them differs or none does.
with
anywhere as (
    select
        area_code,
        case_id,
        min(received_on) as received_on,
        max(
            case
                when received = 'differs' or decision = 'differs' or decided_on = 'differs' or outcome = 'differs' then 1
                else 0
            end
        ) as differs
    from marts.service_records
    where
        held_by = 'both'
        and is_current
    group by
        area_code,
        case_id
),

found as (
    select
        area_code,
        received_on,
        service,
        'held_by' as aspect,
        held_by as finding
    from marts.service_records
    union all
    select
        area_code,
        received_on,
        service,
        'received' as aspect,
        received as finding
    from marts.service_records
    where received is not null
    union all
    select
        area_code,
        received_on,
        service,
        'decision' as aspect,
        decision as finding
    from marts.service_records
    where decision is not null
    union all
    select
        area_code,
        received_on,
        service,
        'decided_on' as aspect,
        decided_on as finding
    from marts.service_records
    where decided_on is not null
    union all
    select
        area_code,
        received_on,
        service,
        'outcome' as aspect,
        outcome as finding
    from marts.service_records
    where outcome is not null
    union all
    select
        area_code,
        received_on,
        service,
        'file_held' as aspect,
        file_held as finding
    from marts.service_records
    where file_held is not null
    union all
    select
        area_code,
        received_on,
        service,
        'strategy_record' as aspect,
        strategy_record as finding
    from marts.service_records
    where strategy_record is not null
    union all
    select
        area_code,
        received_on,
        'ANY' as service,
        'anywhere' as aspect,
        case
            when differs = 1 then 'differs'
            else 'agrees'
        end as finding
    from anywhere
)

select
    area_code as area,
    cast(date_trunc('month', received_on) as date) as month,
    service,
    aspect,
    finding,
    cast(count(*) as bigint) as n
from found
group by
    area_code,
    cast(date_trunc('month', received_on) as date),
    service,
    aspect,
    finding
