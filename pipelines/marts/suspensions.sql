-- One row per decision that suspends a person from work, the first of a case and each that keeps it up or renews it:
-- when the suspension ended. It ends on the first of three days: the end given with the case's last such decision; that
-- of the next decision on an alternative, on nothing, or that the person had left; the day the person left. A decision
-- without a date comes after all that have one, and neither ends nor is ended. An end before its own decision is none.
with
ordered as (
    select
        decisions.area_code,
        decisions.case_id,
        cases.role_group,
        cases.exit_on,
        decisions.decision_id,
        decisions.decision_on,
        decisions.decision_value,
        decisions.end_on,
        decisions.alternatives_considered,
        decisions.alternatives_rejected_reason_recorded,
        decisions.written_confirmation_on,
        decisions.review_due_on,
        decisions.reviewed_on,
        row_number() over (
            partition by decisions.area_code, decisions.case_id
            order by
                case when decisions.decision_on is null then 1 else 0 end,
                decisions.decision_on,
                decisions.decision_time,
                decisions.decision_id
        ) as place
    from marts.safeguard_decisions as decisions
    inner join marts.cases as cases
        on
            cases.area_code = decisions.area_code
            and cases.case_id = decisions.case_id
),

suspended as (
    select
        area_code,
        case_id,
        min(place) as first_place,
        max(case when decision_on is not null then place else null end) as last_dated_place,
        min(decision_on) as first_on
    from ordered
    where decision_value = 'SUSPENDED'
    group by
        area_code,
        case_id
),

given_ends as (
    select
        suspended.area_code,
        suspended.case_id,
        case
            when ordered.end_on >= ordered.decision_on then ordered.end_on
            else null
        end as given_on,
        coalesce(ordered.end_on < ordered.decision_on, false) as is_impossible,
        case
            when ordered.exit_on >= suspended.first_on then ordered.exit_on
            else null
        end as exit_on
    from suspended
    inner join ordered
        on
            ordered.area_code = suspended.area_code
            and ordered.case_id = suspended.case_id
            and ordered.place = suspended.last_dated_place
),

lifted as (
    select
        ordered.area_code,
        ordered.decision_id,
        min(later.decision_on) as lifted_on
    from ordered
    inner join ordered as later
        on
            later.area_code = ordered.area_code
            and later.case_id = ordered.case_id
    where
        later.place > ordered.place
        and ordered.decision_value = 'SUSPENDED'
        and later.decision_value in ('ALTERNATIVE', 'NONE', 'LEFT')
    group by
        ordered.area_code,
        ordered.decision_id
)

select
    ordered.area_code,
    ordered.case_id,
    ordered.role_group,
    ordered.decision_id,
    ordered.place = suspended.first_place as is_first,
    ordered.decision_on as suspended_on,
    case
        when ordered.decision_on is not null then least(given_ends.given_on, lifted.lifted_on, given_ends.exit_on)
        else null
    end as ended_on,
    coalesce(given_ends.is_impossible, false) as is_end_impossible,
    ordered.alternatives_considered,
    ordered.alternatives_rejected_reason_recorded,
    ordered.written_confirmation_on,
    ordered.review_due_on,
    ordered.reviewed_on
from ordered
inner join suspended
    on
        suspended.area_code = ordered.area_code
        and suspended.case_id = ordered.case_id
left join given_ends
    on
        given_ends.area_code = ordered.area_code
        and given_ends.case_id = ordered.case_id
left join lifted
    on
        lifted.area_code = ordered.area_code
        and lifted.decision_id = ordered.decision_id
where ordered.decision_value = 'SUSPENDED'
