-- One row per case in which less was done than the police or social services advised: every reason given for it, each
-- once, and everyone who signed it off. Code by code, since engines do not share a way to join texts in order.
with
overrides as (
    select
        area_code,
        case_id,
        checked_on,
        ';' || override_reasons || ';' as reasons,
        signed_off_by
    from marts.overrides
)

select
    case_id as item_id,
    area_code,
    min(checked_on) as counted_on,
    concat_ws(
        ';',
        max(case when reasons like '%;PREV_GOOD_RECORD;%' then 'PREV_GOOD_RECORD' else null end),
        max(case when reasons like '%;INSUFF_EVIDENCE;%' then 'INSUFF_EVIDENCE' else null end),
        max(case when reasons like '%;ALTERNATIVE_ADEQUATE;%' then 'ALTERNATIVE_ADEQUATE' else null end),
        max(case when reasons like '%;ALLEGATION_DISBELIEVED;%' then 'ALLEGATION_DISBELIEVED' else null end),
        max(case when reasons like '%;STAFFING;%' then 'STAFFING' else null end),
        max(case when reasons like '%;REPUTATION;%' then 'REPUTATION' else null end),
        max(case when reasons like '%;HR_LEGAL_ADVICE;%' then 'HR_LEGAL_ADVICE' else null end),
        max(case when reasons like '%;UNION_REP;%' then 'UNION_REP' else null end),
        max(case when reasons like '%;WELFARE_OF_STAFF;%' then 'WELFARE_OF_STAFF' else null end),
        max(case when reasons like '%;CONTRADICTORY_ADVICE;%' then 'CONTRADICTORY_ADVICE' else null end),
        max(case when reasons like '%;OTHER;%' then 'OTHER' else null end),
        max(case when reasons like '%;NOT_RECORDED;%' then 'NOT_RECORDED' else null end)
    ) as override_reasons,
    concat_ws(
        ';',
        max(case when signed_off_by = 'HEAD' then 'HEAD' else null end),
        max(case when signed_off_by = 'CHAIR_GOV' then 'CHAIR_GOV' else null end),
        max(case when signed_off_by = 'HOS' then 'HOS' else null end),
        max(case when signed_off_by = 'DIRECTOR' then 'DIRECTOR' else null end),
        max(case when signed_off_by = 'CEX' then 'CEX' else null end),
        max(case when signed_off_by = 'HR' then 'HR' else null end),
        max(case when signed_off_by = 'PANEL' then 'PANEL' else null end),
        max(case when signed_off_by = 'LADO' then 'LADO' else null end),
        max(case when signed_off_by = 'SS_MANAGER' then 'SS_MANAGER' else null end),
        max(case when signed_off_by = 'EDU_MANAGER' then 'EDU_MANAGER' else null end),
        max(case when signed_off_by = 'SOCIAL_WORKER' then 'SOCIAL_WORKER' else null end),
        max(case when signed_off_by = 'POLICE' then 'POLICE' else null end),
        max(case when signed_off_by = 'OTHER' then 'OTHER' else null end),
        max(case when signed_off_by = 'NOBODY' then 'NOBODY' else null end)
    ) as signed_off_by
from overrides
group by
    area_code,
    case_id
