-- One row per case flagged with an immediate risk to children: since when, when it was closed, which safeguard was in
-- place at the snapshot, and the day of the protective one that answers the risk: the first day itself if one was in
-- force then, else that of the first decision from then on. The last decision says what is in force; one without a date
-- is none; an end before its own decision ended nothing. Who left by the end of the first working day and before any
-- such safeguard had left first; who left later had been left without one.
with
flagged as (
    select
        area_code,
        case_id,
        role_group,
        coalesce(immediate_risk_on, received_on) as flagged_on,
        case
            when status = 'CLOSED' then closed_on
            else null
        end as closed_on,
        case
            when status = 'CLOSED' and closed_on is null then true
            else false
        end as is_closed_undated,
        exit_type,
        exit_on
    from marts.cases
    where immediate_risk = 'Y'
),

dated as (
    select
        flagged.area_code,
        flagged.case_id,
        flagged.flagged_on,
        snapshots.snapshot_on,
        decisions.decision_id,
        decisions.decision_on,
        decisions.decision_time,
        coalesce(decisions.decision_value, 'NOT_RECORDED') as decision_value,
        coalesce(decisions.protection, 0) as protection,
        case
            when decisions.end_on >= decisions.decision_on then decisions.end_on
            else null
        end as ended_on
    from flagged
    inner join marts.snapshots as snapshots
        on snapshots.area_code = flagged.area_code
    inner join marts.safeguard_decisions as decisions
        on
            decisions.area_code = flagged.area_code
            and decisions.case_id = flagged.case_id
    where decisions.decision_on is not null
),

by_snapshot as (
    select
        area_code,
        case_id,
        case
            when protection > 0 and ended_on < snapshot_on then 'NONE'
            else decision_value
        end as decision_value,
        row_number() over (
            partition by area_code, case_id
            order by decision_on desc, decision_time desc, decision_id desc
        ) as newest
    from dated
    where decision_on <= snapshot_on
),

before_flag as (
    select
        area_code,
        case_id,
        case
            when protection > 0 and coalesce(ended_on, flagged_on) >= flagged_on then true
            else false
        end as is_in_force,
        row_number() over (
            partition by area_code, case_id
            order by decision_on desc, decision_time desc, decision_id desc
        ) as newest
    from dated
    where decision_on < flagged_on
),

answers as (
    select
        area_code,
        case_id,
        min(decision_on) as decided_on
    from dated
    where
        decision_on >= flagged_on
        and protection > 0
    group by
        area_code,
        case_id
),

answered as (
    select
        flagged.area_code,
        flagged.case_id,
        flagged.role_group,
        flagged.flagged_on,
        flagged.closed_on,
        flagged.is_closed_undated,
        flagged.exit_type,
        flagged.exit_on,
        by_snapshot.decision_value,
        case
            when before_flag.is_in_force then flagged.flagged_on
            else answers.decided_on
        end as safeguarded_on,
        case
            when gone.working_day_index <= risky.working_day_index then true
            else false
        end as is_gone
    from flagged
    left join by_snapshot
        on
            by_snapshot.area_code = flagged.area_code
            and by_snapshot.case_id = flagged.case_id
            and by_snapshot.newest = 1
    left join before_flag
        on
            before_flag.area_code = flagged.area_code
            and before_flag.case_id = flagged.case_id
            and before_flag.newest = 1
    left join answers
        on
            answers.area_code = flagged.area_code
            and answers.case_id = flagged.case_id
    left join reference.calendar as gone
        on gone.date = flagged.exit_on
    left join reference.calendar as risky
        on risky.date = flagged.flagged_on
)

select
    area_code,
    case_id,
    role_group,
    flagged_on,
    closed_on,
    is_closed_undated,
    case
        when exit_type <> 'NONE' then 'LEFT'
        when decision_value is null then 'NO_DECISION'
        else decision_value
    end as safeguard_in_place,
    safeguarded_on,
    case
        when not is_gone then false
        when safeguarded_on <= exit_on then false
        else true
    end as has_left_first
from answered
