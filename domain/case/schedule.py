"""Which reviews a case calls for, by its rules: where each hangs, its window, its due date.

A track's own reviews are the track's to say. Days are Morocco's. Whether a review was done, exempted or moved is for `reviews.py`.

Some are occasions, one after another (`series`): one may be missed. All others stay due until
they are done (`scheduled`).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import partial
from typing import Self

from domain.case.held import Series
from domain.case.moment import Moment, day_of
from domain.case.state import CaseState
from domain.rules import Rules
from domain.rules.shape import DetentionInterval
from domain.values.calendar import Calendar, months_after


class ReviewKind(StrEnum):
    """All kinds of reviews, the tracks' too: they share lists, reminders and words."""

    PRE_RELEASE = "pre_release"
    DETENTION = "detention"
    RELEASE_UNCONFIRMED = "release_unconfirmed"
    TRANSFER = "transfer"
    """To another prison, or back to one."""
    CONDITIONAL_REQUEST = "conditional_request"
    PENALTY = "penalty"
    """An alternative one's."""
    PENALTY_END = "penalty_end"
    CONDITIONS_END = "conditions_end"
    FIRST_CONTACT = "first_contact"
    PLAN = "plan"
    COMING_OF_AGE = "coming_of_age"
    CONTACT = "contact"
    SILENCE = "silence"
    TRAINING_END = "training_end"
    SCHOOL_RESULT = "school_result"
    """How a school year came out."""
    SCHOOL_ENROLMENT = "school_enrolment"
    """While no school year runs."""
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
    PLACEMENT = "placement"
    """Whether somebody who was hired still works there."""
    PROBLEM = "problem"
    PAPER = "paper"
    """One that expires."""
    REFERRAL = "referral"
    """The other centre has not answered it."""
    REFERRAL_ASKED = "referral_asked"
    """Another centre asks for the case."""
    SUPPORT = "support"
    """An item that is looked at again."""
    AWAITED = "awaited"
    """What somebody outside did not answer."""
    CLOSING = "closing"
    ESCALATION = "escalation"


OF_CUSTODY = frozenset(
    {
        ReviewKind.PRE_RELEASE,
        ReviewKind.DETENTION,
        ReviewKind.RELEASE_UNCONFIRMED,
        ReviewKind.TRANSFER,
        ReviewKind.CONDITIONAL_REQUEST,
        ReviewKind.PENALTY,
        ReviewKind.PENALTY_END,
        ReviewKind.CONDITIONS_END,
        ReviewKind.FIRST_CONTACT,
        ReviewKind.PLAN,
        ReviewKind.SILENCE,
        ReviewKind.APPROVAL_CONFIRMATION,
        ReviewKind.SUPPORT,
    }
)
"""Their days tell the day of a release, of a judicial rehabilitation, or that somebody was in prison."""


class ReviewStatus(StrEnum):
    """How a review stands on a day; the last three need nobody any more."""

    SCHEDULED = "scheduled"
    DUE = "due"
    OVERDUE = "overdue"
    EXEMPT = "exempt"
    COMPLETED = "completed"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Due:
    """A review that is outstanding."""

    key: str
    """Stable for one review, wherever the day moves that it hangs on: `visit/3`."""
    kind: ReviewKind
    due_on: date
    window_start: date
    window_end: date
    known_since: datetime
    """When what it hangs on was recorded (UTC)."""
    rests_until: date | None = None
    """Before that day it waits, whatever its window: an exemption or a pause ends then."""

    @property
    def falls_due(self) -> date:
        """The first day on which it is due."""
        return max(self.window_start, self.rests_until or self.window_start)

    def resting(self, until: date) -> Self:
        return replace(self, rests_until=max(until, self.rests_until or until))

    def status(self, today: date) -> ReviewStatus:
        if today < self.falls_due:
            return ReviewStatus.SCHEDULED
        return ReviewStatus.OVERDUE if today > self.window_end else ReviewStatus.DUE


def scheduled(state: CaseState, rules: Rules, calendar: Calendar) -> Iterator[Due]:
    """Every review the case's state calls for that stays due until it is done."""
    if state.set_aside_for is None:
        yield from _about_the_person(state, rules, calendar)
    for track in state.tracks.values():
        yield from track.scheduled(state, rules, calendar)


