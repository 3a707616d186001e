-- One row per staff role, month and answer: how many people's safeguarding training was in date at the month's end, of how
-- many it was not, and of how many that cannot be told.
select
    role_group || '-' || cast(month as varchar) || '-yes' as item_id,
    area_code,
    month as counted_on,
    true as is_met,
    in_date as n,
    role_group
from marts.training_in_force
where
    in_date > 0
    and in_date <= in_scope
union all
select
    role_group || '-' || cast(month as varchar) || '-no' as item_id,
    area_code,
    month as counted_on,
    false as is_met,
    in_scope - in_date as n,
    role_group
from marts.training_in_force
where in_date < in_scope
union all
select
    role_group || '-' || cast(month as varchar) || '-not-known' as item_id,
    area_code,
    month as counted_on,
    cast(null as boolean) as is_met,
    case
        when in_scope > 0 then in_scope
        else 1
    end as n,
    role_group
from marts.training_in_force
where
    in_scope is null
    or in_date is null
    or in_date > in_scope
