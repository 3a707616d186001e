-- One row per case with a first decision on whether the person should go on working with children, reviews left aside:
-- the first day on which something was decided, be it to do nothing, and the first on which it says that the person had
-- left. A decision whose value was not recorded is none.
select
    area_code,
    case_id,
    min(case when protection is not null then decision_on else null end) as decided_on,
    min(case when decision_value = 'LEFT' then decision_on else null end) as left_on
from marts.safeguard_decisions
where decision_type = 'SAFEGUARD'
group by
    area_code,
    case_id
