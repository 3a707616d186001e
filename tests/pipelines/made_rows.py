"""What the made rows of a case may hold, table by table."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tests.pipelines.chance import Chance

OUTCOMES = ("SUB", "UNS", "UNF", "FAL", "MAL", "NMT", "OPEN", "UNK")
EXITS = (
    "RESIGNED", "RESIGNED", "SETTLEMENT", "SETTLEMENT", "REDUNDANCY", "RETIRED", "CONTRACT_END", "AGENCY_RELEASED",
    "DISMISSED", "DISMISSED", "DEREGISTERED", "DIED",
)  # fmt: skip
RESULTS = ("NONE", "NONE", "ADVICE", "ADVICE", "WARNING", "FINAL_WARNING", "DISMISSED", "NOT_APPLICABLE", "PENDING")
FORUMS = ("S5_DISCUSSION", "S5_MEETING", "OUTSIDE_PROCESS", "DISCIPLINARY", "UNKNOWN")
RECIPIENTS = (
    *("PARENT",) * 14, *("SUBJECT",) * 8, *("CHIEF_OFFICER", "LEAD_MEMBER") * 3, "POLICE", "SS", "EDU", "HR", "HEAD",
    "CHAIR_GOV", "CHILD", "CIW", "ESTYN", "EWC", "SCW", "DBS", "OTHER_EMPLOYER", "OTHER_LA",
)  # fmt: skip
REASONS = (
    *(None,) * 5, "POLICE_ADVICE", "RISK_TO_CHILD", "NOT_IDENTIFIED", "LEGAL_ADVICE", "NOT_RECORDED", "OTHER",
)  # fmt: skip


class MadeRows(Chance):
    """The cells of one row each, around a day. Adults and settings come from a few, so that they come again."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.snapshot = date.min
        self.adults = [self.id("a") for _ in range(16)]
        self.settings = [self.id("s") for _ in range(12)]

    def case(self, day: date) -> dict[str, Any]:
        outcome_on = self.later(day, missing=0.3)
        return dict(
            adult_id=self.one_of((*self.adults, None)),
            setting_id=self.one_of(self.settings),
            threshold_met=self.one_of("YYYYYYNU"),
            received_on=self.near(day, missing=0.1),
            concern_aware_on=self.near(day - timedelta(1), missing=0.2),
            threshold_decision_on=self.near(day, missing=0.2),
            threshold_rationale_recorded=self.one_of("YYYNU"),
            recorded_against_adult=self.one_of("YYYNU"),
            identifiable_child=self.one_of("YYYNU"),
            immediate_risk=self.one_of("YYNU"),
            immediate_risk_on=self.near(day, missing=0.3),
            risk_assessment_on=self.near(day + timedelta(1), missing=0.5),
            meeting_decided=self.one_of("YYYNU"),
            status=self.one_of(("OPEN", "CLOSED", "CLOSED", "CLOSED", "REOPENED")),
            closed_on=self.later(day, missing=0.3),
            outcome_code=self.one_of(OUTCOMES),
            outcome_on=outcome_on,
            outcome_forum=self.one_of(FORUMS),
            named_contact_given=self.one_of("YYNU"),
            report_source=self.one_of(("POLICE", "PARENT", "ANON")),
            role_group=self.one_of(("TEACHER", "HEAD", "UNK")),
            setting_type=self.one_of(("PRIMARY", "FE", "FOSTER_HOME")),
            harm_category=self.one_of(("PHYSICAL", "ONLINE")),
            **self._leaving(day),
            **self._after(outcome_on or day),
        )

    def _leaving(self, day: date) -> dict[str, Any]:
        """How the person left, if so, and who was told of it."""
        exit_type = "NONE" if self.random.random() < 0.5 else self.one_of(EXITS)
        is_likely = exit_type not in (None, "NONE")
        exit_on = self.near(day + timedelta(1), missing=0.2 if is_likely else 0.9)
        referred = (exit_on or day) + timedelta(self.random.choice((-1, 2, 28)))
        return {
            "exit_type": exit_type,
            "exit_on": exit_on,
            "reference_agreed": self.one_of(("Y", "Y", "N", "U", "NA")),
            "removal_on": self.near(day + timedelta(2), missing=0.7),
            "dbs_duty_met": self.one_of("YYNU"),
            "dbs_referral_on": self.near(referred, missing=0.5),
            "regulator_code": self.one_of(("EWC", "SCW", "NONE")),
            "regulator_referral_on": self.near(referred, missing=0.5),
        }

    def _after(self, outcome_on: date) -> dict[str, Any]:
        """What the employer did after the outcome: 21 calendar days hold 15 working days."""
        return {
            "disciplinary_result": self.one_of(RESULTS),
            "employer_action_on": self.near(outcome_on + timedelta(3), missing=0.3),
            "hearing_on": self.near(outcome_on + timedelta(21), missing=0.6),
        }

    def meeting(self, day: date) -> dict[str, Any]:
        met_on = self.later(day) if self.random.random() < 0.2 else self.near(day)
        return dict(
            meeting_id=self.id("m"),
            meeting_type=self.one_of(("DISCUSSION", "DISCUSSION", "INITIAL", "REVIEW", "OUTCOME")),
            meeting_on=met_on,
            attended=self.random.choice(("POLICE", "POLICE;SS", "SS;EDU;POLICE", "SS;EDU", "LADO", None)),
            minutes_on=self.near((met_on or day) + timedelta(self.random.choice((0, 14))), missing=0.3),
            minutes_on_ss_file=self.one_of("YYYYYNU"),
            minutes_on_edu_file=self.one_of("YYYYYNU"),
            minutes_on_hr_file=self.one_of("YYYYYNU"),
            minutes_quality=self.random.choice((None, None, 0, 3, 4, 4)),
            joint_decided=self.one_of("YYNU"),
            joint_done=self.one_of("YYNU"),
        )

    def advice(self, day: date) -> dict[str, Any]:
        values = ("SUSPEND", "RESTRICT", "NO_RESTRICTION", "NO_VIEW", "NOT_SOUGHT", "NOT_RECORDED", None)
        return dict(
            advice_id=self.id("v"),
            agency=self.random.choices(("POLICE", "SS", "LADO", None), (20, 20, 4, 1))[0],
            advice_on=day if self.random.random() < 0.3 else self.near(day),
            advice_time=self.time(),
            advice_value=self.random.choices(values, (24, 24, 4, 4, 4, 4, 1))[0],
        )

    def decision(self, day: date) -> dict[str, Any]:
        kinds = ("SAFEGUARD", "REVIEW", "THRESHOLD", "REFERRAL")
        kind = self.random.choices((*kinds, None), (12, 6, 2, 2, 1))[0]
        values = ("SUSPENDED", "ALTERNATIVE", "NONE", "LEFT", "NOT_RECORDED", None)
        is_early = not self.is_calm and self.random.random() < 0.4
        decided_on = day - timedelta(3) if is_early else self.near(day)
        then = decided_on or day
        return dict(
            decision_id=self.id("d"),
            decision_type=kind,
            decision_on=decided_on,
            decision_time=self.time(),
            decision_value=self.random.choices(values, (12, 10, 7, 3, 3, 1))[0],
            forum=self.one_of(FORUMS),
            end_on=self.near(then, missing=0.5),
            alternatives_used=self.codes(("SUPERVISED", "LEAVE", "NONE")),
            alternatives_considered=self.codes(("SUPERVISED", "LEAVE", "NONE")),
            alternatives_rejected_reason_recorded=self.one_of("YYYNU"),
            access_to_children_removed=self.one_of("YNPU"),
            override_reasons=self.codes(("PREV_GOOD_RECORD", "STAFFING", "NOT_RECORDED")),
            risk_assessment_on=self.near(then, missing=0.4),
            senior_signoff_role=self.one_of(("HEAD", "HEAD", "DIRECTOR", "UNK", None)),
            senior_signoff_on=self.near(then, missing=0.2),
            written_confirmation_on=self.near(then + timedelta(1), missing=0.2),
            review_due_on=self.near(then + timedelta(3), missing=0.3),
            reviewed_on=self.near(then + timedelta(3), missing=0.3),
        )

    def action(self, day: date) -> dict[str, Any]:
        agreed_on = self.near(day)
        then = agreed_on or day
        return dict(
            action_id=self.id("t"),
            owner_agency=self.one_of(("SS", "EDU", "POLICE")),
            agreed_on=agreed_on,
            original_due_on=self.near(then + timedelta(3), missing=0.3),
            current_due_on=self.near(then + timedelta(5), missing=0.4),
            due_changes=self.random.choice((0, 0, 1, 2, None)),
            completed_on=self.near(then + timedelta(self.random.choice((0, 3, 3))), missing=0.3),
            status=self.one_of(("OPEN", "DONE", "DONE", "DONE", "CANCELLED", "SUPERSEDED")),
            evidence_on_file=self.one_of("YYNU"),
        )

    def child(self, _: date) -> dict[str, Any]:
        return dict(
            child_id=self.id("k"),
            age_band=self.one_of(("5-7", "17", "UNK")),
            sex=self.one_of("FMOU"),
            ethnic_group=self.one_of(("WHITE", "ASIAN", "REFUSED", "UNK")),
            aln_status=self.one_of(("NONE", "NONE", "SA", "IDP_LA", "UNK")),
            looked_after=self.one_of("YNU"),
            views_recorded=self.one_of(("Y", "Y", "N", "NA")),
            advocacy_offered=self.one_of(("Y", "Y", "N", "NA")),
        )

    def share(self, day: date) -> dict[str, Any]:
        due_on = self.around(self.snapshot) if self.random.random() < 0.4 else self.near(day + timedelta(3))
        return dict(
            share_id=self.id("i"),
            recipient=self.one_of(RECIPIENTS),
            purpose=self.one_of(
                ("ALLEGATION", "ALLEGATION", "OUTCOME", "OUTCOME", "OUTCOME", "SAFEGUARD", "REFERENCE")
            ),
            required=self.one_of("YYYNU"),
            not_shared_reason=self.random.choice(REASONS),
            due_on=None if self.random.random() < 0.2 else due_on,
            shared_on=self.near(due_on or day, missing=0.5),
        )

    def audit(self, day: date) -> dict[str, Any]:
        audited_on = self.later(day)
        then = audited_on or day
        return dict(
            audit_id=self.id("u"),
            auditor_type=self.one_of(("INTERNAL", "PEER", "EXTERNAL", "INSPECTORATE")),
            audit_on=audited_on,
            immediate_risk_found=self.one_of("YNNU"),
            referred_back=self.one_of("YYNU"),
            referred_back_by=self.one_of(("CIW", "ESTYN", None)),
            referred_back_on=self.near(then + timedelta(1), missing=0.3),
            referred_back_closed_on=self.near(then + timedelta(30), missing=0.5),
            agrees_with_record=self.one_of("YYNU"),
        )