def _about_the_person(state: CaseState, rules: Rules, calendar: Calendar) -> Iterator[Due]:
    """Of two cases of one person these are due in the one that goes on."""
    if not state.is_free:
        yield from _in_detention(state, rules, calendar)
    else:
        yield from _outside(state, rules, calendar)


def series(state: CaseState, rules: Rules, calendar: Calendar) -> Iterator[Series]:
    """The occasions of the case itself, those of each imprisonment apart."""
    if state.set_aside_for is None:
        yield from _before_releases(state, rules, calendar)


def _before_releases(state: CaseState, rules: Rules, calendar: Calendar) -> Iterator[Series]:
    custody = state.custody
    for stay in custody.stays:
        before = partial(_before_release, rules=rules, calendar=calendar, episode=stay.number)
        held = tuple(each for each in state.held if stay.saw(each.when.on))
        yield Series(
            hung_on=custody.expected_in(stay),
            held=held,
            occasions=before,
            over=day_of(stay.left),
            hung_before=custody.expected_before(stay),
        )


def numbered(kind: ReviewKind, ordinal: int | str, among: int = 1) -> str:
    """The name of a review by its ordinal in an episode or a track, which the first leaves out."""
    return f"{kind}/{ordinal}" if among == 1 else f"{kind}/{ordinal}/{among}"


def deadline(kind: ReviewKind, key: str, anchor: Moment, days: int, calendar: Calendar) -> Due:
    """Something to be done within so many days of `anchor`."""
    due_on = calendar.on_or_after(anchor.on + timedelta(days=days))
    return Due(key, kind, due_on, anchor.on, due_on, anchor.known)


def _in_detention(state: CaseState, rules: Rules, calendar: Calendar) -> Iterator[Due]:
    custody = state.custody
    release, known = custody.expected_release, custody.expected_known
    if release is not None and known is not None:
        kind, unconfirmed = ReviewKind.RELEASE_UNCONFIRMED, Moment(release, known.known)
        days = rules.release_unconfirmed_days
        yield deadline(kind, numbered(kind, custody.number), unconfirmed, days, calendar)
    if state.planned is None and state.opened is not None:
        yield _plan(state.opened, rules, calendar)
    last = _looked_at(state)
    if last is not None and custody.in_detention:
        interval = _detention_interval(state, last.on, rules)
        due_on = calendar.on_or_after(months_after(last.on, interval.latest_months))
        start = months_after(last.on, interval.earliest_months)
        yield Due(
            rolling(ReviewKind.DETENTION, state),
            ReviewKind.DETENTION,
            due_on,
            start,
            due_on,
            last.known,
        )


def rolling(kind: ReviewKind, state: CaseState) -> str:
    """The name of what is due a while after each meeting, by the ordinal of what it hangs on."""
    return f"{kind}/{state.occasions}"


def _plan(start: Moment, rules: Rules, calendar: Calendar) -> Due:
    key = numbered(ReviewKind.PLAN, 1)
    return deadline(ReviewKind.PLAN, key, start, rules.plan_days, calendar)


def _looked_at(state: CaseState) -> Moment | None:
    """When the person was last met, or came in since."""
    seen = (state.last_contact, state.custody.entered)
    return max((each for each in seen if each), key=lambda moment: moment.on, default=None)


def _before_release(
    expected: Moment, rules: Rules, calendar: Calendar, episode: int
) -> tuple[Due, ...]:
    """Reviews before release move back to a working day, and leave the last week free."""
    width, release = timedelta(days=rules.pre_release_window_days), expected.on
    last_day = calendar.on_or_before(release - timedelta(days=rules.free_days_before_release + 1))
    due = (
        (days, calendar.on_or_before(release - timedelta(days=days)))
        for days in rules.pre_release_days
    )
    return tuple(
        Due(
            key=numbered(ReviewKind.PRE_RELEASE, days, episode),
            kind=ReviewKind.PRE_RELEASE,
            due_on=due_on,
            window_start=due_on - width,
            window_end=min(due_on + width, last_day),
            known_since=expected.known,
        )
        for days, due_on in due
    )


def _detention_interval(state: CaseState, last: date, rules: Rules) -> DetentionInterval:
    release = state.custody.expected_release
    if state.custody.on_remand or release is None:
        return rules.remand_interval
    for interval in rules.detention_intervals:
        months = interval.remaining_up_to
        if months is None or release <= months_after(last, months):
            return interval
    return rules.detention_intervals[-1]


