-- One row per row of actions, typed; then the facts its rules need.
with
parents as (
    select
        case_id as parent_id,
        min(read_date(received_date)) as case_received_on
    from raw.cases
    group by case_id
),

agreed_at as (
    select
        meeting_id as met_id,
        min(case_id) as met_about,
        min(read_date(meeting_date)) as met_on
    from raw.meetings
    group by meeting_id
)

select
    source_row,
    action_id,
    case_id,
    meeting_id,
    owner_agency,
    owner_role,
    category,
    read_date(agreed_date) as agreed_on,
    read_date(original_due_date) as original_due_on,
    read_date(current_due_date) as current_due_on,
    read_count(due_changes) as due_changes,
    read_date(completed_date) as completed_on,
    status,
    evidence_on_file,
    not is_ragged as cells_match_header,
    coalesce(case_id in (select case_id from raw.cases), false) as case_id_known,
    meeting_id is null or coalesce(meeting_id in (select meeting_id from raw.meetings), false) as meeting_id_known,
    date_readable(agreed_date) as agreed_date_readable,
    date_readable(original_due_date) as original_due_date_readable,
    date_readable(current_due_date) as current_due_date_readable,
    count_readable(due_changes) as due_changes_readable,
    date_readable(completed_date) as completed_date_readable,
    (
        action_id is not null
        and case_id is not null
        and owner_agency is not null
        and owner_role is not null
        and category is not null
        and agreed_date is not null
        and due_changes is not null
        and status is not null
        and evidence_on_file is not null
    ) as required_cells_filled,
    coalesce(
        greatest(
            read_date(agreed_date),
            read_date(completed_date)
        ) <= (select max(read_date(snapshot_date)) from raw.extract),
        true
    ) as dates_not_after_snapshot,
    not_suppressed(concat_ws(chr(10), *columns(actions.* exclude (source_row, is_ragged)))) as not_suppressed,
    in_order(case_received_on, agreed_on) as not_before_receipt,
    not in_order(case_received_on, agreed_on)
    or in_order(met_on, agreed_on) as not_before_meeting,
    coalesce(met_about = case_id, true) as meeting_of_same_case,
    in_order(agreed_on, completed_on) as completed_not_before_agreed,
    in_order(agreed_on, least(original_due_on, current_due_on)) as due_not_before_agreed,
    coalesce(
        case status
            when 'DONE' then completed_date is not null
            when 'OPEN' then completed_date is null
        end,
        true
    ) as completion_matches_status,
    coalesce(read_count(actions.due_changes) > 0 or original_due_on = current_due_on, true) as due_changes_match
from raw.actions as actions
left join parents
    on parent_id = case_id
left join agreed_at
    on met_id = meeting_id
