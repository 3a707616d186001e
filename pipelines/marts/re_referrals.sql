-- One row per closed case: whether another case about the same person was received after the day of closing and no later
-- than 12 calendar months after it, and whether those months are not over yet. Without a day of closing that the
-- calendar has, or without the person, it is not known.
with
closed as (
    select
        cases.area_code,
        cases.case_id,
        cases.adult_id,
        cases.closed_on,
        cases.role_group,
        year_later.due_on as until_on,
        snapshots.snapshot_on
    from marts.cases as cases
    inner join marts.snapshots as snapshots
        on snapshots.area_code = cases.area_code
    left join reference.months_later as year_later
        on
            year_later.date = cases.closed_on
            and year_later.months = 12
    where cases.status = 'CLOSED'
),

returned as (
    select distinct
        closed.area_code,
        closed.case_id
    from closed
    inner join marts.cases as others
        on
            others.area_code = closed.area_code
            and others.adult_id = closed.adult_id
    where
        others.case_id <> closed.case_id
        and others.received_on > closed.closed_on
        and others.received_on <= closed.until_on
)

select
    closed.area_code,
    closed.case_id,
    closed.closed_on,
    closed.role_group,
    case
        when closed.until_on is null or closed.adult_id is null then null
        when returned.case_id is not null then true
        else false
    end as has_returned,
    case
        when closed.until_on >= closed.snapshot_on then true
        else false
    end as is_too_recent
from closed
left join returned
    on
        returned.area_code = closed.area_code
        and returned.case_id = closed.case_id
