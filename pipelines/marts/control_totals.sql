-- One row per total that a service counted itself: what it states, and what the rows give. Cases are those on its list,
-- open or closed as the lead service has them; suspensions and meetings are the lead's.
with
listed as (
    select
        lists.area_code,
        lists.service,
        lists.case_id,
        lists.received_on,
        cases.received_on as lead_received_on,
        cases.status,
        cases.closed_on
    from accepted.service_lists as lists
    left join marts.cases as cases
        on
            cases.area_code = lists.area_code
            and cases.case_id = lists.case_id
),

of_cases as (
    select
        totals.area_code,
        totals.service,
        totals.measure,
        totals.period_start,
        totals.period_end,
        case
            when
                totals.measure = 'CASES_RECEIVED'
                and listed.received_on >= totals.period_start
                and listed.received_on <= totals.period_end
                then 1
            when
                totals.measure = 'CASES_OPEN'
                and listed.lead_received_on <= totals.period_end
                and (listed.status <> 'CLOSED' or listed.closed_on > totals.period_end)
                then 1
            when
                totals.measure = 'CASES_CLOSED'
                and listed.closed_on >= totals.period_start
                and listed.closed_on <= totals.period_end
                then 1
            else 0
        end as is_counted
    from accepted.control_totals as totals
    inner join listed
        on
            listed.area_code = totals.area_code
            and listed.service = totals.service
),

suspended as (
    select distinct
        totals.area_code,
        totals.service,
        totals.measure,
        totals.period_start,
        totals.period_end,
        suspensions.case_id
    from accepted.control_totals as totals
    inner join marts.suspensions as suspensions
        on suspensions.area_code = totals.area_code
    where
        totals.measure = 'SUSPENSIONS_CURRENT'
        and suspensions.suspended_on <= totals.period_end
        and (suspensions.ended_on is null or suspensions.ended_on > totals.period_end)
),

met as (
    select
        totals.area_code,
        totals.service,
        totals.measure,
        totals.period_start,
        totals.period_end,
        meetings.meeting_id
    from accepted.control_totals as totals
    inner join marts.meetings as meetings
        on meetings.area_code = totals.area_code
    where
        totals.measure = 'STRATEGY_MEETINGS'
        and meetings.meeting_on >= totals.period_start
        and meetings.meeting_on <= totals.period_end
),

counted as (
    select
        area_code,
        service,
        measure,
        period_start,
        period_end,
        is_counted
    from of_cases
    union all
    select
        area_code,
        service,
        measure,
        period_start,
        period_end,
        1 as is_counted
    from suspended
    union all
    select
        area_code,
        service,
        measure,
        period_start,
        period_end,
        1 as is_counted
    from met
    union all
    select
        area_code,
        service,
        measure,
        period_start,
        period_end,
        0 as is_counted -- a total that no row stands beside
    from accepted.control_totals
),

summed as (
    select
        area_code,
        service,
        measure,
        period_start,
        period_end,
        sum(is_counted) as counted
    from counted
    group by
        area_code,
        service,
        measure,
        period_start,
        period_end
)

select
    totals.area_code as area,
    totals.service,
    totals.measure,
    totals.period_start,
    totals.period_end,
    cast(totals.value as bigint) as stated,
    cast(summed.counted as bigint) as counted
from accepted.control_totals as totals
inner join summed
    on
        summed.area_code = totals.area_code
        and summed.service = totals.service
        and summed.measure = totals.measure
        and summed.period_start = totals.period_start
        and summed.period_end = totals.period_end
