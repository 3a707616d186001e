"""Changes to extracts, each of which makes a difference to an indicator if its rule looks at what is changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from tests.pipelines.made_extracts import Tables
from tests.pipelines.second_computation import INDICATORS

FAR = date(2035, 12, 31)

Change = Callable[[Tables], Tables]


def _named(name: str, change: Change) -> Change:
    """The change under a name to tell it by when its test fails."""
    change.__name__ = name
    return change


def _with(table: str, **values: Any) -> Change:
    def change(tables: Tables) -> Tables:
        return {**tables, table: [row | values for row in tables[table]]}

    return _named(f"{table} with {values}", change)


def _recoded(table: str, column: str, old: str | None, new: Any) -> Change:
    def change(tables: Tables) -> Tables:
        rows = [row | {column: new if row[column] == old else row[column]} for row in tables[table]]
        return {**tables, table: rows}

    return _named(f"{column} {old} is {new}", change)


OVER_THE_THRESHOLD = (
    "strategy_discussion_in_time", "strategy_meeting_in_time", "safeguard_decided_in_time",
    "concluded_within_one_month", "concluded_within_three_months", "concluded_within_twelve_months",
    "time_to_decision", "police_advice_followed", "social_services_advice_followed", "advice_and_decision",
    "joint_advice_not_followed", "advice_sought", "override_rationale_recorded", "override_reasons",
    "good_record_as_reason", "record_on_all_files", "risk_assessed_before_decision", "outcome_after_exit",
    "regulator_referral_made", "employer_acted_in_time", "hearing_held_in_time", "agencies_disagree",
)  # fmt: skip
BY_THE_SNAPSHOT = sorted(
    set(INDICATORS)
    - {
        "advice_sought", "suspension_reasons_recorded", "alternatives_used", "deadlines_moved", "outcome_fixed",
        "outcomes_by_kind", "children", "cases_by_kind", "good_record_as_reason",
        "reports_received",
        "threshold_reasons_recorded", "judged_below_threshold", "strategy_record_on_file", "record_on_all_files",
        "files_without_record", "minutes_pass_four_points", "decided_in_forum", "risk_assessed_before_decision",
        "childs_views_recorded", "advocacy_offered", "joint_decision_carried_out", "police_at_discussion",
        "left_before_risk_assessed", "exits_by_kind", "settlement_in_live_case", "reference_position_agreed",
        "barring_referral_made", "regulator_referral_made", "agencies_disagree", "named_contact_given",
        "alternative_without_access_removed", "completion_evidenced", "immediate_risk_flagged", "repeat_allegations",
        "repeat_settings", "referred_back", "audit_found_immediate_risk", "closed_cases_audited",
        "audit_agrees_with_record", "helpline_contacts", "contacts_became_reports",
    }
)  # fmt: skip
BY_TIME_OF_DECISION = (
    "suspension_length", "joint_advice_not_followed", "suspension_reasons_recorded", "live_risk",
    "immediate_risk_safeguarded",
)  # fmt: skip

CHANGES = [
    *((slug, _with("cases", threshold_met="Y")) for slug in OVER_THE_THRESHOLD),
    *((slug, _with("extract", snapshot_on=FAR)) for slug in BY_THE_SNAPSHOT),
    *((slug, _with("decisions", decision_time=None)) for slug in BY_TIME_OF_DECISION),
    ("report_made_in_time", _with("cases", concern_aware_on=None)),
    ("strategy_discussion_in_time", _with("meetings", attended="POLICE")),
    ("strategy_discussion_in_time", _with("meetings", meeting_type="INITIAL")),
    ("strategy_meeting_in_time", _with("cases", meeting_decided="Y")),
    ("strategy_meeting_in_time", _recoded("meetings", "meeting_type", "DISCUSSION", "INITIAL")),
    ("strategy_meeting_in_time", _recoded("meetings", "meeting_type", "OUTCOME", "DISCUSSION")),
    ("safeguard_decided_in_time", _recoded("decisions", "decision_type", "REVIEW", "SAFEGUARD")),
    ("safeguard_decided_in_time", _recoded("decisions", "decision_value", "NOT_RECORDED", "NONE")),
    ("time_to_decision", _recoded("decisions", "decision_value", "LEFT", "NOT_RECORDED")),
    ("time_to_decision", _with("cases", exit_on=None)),
    ("time_to_outcome", _recoded("meetings", "meeting_type", "REVIEW", "OUTCOME")),
    ("open_cases", _recoded("cases", "status", "REOPENED", "CLOSED")),
    ("suspension_length", _with("decisions", end_on=None)),
    ("suspension_length", _with("cases", exit_on=None)),
    ("suspension_length", _recoded("decisions", "decision_type", "REVIEW", "THRESHOLD")),
    ("suspension_length", _recoded("decisions", "decision_type", "REFERRAL", "REVIEW")),
    ("suspension_length", _recoded("decisions", "decision_value", "ALTERNATIVE", "NOT_RECORDED")),
    ("suspension_length", _recoded("decisions", "decision_value", "LEFT", "NOT_RECORDED")),
    ("suspension_reviewed_in_time", _with("decisions", review_due_on=None)),
    ("suspension_reviewed_in_time", _with("decisions", end_on=None)),
    ("suspension_reviewed_in_time", _with("cases", exit_on=None)),
    ("suspension_reasons_recorded", _with("decisions", alternatives_rejected_reason_recorded="Y")),
    ("suspension_reasons_recorded", _recoded("decisions", "alternatives_considered", "NONE", "LEAVE")),
    ("suspension_reasons_recorded", _recoded("decisions", "alternatives_considered", None, "LEAVE")),
    ("police_advice_followed", _recoded("decisions", "decision_value", "LEFT", "NOT_RECORDED")),
    ("police_advice_followed", _with("cases", exit_on=None)),
    ("police_advice_followed", _recoded("advice", "agency", "SS", "POLICE")),
    ("social_services_advice_followed", _recoded("advice", "agency", "POLICE", "SS")),
    ("advice_and_decision", _recoded("advice", "advice_value", "NO_VIEW", "NOT_SOUGHT")),
    ("advice_and_decision", _recoded("decisions", "decision_type", "REVIEW", "THRESHOLD")),
    ("joint_advice_not_followed", _with("cases", exit_on=None)),
    ("joint_advice_not_followed", _with("advice", advice_time=None)),
    ("joint_advice_not_followed", _with("advice", agency="POLICE")),
    ("joint_advice_not_followed", _recoded("advice", "advice_value", "NOT_SOUGHT", "NO_VIEW")),
    ("joint_advice_not_followed", _recoded("advice", "advice_value", "NO_VIEW", "NOT_SOUGHT")),
    ("joint_advice_not_followed", _recoded("advice", "advice_value", "SUSPEND", "RESTRICT")),
    ("joint_advice_not_followed", _with("decisions", end_on=None)),
    ("joint_advice_not_followed", _recoded("decisions", "decision_type", "REVIEW", "THRESHOLD")),
    ("joint_advice_not_followed", _recoded("decisions", "decision_value", "LEFT", "NONE")),
    ("joint_advice_not_followed", _recoded("decisions", "decision_value", "NOT_RECORDED", "NONE")),
    ("advice_sought", _with("advice", agency="POLICE")),
    ("advice_sought", _recoded("advice", "advice_value", "NOT_SOUGHT", "NO_VIEW")),
    ("override_rationale_recorded", _with("decisions", risk_assessment_on=FAR)),
    ("override_rationale_recorded", _with("decisions", senior_signoff_on=FAR)),
    ("override_rationale_recorded", _recoded("decisions", "senior_signoff_role", "UNK", "HEAD")),
    ("override_rationale_recorded", _recoded("decisions", "senior_signoff_role", None, "HEAD")),
    ("override_rationale_recorded", _recoded("decisions", "alternatives_considered", None, "LEAVE")),
    ("override_reasons", _recoded("decisions", "override_reasons", None, "STAFFING")),
    ("override_reasons", _recoded("decisions", "senior_signoff_role", None, "HEAD")),
    ("good_record_as_reason", _with("decisions", override_reasons="STAFFING;PREV_GOOD_RECORD")),
    ("alternatives_used", _recoded("decisions", "decision_type", "REVIEW", "THRESHOLD")),
    ("actions_done_in_time", _with("actions", original_due_on=None)),
    ("actions_done_in_time", _with("actions", current_due_on=None)),
    ("actions_done_in_time", _recoded("actions", "status", "OPEN", "DONE")),
    ("actions_done_in_time", _recoded("actions", "status", "SUPERSEDED", "CANCELLED")),
    ("actions_overdue", _with("actions", original_due_on=None)),
    ("actions_overdue", _with("actions", current_due_on=None)),
    ("actions_overdue", _recoded("actions", "status", "OPEN", "DONE")),
    ("actions_overdue", _recoded("actions", "status", "CANCELLED", "DONE")),
    ("deadlines_moved", _recoded("actions", "due_changes", None, 0)),
    ("outcome_fixed", _recoded("cases", "outcome_code", "NMT", "SUB")),
    ("outcome_fixed", _recoded("cases", "outcome_code", None, "NMT")),
    ("outcome_fixed", _recoded("cases", "status", "REOPENED", "CLOSED")),
    ("outcomes_by_kind", _recoded("cases", "outcome_code", "OPEN", "SUB")),
    ("children", _recoded("children", "ethnic_group", "REFUSED", "WHITE")),
    ("children", _recoded("children", "aln_status", "UNK", "NONE")),
    ("children", _recoded("children", "sex", "U", "O")),
    ("cases_by_kind", _recoded("cases", "role_group", "UNK", "HEAD")),
    ("threshold_reasons_recorded", _recoded("cases", "recorded_against_adult", "U", "N")),
    ("threshold_reasons_recorded", _recoded("cases", "threshold_rationale_recorded", "N", "U")),
    ("record_on_all_files", _recoded("cases", "setting_type", "FE", "CLUB")),
    ("files_without_record", _recoded("cases", "setting_type", "FE", "CLUB")),
    ("files_without_record", _recoded("cases", "setting_type", None, "FE")),
    ("minutes_pass_four_points", _recoded("meetings", "minutes_quality", None, 0)),
    *(
        ("chronology_possible", _with(table, **{column: None}))
        for table, columns in {
            "cases": (
                "received_on",
                "concern_aware_on",
                "threshold_decision_on",
                "outcome_on",
                "closed_on",
                "exit_on",
                "removal_on",
                "dbs_referral_on",
                "status",
            ),
            "meetings": ("meeting_on", "minutes_on", "meeting_type"),
            "decisions": ("decision_on", "written_confirmation_on", "end_on"),
            "actions": ("agreed_on", "completed_on"),
        }.items()
        for column in columns
    ),
    ("chronology_possible", _recoded("meetings", "meeting_type", "DISCUSSION", "REVIEW")),
    ("chronology_possible", _recoded("meetings", "meeting_type", "REVIEW", None)),
    ("chronology_possible", _recoded("decisions", "decision_type", "THRESHOLD", "REVIEW")),
    ("chronology_possible", _with("extract", snapshot_on=FAR)),
    ("decided_in_forum", _with("cases", outcome_on=None)),
    ("decided_in_forum", _recoded("decisions", "forum", None, "DISCIPLINARY")),
    ("risk_assessed_before_decision", _with("cases", risk_assessment_on=None)),
    ("risk_assessed_before_decision", _recoded("decisions", "decision_type", "REVIEW", "THRESHOLD")),
    ("childs_views_recorded", _recoded("children", "views_recorded", "NA", "N")),
    ("advocacy_offered", _recoded("children", "advocacy_offered", None, "NA")),
    ("police_at_discussion", _recoded("meetings", "attended", "SS;EDU;POLICE", "SS")),
    ("left_before_risk_assessed", _with("cases", risk_assessment_on=None)),
    ("left_before_risk_assessed", _recoded("cases", "exit_type", "AGENCY_RELEASED", "RESIGNED")),
    ("exits_by_kind", _with("cases", exit_on=None)),
    ("exits_by_kind", _recoded("cases", "exit_type", "DIED", "NONE")),
    ("outcome_after_exit", _with("cases", exit_on=None)),
    ("outcome_after_exit", _recoded("cases", "threshold_met", None, "N")),
    ("outcome_after_exit", _with("cases", outcome_on=FAR)),
    ("outcome_after_exit", _recoded("cases", "exit_type", "DISMISSED", "RETIRED")),
    ("settlement_in_live_case", _with("cases", outcome_on=FAR)),
    ("reference_position_agreed", _recoded("cases", "reference_agreed", None, "NA")),
    ("reference_position_agreed", _recoded("cases", "exit_type", "DIED", "RETIRED")),
    ("barring_referral_made", _recoded("cases", "dbs_duty_met", None, "N")),
    ("barring_referral_made", _with("cases", removal_on=None)),
    ("barring_referral_made", _with("cases", exit_type="NONE")),
    ("time_to_referral", _with("cases", removal_on=None)),
    ("time_to_referral", _with("cases", exit_on=None)),
    ("regulator_referral_made", _recoded("cases", "outcome_code", None, "NMT")),
    ("regulator_referral_made", _recoded("cases", "exit_type", "DEREGISTERED", "RETIRED")),
    ("regulator_referral_made", _recoded("cases", "exit_type", "DISMISSED", "DIED")),
    ("employer_acted_in_time", _recoded("cases", "exit_type", None, "DIED")),
    ("employer_acted_in_time", _recoded("cases", "disciplinary_result", "ADVICE", "WARNING")),
    ("hearing_held_in_time", _recoded("cases", "disciplinary_result", "DISMISSED", "PENDING")),
    ("hearing_held_in_time", _recoded("cases", "disciplinary_result", "PENDING", "NONE")),
    ("agencies_disagree", _with("advice", advice_time=None)),
    ("agencies_disagree", _recoded("advice", "advice_value", "NO_VIEW", "NO_RESTRICTION")),
    ("agencies_disagree", _recoded("advice", "advice_value", "RESTRICT", "SUSPEND")),
    ("alternative_without_access_removed", _recoded("decisions", "access_to_children_removed", "P", "Y")),
    ("recipients_informed", _with("information_sharing", due_on=None)),
    ("parents_told_of_allegation", _with("information_sharing", not_shared_reason=None)),
    ("parents_told_of_allegation", _with("information_sharing", due_on=None)),
    ("parents_told_of_allegation", _recoded("information_sharing", "not_shared_reason", "NOT_RECORDED", "OTHER")),
    ("parents_told_of_outcome", _with("cases", identifiable_child="Y")),
    ("subject_told_of_outcome", _recoded("information_sharing", "purpose", "REFERENCE", "OUTCOME")),
    ("completion_evidenced", _recoded("actions", "evidence_on_file", None, "Y")),
    ("live_risk", _with("cases", immediate_risk_on=None)),
    ("live_risk", _with("cases", exit_type="NONE")),
    ("live_risk", _with("decisions", end_on=None)),
    ("live_risk", _recoded("decisions", "decision_value", "LEFT", "NONE")),
    ("live_risk", _recoded("decisions", "decision_value", None, "NONE")),
    ("immediate_risk_flagged", _with("cases", immediate_risk_on=None)),
    ("immediate_risk_safeguarded", _with("cases", exit_on=None)),
    ("immediate_risk_safeguarded", _with("decisions", end_on=None)),
    ("immediate_risk_safeguarded", _recoded("decisions", "decision_value", "NOT_RECORDED", "ALTERNATIVE")),
    ("re_referred_after_closure", _recoded("cases", "status", "REOPENED", "CLOSED")),
    ("re_referred_after_closure", _recoded("cases", "adult_id", None, "a_0000000000000000")),
    ("repeat_allegations", _recoded("cases", "adult_id", None, "a_0000000000000000")),
    ("repeat_settings", _recoded("cases", "setting_id", None, "s_0000000000000000")),
    ("referred_back_open", _with("file_audits", referred_back_on=None)),
    ("referred_back_open", _recoded("file_audits", "referred_back", None, "Y")),
    ("training_in_date", _recoded("training", "in_scope", None, 0)),
    ("training_in_date", _recoded("training", "in_date", None, 0)),
    ("contacts_became_reports", _recoded("helpline", "contacts", None, 0)),
    ("contacts_became_reports", _recoded("helpline", "converted_to_reports", None, 0)),
]
