-- One row per check, of a case that met the threshold, at which less was done than the police or social services
-- advised: the reasons given, who signed it off, and whether a rationale is on record. Silence gives no reason and is
-- signed by nobody; a signature whose role is not known is nobody's on record.
select
    checks.area_code,
    checks.case_id,
    checks.role_group,
    checks.checked_on,
    coalesce(decisions.override_reasons, 'NOT_RECORDED') as override_reasons,
    case
        when coalesce(decisions.senior_signoff_role, 'UNK') = 'UNK' then 'NOBODY'
        else decisions.senior_signoff_role
    end as signed_off_by,
    case
        when
            decisions.risk_assessment_on is not null
            and decisions.alternatives_considered is not null
            and decisions.senior_signoff_on is not null
            and coalesce(decisions.senior_signoff_role, 'UNK') <> 'UNK'
            then 1
        else 0
    end as has_rationale
from marts.advice_checks as checks
left join marts.safeguard_decisions as decisions
    on
        decisions.area_code = checks.area_code
        and decisions.decision_id = checks.answer_id
where
    checks.threshold_met = 'Y'
    and (
        checks.decision_protection < checks.police_protection
        or checks.decision_protection < checks.social_services_protection
    )
