-- One row per day that is asked for: its place in the cumulative indexes that every count of days goes by.
select
    date,
    day_index,
    working_day_index
from cases.calendar
where list_contains($days, date)
