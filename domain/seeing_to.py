"""By which step each kind of review is seen to, and what keeps it from being taken."""

from collections.abc import Mapping
from functools import cache

from domain.case.schedule import ReviewKind
from domain.case.state import CaseState
from domain.commands import step_name
from domain.path import PATH
from domain.steps.handling import Handling
from domain.tracks.row import seen_by

DONE_BY: Mapping[ReviewKind, str] = {
    ReviewKind.PRE_RELEASE: "record-pre-release-review",
    ReviewKind.DETENTION: "record-contact",
    ReviewKind.RELEASE_UNCONFIRMED: "record-release",
    ReviewKind.COMING_OF_AGE: "give-consent",
    ReviewKind.TRANSFER: "record-contact",
    ReviewKind.CONDITIONAL_REQUEST: "prepare-conditional-release",
    ReviewKind.PENALTY: "record-contact",
    ReviewKind.PENALTY_END: "record-contact",
    ReviewKind.CONDITIONS_END: "record-contact",
    ReviewKind.FIRST_CONTACT: "record-contact",
    ReviewKind.PLAN: "agree-plan",
    ReviewKind.CONTACT: "record-contact",
    ReviewKind.SILENCE: "record-contact",
    ReviewKind.TRAINING_END: "complete-training",
    ReviewKind.SCHOOL_RESULT: "record-school-result",
    ReviewKind.SCHOOL_ENROLMENT: "enrol-at-school",
    ReviewKind.STUDY: "record-study",
    ReviewKind.REVISION: "revise-project",
    ReviewKind.OPINION: "give-opinion",
    ReviewKind.SUBMISSION: "submit-to-session",
    ReviewKind.DECISION: "record-decision",
    ReviewKind.DEFERRED: "submit-to-session",
    ReviewKind.APPEAL: "appeal-rejection",
    ReviewKind.APPROVAL_CONFIRMATION: "confirm-approval",
    ReviewKind.UNDERTAKING: "sign-undertaking",
    ReviewKind.ORDER: "place-order",
    ReviewKind.RECEIPT: "receive-lines",
    ReviewKind.HANDOVER: "confirm-delivery",
    ReviewKind.VISIT: "record-visit",
    ReviewKind.PLACEMENT: "review-placement",
    ReviewKind.PROBLEM: "decide-problem",
    ReviewKind.CLOSING: "close-case",
    ReviewKind.PAPER: "attach-document",
    ReviewKind.REFERRAL: "withdraw-referral",
    ReviewKind.REFERRAL_ASKED: "refer-case",
    ReviewKind.SUPPORT: "progress-support",
    ReviewKind.AWAITED: "ask-third-party-again",
}
"""The step by which each is seen to; an escalation has none of its own."""


def blocked_by(kind: ReviewKind, case: CaseState) -> str | None:
    """Why the step that sees to a review is closed now, as a problem's code; None where it is open.

    And where it is no step of the case: what stands on an order or a session is not told by it.
    """
    return closed_because(DONE_BY.get(kind, ""), case)


def closed_because(step: str, case: CaseState) -> str | None:
    """Why a step of the case is closed now, as a problem's code."""
    row = _rows().get(step)
    if row is None:
        return None
    found = [row.closed_because(seen) for _, seen in seen_by(row, case)]
    return None if None in found else found[0]


def is_meeting(kind: ReviewKind) -> bool:
    """Whether it is seen to with the person."""
    row = _rows().get(DONE_BY.get(kind, ""))
    return row is not None and row.step.with_the_person


@cache
def _rows() -> Mapping[str, Handling]:
    """The steps of a case, by their names."""
    return {step_name(row.step): row for part in PATH for row in part.rows}
