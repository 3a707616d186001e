-- One row per date: the working day after it. A date that is not a working day counts as the next that is.
select
    calendar.date,
    calendar.working_day_index,
    following.date as next_working_on
from reference.calendar as calendar
inner join reference.calendar as following
    on following.working_day_index = calendar.working_day_index + 1
where following.is_working_day
