-- One row per case in which the person left before an outcome was decided: whether there is one all the same. An open
-- case has twelve months from the day the person left.
with
judged as (
    select
        case_id,
        area_code,
        exit_on,
        exit_type,
        is_within_a_year,
        outcome_code in ('SUB', 'UNS', 'UNF', 'FAL', 'MAL') as has_outcome,
        coalesce(status, 'OPEN') = 'CLOSED' as is_closed
    from marts.exits
    where
        exit_type in (
            'RESIGNED', 'REDUNDANCY', 'RETIRED', 'SETTLEMENT', 'CONTRACT_END', 'AGENCY_RELEASED', 'DEREGISTERED'
        )
        and coalesce(threshold_met, 'U') <> 'N'
        and is_before_outcome
)

select
    case_id as item_id,
    area_code,
    exit_on as counted_on,
    case
        when has_outcome then true
        when exit_on is null and not is_closed then null
        else false
    end as is_met,
    case
        when is_within_a_year and not has_outcome and not is_closed then 'too_recent'
        else null
    end as apart_as,
    exit_type
from judged
