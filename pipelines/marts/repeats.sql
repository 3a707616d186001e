-- One row per person whom any report is about, and one per setting of any: the day of the last report, and whether it came
-- no later than 36 calendar months after the one before. Two reports of one day are one before the other. A report
-- without a day, or that does not say whom or which setting it is about, tells nothing here.
with
reports as (
    select
        area_code,
        'ADULT' as subject,
        adult_id as subject_id,
        case_id,
        received_on
    from marts.cases
    where adult_id is not null and received_on is not null
    union all
    select
        area_code,
        'SETTING' as subject,
        setting_id as subject_id,
        case_id,
        received_on
    from marts.cases
    where setting_id is not null and received_on is not null
),

placed as (
    select
        area_code,
        subject,
        subject_id,
        received_on,
        row_number() over (
            partition by area_code, subject, subject_id
            order by received_on desc, case_id desc
        ) as newest
    from reports
),

earlier as (
    select
        placed.area_code,
        placed.subject,
        placed.subject_id,
        months_later.due_on as is_repeat_until
    from placed
    inner join reference.months_later as months_later
        on months_later.date = placed.received_on
    where
        placed.newest = 2
        and months_later.months = 36
)

select
    placed.area_code,
    placed.subject,
    placed.subject_id,
    placed.received_on as last_on,
    case
        when placed.received_on <= earlier.is_repeat_until then true
        else false
    end as is_repeat
from placed
left join earlier
    on
        earlier.area_code = placed.area_code
        and earlier.subject = placed.subject
        and earlier.subject_id = placed.subject_id
where placed.newest = 1
