"""How a review stands, as a page says it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from domain.case.schedule import ReviewKind, ReviewStatus
from projections.views.caseload_rows import DatedReview
from service.queries.cases import Review
from service.words import writing
from service.words.language import Language
from service.words.store import words

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

BY_MONTHS = frozenset({ReviewKind.VISIT, ReviewKind.PLACEMENT})
"""Named by how many months after a day they come."""


SETTLED = frozenset({ReviewStatus.EXEMPT, ReviewStatus.COMPLETED, ReviewStatus.MISSED})
"""They need nobody any more."""


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A review, and how it stands."""

    name: str
    status: ReviewStatus
    said: str
    """The status in words."""
    due_on: date
    """Of one that was completed, the day on which it was."""
    window_end: date
    days_late: int
    """0 where it is not late and was not, or where the reader may not know the day."""
    month: str
    """Said in the place of the days to who may not know them; empty for all others."""
    step: str
    """By which it is seen to, where the reader can take it now; else empty."""


def review_line(
    review: DatedReview,
    status: ReviewStatus,
    today: date,
    language: Language,
    open_steps: Collection[str] = (),
) -> ReviewLine:
    """The line of a review whose case stands like this; `open_steps`: the reader's own."""
    said = words(language)
    name = said.of(review.kind) if review.kind else said.page["review"]
    if review.key and review.kind in BY_MONTHS:
        name = f"{name} ({_after_months(review.key, language)})"
    on, late = review.due_on, max((today - review.window_end).days, 0) if review.kind else 0
    if isinstance(review, Review):
        on, late = review.held_on or on, review.days_late or 0
    month = "" if review.kind else writing.month(review.due_on, language)
    step = DONE_BY.get(review.kind, "") if review.kind else ""
    to_do = status not in SETTLED and step in open_steps
    said_step = said.step[step] if to_do else ""
    stands = said.of(status)
    return ReviewLine(name, status, stands, on, review.window_end, late, month, said_step)


def _after_months(key: str, language: Language) -> str:
    """Which visit it is: `visit/3` is the one after three months."""
    return writing.counted(words(language).count["months"], int(key.split("/")[1]), language)
