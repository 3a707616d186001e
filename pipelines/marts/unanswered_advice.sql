-- One row per day on which the police or social services advised and nothing was decided by the next working day
-- ("silence"), with the protection that was already in place; an end before its own decision ended nothing. A person who had left by then had nothing to answer.
with
advice_days as (
    select distinct
        advice.area_code,
        advice.case_id,
        advice.advice_on,
        next_working_days.working_day_index,
        next_working_days.next_working_on
    from marts.advice as advice
    inner join marts.next_working_days as next_working_days
        on next_working_days.date = advice.advice_on
    where advice.agency in ('POLICE', 'SS')
),

answered as (
    select distinct
        advice_days.area_code,
        advice_days.case_id,
        advice_days.advice_on
    from advice_days
    inner join marts.safeguard_decisions as decisions
        on
            decisions.area_code = advice_days.area_code
            and decisions.case_id = advice_days.case_id
    inner join reference.calendar as decided
        on decided.date = decisions.decision_on
    where
        decisions.decision_on >= advice_days.advice_on
        and decided.working_day_index - advice_days.working_day_index <= 1
),

earlier_decisions as (
    select
        advice_days.area_code,
        advice_days.case_id,
        advice_days.advice_on,
        case
            when
                decisions.protection is not null
                and decisions.end_on < advice_days.advice_on
                and decisions.end_on >= decisions.decision_on
                then 'NONE'
            else decisions.decision_value
        end as decision_value,
        case
            when
                decisions.protection is not null
                and decisions.end_on < advice_days.advice_on
                and decisions.end_on >= decisions.decision_on
                then 0
            else decisions.protection
        end as protection,
        row_number() over (
            partition by advice_days.area_code, advice_days.case_id, advice_days.advice_on
            order by decisions.decision_on desc, decisions.decision_time desc, decisions.decision_id desc
        ) as newest
    from advice_days
    inner join marts.safeguard_decisions as decisions
        on
            decisions.area_code = advice_days.area_code
            and decisions.case_id = advice_days.case_id
    where decisions.decision_on < advice_days.advice_on
),

in_place as (
    select
        area_code,
        case_id,
        advice_on,
        decision_value,
        protection
    from earlier_decisions
    where newest = 1
)

select
    advice_days.area_code,
    advice_days.case_id,
    advice_days.advice_on,
    advice_days.next_working_on,
    case
        when cases.exit_on <= advice_days.next_working_on then 'LEFT'
        when in_place.case_id is null then 'NONE'
        else in_place.decision_value
    end as decision_value,
    case
        when cases.exit_on <= advice_days.next_working_on then null
        when in_place.case_id is null then 0
        else in_place.protection
    end as protection
from advice_days
inner join marts.cases as cases
    on
        cases.area_code = advice_days.area_code
        and cases.case_id = advice_days.case_id
inner join marts.snapshots as snapshots
    on snapshots.area_code = advice_days.area_code
inner join reference.calendar as known
    on known.date = snapshots.snapshot_on
left join answered
    on
        answered.area_code = advice_days.area_code
        and answered.case_id = advice_days.case_id
        and answered.advice_on = advice_days.advice_on
left join in_place
    on
        in_place.area_code = advice_days.area_code
        and in_place.case_id = advice_days.case_id
        and in_place.advice_on = advice_days.advice_on
where
    answered.case_id is null
    and known.working_day_index - advice_days.working_day_index > 1
