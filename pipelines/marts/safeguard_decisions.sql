-- One row per decision, first or reviewed, on whether a person should go on working with children.
-- LEFT and NOT_RECORDED have no protection: neither more nor less protective than what was advised.
select
    area_code,
    decision_id,
    case_id,
    decision_type,
    decision_on,
    coalesce(decision_time, '') as decision_time,
    decision_value,
    case
        when decision_value = 'SUSPENDED' then 2
        when decision_value = 'ALTERNATIVE' then 1
        when decision_value = 'NONE' then 0
        else null
    end as protection,
    end_on,
    forum,
    risk_assessment_on,
    alternatives_considered,
    alternatives_rejected_reason_recorded,
    alternatives_used,
    access_to_children_removed,
    override_reasons,
    senior_signoff_role,
    senior_signoff_on,
    written_confirmation_on,
    review_due_on,
    reviewed_on
from accepted.decisions
where decision_type in ('SAFEGUARD', 'REVIEW')
