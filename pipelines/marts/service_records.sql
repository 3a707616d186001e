-- One row per area, case and service that sends a list of its cases: who holds the case, and whether what the service's
-- list states agrees with the lead service's record. A blank or an unknown outcome states nothing. The decision is the
-- first on the safeguard; a record of the strategy discussion is asked for only where one was held. A list is current
-- if an extract in force includes its service.
with
services as (
    select
        lists.area_code,
        lists.service,
        max(
            case
                when extracts.source_service = lists.service then 1
                when lists.service = 'SS' and ';' || extracts.services_included || ';' like '%;SS;%' then 1
                when lists.service = 'EDU' and ';' || extracts.services_included || ';' like '%;EDU;%' then 1
                when lists.service = 'HR' and ';' || extracts.services_included || ';' like '%;HR;%' then 1
                when lists.service = 'POLICE' and ';' || extracts.services_included || ';' like '%;POLICE;%' then 1
                else 0
            end
        ) as is_current
    from accepted.service_lists as lists
    inner join accepted.extract as extracts
        on extracts.area_code = lists.area_code
    group by
        lists.area_code,
        lists.service
),

placed as (
    select
        area_code,
        case_id,
        decision_value,
        decision_on,
        row_number() over (
            partition by area_code, case_id
            order by
                case when decision_on is null then 1 else 0 end,
                decision_on,
                decision_time,
                decision_id
        ) as place
    from marts.safeguard_decisions
    where decision_type = 'SAFEGUARD'
),

discussed as (
    select distinct
        area_code,
        case_id
    from marts.meetings
),

held as (
    select
        cases.area_code,
        cases.case_id,
        services.service,
        services.is_current,
        cases.received_on,
        cases.outcome_code,
        1 as lead_holds
    from marts.cases as cases
    inner join services
        on services.area_code = cases.area_code
    union all
    select
        lists.area_code,
        lists.case_id,
        lists.service,
        services.is_current,
        lists.received_on,
        lists.outcome_code,
        0 as lead_holds
    from accepted.service_lists as lists
    inner join services
        on
            services.area_code = lists.area_code
            and services.service = lists.service
    left join marts.cases as cases
        on
            cases.area_code = lists.area_code
            and cases.case_id = lists.case_id
    where cases.case_id is null
),

beside as (
    select
        held.area_code,
        held.case_id,
        held.service,
        held.is_current,
        held.received_on,
        case
            when held.lead_holds = 0 then 'service'
            when lists.case_id is null then 'lead'
            else 'both'
        end as held_by,
        held.received_on as lead_received_on,
        held.outcome_code as lead_outcome,
        placed.decision_value as lead_decision,
        placed.decision_on as lead_decided_on,
        lists.received_on as own_received_on,
        lists.outcome_code as own_outcome,
        lists.safeguard_decision_value as own_decision,
        lists.safeguard_decision_on as own_decided_on,
        lists.file_held,
        case
            when discussed.case_id is not null then lists.strategy_record_on_file
            else null
        end as strategy_record
    from held
    left join accepted.service_lists as lists
        on
            lists.area_code = held.area_code
            and lists.case_id = held.case_id
            and lists.service = held.service
    left join placed
        on
            placed.area_code = held.area_code
            and placed.case_id = held.case_id
            and placed.place = 1
    left join discussed
        on
            discussed.area_code = held.area_code
            and discussed.case_id = held.case_id
)

select
    area_code,
    case_id,
    service,
    is_current = 1 as is_current,
    received_on,
    held_by,
    case
        when held_by <> 'both' then null
        when own_received_on is null or lead_received_on is null then 'not_stated'
        when own_received_on = lead_received_on then 'agrees'
        else 'differs'
    end as received,
    case
        when held_by <> 'both' then null
        when own_decision is null then 'not_stated'
        when own_decision = lead_decision then 'agrees'
        else 'differs'
    end as decision,
    case
        when held_by <> 'both' then null
        when own_decided_on is null then 'not_stated'
        when own_decided_on = lead_decided_on then 'agrees'
        else 'differs'
    end as decided_on,
    case
        when held_by <> 'both' then null
        when coalesce(own_outcome, 'UNK') = 'UNK' then 'not_stated'
        when own_outcome = lead_outcome then 'agrees'
        else 'differs'
    end as outcome,
    case
        when held_by <> 'both' then null
        when file_held = 'Y' then 'agrees'
        when file_held = 'N' then 'differs'
        else 'not_stated'
    end as file_held,
    case
        when held_by <> 'both' or strategy_record is null then null
        when strategy_record = 'Y' then 'agrees'
        when strategy_record = 'N' then 'differs'
        else 'not_stated'
    end as strategy_record
from beside