def _outside(state: CaseState, rules: Rules, calendar: Calendar) -> Iterator[Due]:
    """Who comes after the release is met by the opening itself."""
    released, opened = state.custody.released, state.opened
    if opened is None:
        return
    start = max((released or opened, opened), key=lambda moment: moment.on)
    if state.planned is None:
        yield _plan(_plan_from(state, opened), rules, calendar)
    if released is not None and state.first_contact is None:
        yield _first_contact(state, released, rules, calendar)
    last = max((state.last_contact or start, released or start), key=lambda moment: moment.on)
    if state.first_contact is not None and not state.has_visits:
        yield _regular_contact(state, start, last, rules, calendar)
    yield _silence(state, last, rules, calendar)
    yield from _closing(state, rules, calendar)


def _silence(state: CaseState, last: Moment, rules: Rules, calendar: Calendar) -> Due:
    """It falls due a little before it is one, so that it can be broken."""
    kind, days = ReviewKind.SILENCE, _silence_days(state, last.on, rules)
    due = deadline(kind, rolling(kind, state), last, days, calendar)
    return replace(due, window_start=due.due_on - timedelta(days=rules.contact_window_days))


def _silence_days(state: CaseState, last: date, rules: Rules) -> int:
    """By how often the person is to be met after the day on which they last were."""
    released = state.custody.released
    begun = [track for track in state.tracks_that_count if track.begun_on is not None]
    if begun:
        untils = [track.often_seen_until(rules) for track in begun]
        width = timedelta(days=rules.visit_window_days)
        often = any(until is None or last < until - width for until in untils)
        return rules.silence_days_visited if often else rules.silence_days_late
    soon = released is not None and last < months_after(
        released.on, rules.silence_after_release_months
    )
    return rules.silence_days if soon else rules.silence_days_later


def _closing(state: CaseState, rules: Rules, calendar: Calendar) -> Iterator[Due]:
    """Once nothing more is scheduled on any track."""
    ends = [track.scheduled_until(rules, calendar) for track in state.tracks.values()]
    days = [end for end in ends if end is not None]
    if ends and len(days) == len(ends):
        last, kind = max(days, key=lambda moment: moment.on), ReviewKind.CLOSING
        yield deadline(kind, numbered(kind, 1), last, rules.closing_days, calendar)


def answered(state: CaseState, rules: Rules, calendar: Calendar) -> Iterator[tuple[Due, date]]:
    """What each case has once, and was done, with its day."""
    opened, released, met = state.opened, state.custody.released, state.first_contact
    if opened is None:
        return
    if released is not None and met is not None and opened.on < met.on:
        yield _first_contact(state, released, rules, calendar), met.on
    if state.planned_first is not None:
        yield _plan(_plan_from(state, opened), rules, calendar), state.planned_first


def _plan_from(state: CaseState, opened: Moment) -> Moment:
    """The opening, or a release that it did not precede."""
    released = state.custody.released
    if state.opened_inside or released is None:
        return opened
    return max((released, opened), key=lambda moment: moment.on)


def _first_contact(state: CaseState, released: Moment, rules: Rules, calendar: Calendar) -> Due:
    kind, days = ReviewKind.FIRST_CONTACT, _first_contact_days(state, released.on, rules)
    return deadline(kind, numbered(kind, state.custody.number), released, days, calendar)


def _first_contact_days(state: CaseState, released_on: date, rules: Rules) -> int:
    if state.is_minor(released_on) or state.has_housing is False:
        return rules.first_contact_days_urgent
    return rules.first_contact_days_pardon if state.custody.pardoned else rules.first_contact_days


def _regular_contact(
    state: CaseState, start: Moment, last: Moment, rules: Rules, calendar: Calendar
) -> Due:
    often = last.on < months_after(start.on, rules.contact_often_for_months)
    months = rules.contact_months if often else rules.contact_months_later
    due_on = calendar.on_or_after(months_after(last.on, months))
    width = timedelta(days=rules.contact_window_days)
    key = rolling(ReviewKind.CONTACT, state)
    return Due(key, ReviewKind.CONTACT, due_on, due_on - width, due_on + width, last.known)
