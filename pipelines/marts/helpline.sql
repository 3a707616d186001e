-- One row per way of contacting the helpline and period: how many contacts there were, and how many became reports.
select
    area_code,
    channel,
    period_start,
    period_end,
    contacts,
    converted_to_reports
from accepted.helpline
