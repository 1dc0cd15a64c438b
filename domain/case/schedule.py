"""Which reviews a case calls for, by its rules: where each hangs, its window, its due date.

A track's own reviews are the track's to say. Days are Morocco's. Whether a review was done, exempted or moved is for `reviews.py`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.case.moment import Moment
from domain.case.state import CaseState
from domain.case.vocabulary import DetentionStatus, Route
from domain.rules import Rules
from domain.rules.shape import DetentionInterval
from domain.values.calendar import Calendar, months_after


class ReviewKind(StrEnum):
    """All kinds of reviews, the tracks' too: they share lists, reminders and words."""

    PRE_RELEASE = "pre_release"
    DETENTION = "detention"
    RELEASE_UNCONFIRMED = "release_unconfirmed"
    FIRST_CONTACT = "first_contact"
    PLAN = "plan"
    CONTACT = "contact"
    SILENCE = "silence"
    TRAINING_END = "training_end"
    STUDY = "study"
    REVISION = "revision"
    OPINION = "opinion"
    SUBMISSION = "submission"
    DECISION = "decision"
    DEFERRED = "deferred"
    APPEAL = "appeal"
    APPROVAL_CONFIRMATION = "approval_confirmation"
    UNDERTAKING = "undertaking"
    ORDER = "order"
    RECEIPT = "receipt"
    HANDOVER = "handover"
    VISIT = "visit"
    PROBLEM = "problem"
    ESCALATION = "escalation"


OF_CUSTODY = frozenset(
    {
        ReviewKind.PRE_RELEASE,
        ReviewKind.DETENTION,
        ReviewKind.RELEASE_UNCONFIRMED,
        ReviewKind.FIRST_CONTACT,
        ReviewKind.PLAN,
        ReviewKind.SILENCE,
        ReviewKind.APPROVAL_CONFIRMATION,
    }
)
"""Their days tell the day of a release, or that somebody was in prison."""


class ReviewStatus(StrEnum):
    SCHEDULED = "scheduled"
    DUE = "due"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Due:
    """A review that is outstanding."""

    key: str
    """Stable for one review: `visit/3/2024-07-18`."""
    kind: ReviewKind
    due_on: date
    window_start: date
    window_end: date
    known_since: datetime
    """When what it hangs on was recorded (UTC)."""

    def status(self, today: date) -> ReviewStatus:
        if today > self.window_end:
            return ReviewStatus.OVERDUE
        if today >= self.window_start:
            return ReviewStatus.DUE
        return ReviewStatus.SCHEDULED


def scheduled(state: CaseState, rules: Rules, calendar: Calendar) -> Iterator[Due]:
    """Every review the case's state calls for, done or not."""
    if not state.is_free:
        yield from _in_detention(state, rules, calendar)
    else:
        yield from _outside(state, rules, calendar)
    for track in state.tracks.values():
        yield from track.scheduled(state, rules, calendar)


def deadline(
    kind: ReviewKind, anchor: Moment, days: int, calendar: Calendar, start: date | None = None
) -> Due:
    """Something to be done within so many days of `anchor`."""
    due_on = calendar.on_or_after(anchor.on + timedelta(days=days))
    return Due(f"{kind}/{anchor.on}", kind, due_on, start or anchor.on, due_on, anchor.known)


def _in_detention(state: CaseState, rules: Rules, calendar: Calendar) -> Iterator[Due]:
    custody = state.custody
    release, known = custody.expected_release, custody.expected_known
    if release is not None and known is not None:
        yield from _before_release(release, known, rules, calendar)
        unconfirmed = Moment(release, known.known)
        yield deadline(
            ReviewKind.RELEASE_UNCONFIRMED, unconfirmed, rules.release_unconfirmed_days, calendar
        )
    last = state.last_review or state.opened
    if last is not None and custody.in_detention:
        interval = _detention_interval(state, last.on, rules)
        yield Due(
            key=f"{ReviewKind.DETENTION}/{last.on}",
            kind=ReviewKind.DETENTION,
            due_on=calendar.on_or_after(months_after(last.on, interval.latest_months)),
            window_start=months_after(last.on, interval.earliest_months),
            window_end=calendar.on_or_after(months_after(last.on, interval.latest_months)),
            known_since=last.known,
        )


def _before_release(
    release: date, known: Moment, rules: Rules, calendar: Calendar
) -> Iterator[Due]:
    """Reviews before release move back to a working day, and leave the last week free."""
    width = timedelta(days=rules.pre_release_window_days)
    last_day = calendar.on_or_before(release - timedelta(days=rules.free_days_before_release + 1))
    for days in rules.pre_release_days:
        due_on = calendar.on_or_before(release - timedelta(days=days))
        yield Due(
            key=f"{ReviewKind.PRE_RELEASE}/{days}/{release}",
            kind=ReviewKind.PRE_RELEASE,
            due_on=due_on,
            window_start=due_on - width,
            window_end=min(due_on + width, last_day),
            known_since=known.known,
        )


def _detention_interval(state: CaseState, last: date, rules: Rules) -> DetentionInterval:
    release = state.custody.expected_release
    if state.custody.status is DetentionStatus.REMAND or release is None:
        return rules.remand_interval
    for interval in rules.detention_intervals:
        months = interval.remaining_up_to
        if months is None or release <= months_after(last, months):
            return interval
    return rules.detention_intervals[-1]


def _outside(state: CaseState, rules: Rules, calendar: Calendar) -> Iterator[Due]:
    start = state.custody.released or state.opened
    if start is None:
        return
    if state.first_contact is None and state.route is not Route.WITHOUT_DETENTION:
        days = _first_contact_days(state, start.on, rules)
        yield deadline(ReviewKind.FIRST_CONTACT, start, days, calendar)
    if state.planned is None:
        yield deadline(ReviewKind.PLAN, start, rules.plan_days, calendar)
    if state.first_contact is not None and not state.has_visits:
        last = state.last_contact or state.first_contact
        yield _regular_contact(start, last, rules, calendar)
    if not state.has_visits:
        last = max((state.last_contact or start, start), key=lambda moment: moment.on)
        yield deadline(ReviewKind.SILENCE, last, rules.silence_days, calendar)


def _first_contact_days(state: CaseState, released_on: date, rules: Rules) -> int:
    if state.is_minor(released_on) or state.has_housing is False:
        return rules.first_contact_days_urgent
    return rules.first_contact_days_pardon if state.custody.pardoned else rules.first_contact_days


def _regular_contact(start: Moment, last: Moment, rules: Rules, calendar: Calendar) -> Due:
    often = last.on < months_after(start.on, rules.contact_often_for_months)
    months = rules.contact_months if often else rules.contact_months_later
    due_on = calendar.on_or_after(months_after(last.on, months))
    width = timedelta(days=rules.contact_window_days)
    key = f"{ReviewKind.CONTACT}/{last.on}"
    return Due(key, ReviewKind.CONTACT, due_on, due_on - width, due_on + width, last.known)
