-- One row per case in which a way of leaving the post is recorded: whether risk was on record as assessed by the day of
-- leaving, whether the person was gone by the day of the outcome, and whether that was within a year of the snapshot
-- (twelve calendar months to the day, or still to come). Without one of the days of leaving and outcome a case counts
-- as live when the person left; without the day of leaving it was not within a year.
select
    cases.area_code,
    cases.case_id,
    cases.threshold_met,
    cases.status,
    cases.outcome_code,
    cases.exit_type,
    cases.exit_on,
    cases.reference_agreed,
    case
        when risk_assessments.assessed_on is null then 'N'
        when cases.exit_on is null then 'U'
        when risk_assessments.assessed_on <= cases.exit_on then 'Y'
        else 'N'
    end as risk_assessed_first,
    coalesce(cases.outcome_on >= cases.exit_on, true) as is_before_outcome,
    case
        when cases.exit_on > snapshots.snapshot_on then true
        when months_later.due_on >= snapshots.snapshot_on then true
        else false
    end as is_within_a_year
from marts.cases as cases
inner join marts.snapshots as snapshots
    on snapshots.area_code = cases.area_code
left join reference.months_later as months_later
    on
        months_later.date = cases.exit_on
        and months_later.months = 12
left join marts.risk_assessments as risk_assessments
    on
        risk_assessments.area_code = cases.area_code
        and risk_assessments.case_id = cases.case_id
where cases.exit_type <> 'NONE'
