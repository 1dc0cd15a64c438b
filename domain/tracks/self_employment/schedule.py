"""Which reviews the track calls for: each milestone's deadline, and the visits."""

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from domain.case.held import Series
from domain.case.moment import Moment
from domain.case.schedule import Due, ReviewKind, deadline, numbered
from domain.case.state import CaseState
from domain.rules import Rules
from domain.tracks.coming import Coming
from domain.tracks.self_employment.problems import decisions_due
from domain.tracks.self_employment.submission import Submission
from domain.tracks.self_employment.vocabulary import OpinionKind
from domain.tracks.training.schedule import end_of
from domain.values.calendar import Calendar, months_after

if TYPE_CHECKING:
    from domain.tracks.self_employment.state import SelfEmployment


def scheduled_on(
    state: CaseState, track: "SelfEmployment", rules: Rules, calendar: Calendar
) -> Iterator[Due]:
    """Every review the track calls for that stays due until it is done."""
    yield from decisions_due(track.problems, rules, calendar)
    if track.ended is not None:
        return
    if track.delivered is not None:
        return
    if track.approved is not None:
        yield from _decisions(track, rules, calendar)
        yield from _open_part(track, rules, calendar)
        yield from _confirmation(state, track, rules, calendar)
        yield from _towards_delivery(state, track, track.approved, rules, calendar)
    elif track.proposed is not None:
        yield from _towards_approval(track, track.proposed, rules, calendar)
    else:
        yield from end_of(track, rules, calendar)


def _towards_approval(
    track: "SelfEmployment", proposed: Moment, rules: Rules, calendar: Calendar
) -> Iterator[Due]:
    rejection = track.rejection
    if rejection is not None:
        if rejection.decided is not None and not track.appealed:
            yield _last_day_to_appeal(track, rejection, rejection.decided, rules, calendar)
    elif track.pending or track.sent_back:
        yield from _decisions(track, rules, calendar)
        yield from _revisions(track, rules, calendar)
    else:
        yield _towards_submission(track, proposed, rules, calendar)


def _towards_submission(
    track: "SelfEmployment", proposed: Moment, rules: Rules, calendar: Calendar
) -> Due:
    """The next of study, opinion and submission; or an answer to one that is not favourable."""
    if track.studied is None:
        start = _later(proposed, track.revised)
        return _next(track, ReviewKind.STUDY, start, rules.study_days, calendar)
    if not track.study_favourable:
        days = rules.unfavourable_study_days
        return _next(track, ReviewKind.REVISION, track.studied, days, calendar)
    if track.opined is None:
        start = _later(track.studied, track.revised)
        return _next(track, ReviewKind.OPINION, start, rules.opinion_days, calendar)
    if track.opinion is not OpinionKind.FAVOURABLE:
        days = rules.unfavourable_study_days
        return _next(track, ReviewKind.REVISION, track.opined, days, calendar)
    start = _later(track.opined, track.revised, track.freed)
    return _next(track, ReviewKind.SUBMISSION, start, rules.submission_days, calendar)


def _next(
    track: "SelfEmployment", kind: ReviewKind, start: Moment, days: int, calendar: Calendar
) -> Due:
    return deadline(kind, track.next(kind), start, days, calendar)


def _later(first: Moment, *others: Moment | None) -> Moment:
    return max((first, *(each for each in others if each)), key=lambda moment: moment.on)


def _decisions(track: "SelfEmployment", rules: Rules, calendar: Calendar) -> Iterator[Due]:
    """Of what is submitted: one for those that fall due of the same day."""
    dues = [_decision(track, each, rules, calendar) for each in track.pending.values()]
    yield from {(due.kind, due.due_on): due for due in reversed(dues)}.values()


def _revisions(track: "SelfEmployment", rules: Rules, calendar: Calendar) -> Iterator[Due]:
    """Of what was sent back."""
    decided = {each.decided for each in track.sent_back.values() if each.decided is not None}
    for last in sorted(decided, key=lambda moment: moment.on)[-1:]:
        yield _next(track, ReviewKind.REVISION, last, rules.sent_back_days, calendar)


def _open_part(track: "SelfEmployment", rules: Rules, calendar: Calendar) -> Iterator[Due]:
    """Of an approved project, where a part is nobody's yet: refused, the plan is revised, else the
    part is put to a session.
    """
    if track.proposed is None or track.pending or not track.part_open:
        return
    if track.refused:
        decided = (each.decided for each in track.submissions.values() if each.decided is not None)
        last = max(decided, key=lambda moment: moment.on)
        yield _next(track, ReviewKind.REVISION, last, rules.sent_back_days, calendar)
    else:
        yield _towards_submission(track, track.proposed, rules, calendar)


def _decision(
    track: "SelfEmployment", submission: Submission, rules: Rules, calendar: Calendar
) -> Due:
    """The session's own, once it met; a deferred project's next session."""
    kind = ReviewKind.DECISION if submission.decided is None else ReviewKind.DEFERRED
    key = numbered(kind, submission.number, track.number)
    if submission.decided is not None:
        if submission.next_session_on is None:
            days, start = rules.deferred_days, submission.decided
        else:
            days, start = 0, Moment(submission.next_session_on, submission.decided.known)
        return deadline(kind, key, start, days, calendar)
    if submission.session_on is None:
        return deadline(kind, key, submission.submitted, rules.decision_days, calendar)
    session = Moment(submission.session_on, submission.submitted.known)
    return deadline(kind, key, session, rules.decision_days_after_session, calendar)


def _last_day_to_appeal(
    track: "SelfEmployment",
    rejection: Submission,
    rejected: Moment,
    rules: Rules,
    calendar: Calendar,
) -> Due:
    """It moves back to a working day: no weekend makes an appeal late."""
    last = calendar.on_or_before(rejected.on + timedelta(days=rules.appeal_days))
    key = numbered(ReviewKind.APPEAL, rejection.number, track.number)
    return Due(key, ReviewKind.APPEAL, last, rejected.on, last, rejected.known)


def _confirmation(
    state: CaseState, track: "SelfEmployment", rules: Rules, calendar: Calendar
) -> Iterator[Due]:
    """Of an approval under which nothing was ordered, while its holder is inside."""
    if state.is_free or track.equipment.ordered | track.equipment.handed:
        return
    begun = (track.approved_first, state.custody.entered, track.confirmed)
    moments = [each for each in begun if each is not None]
    since = max(each.on for each in moments)
    due_on = calendar.on_or_after(months_after(since, rules.approval_confirmation_months))
    yield Due(
        key=track.next(ReviewKind.APPROVAL_CONFIRMATION),
        kind=ReviewKind.APPROVAL_CONFIRMATION,
        due_on=due_on,
        window_start=due_on - timedelta(days=rules.approval_confirmation_days),
        window_end=due_on,
        known_since=max(each.known for each in moments),
    )


def _towards_delivery(
    state: CaseState, track: "SelfEmployment", approved: Moment, rules: Rules, calendar: Calendar
) -> Iterator[Due]:
    """The undertaking, then all of order, receipt and handover that is open; after the release.

    Of who is inside again all but the undertaking, where the family continues.
    """
    if not (state.is_free or (track.undertaking and state.family_continues(track))):
        return
    if track.undertaking is None:
        free = state.custody.released
        start = max((approved, free or approved), key=lambda moment: moment.on)
        yield _once(track, ReviewKind.UNDERTAKING, start, rules.undertaking_days, calendar)
        return
    equipment = track.equipment
    if equipment.to_order:
        since = (approved, track.undertaking, track.ordered)
        start = max((each for each in since if each), key=lambda moment: moment.on)
        yield _once(track, ReviewKind.ORDER, start, rules.order_days, calendar)
    if equipment.to_receive and track.ordered is not None:
        yield _once(track, ReviewKind.RECEIPT, track.ordered, rules.receipt_days, calendar)
    if equipment.ready and track.received is not None and track.first_received is not None:
        if equipment.to_order or equipment.to_receive:
            start, days = track.first_received, rules.handover_days_from_first
        else:
            start, days = track.received, rules.handover_days
        yield _once(track, ReviewKind.HANDOVER, start, days, calendar)


def _once(
    track: "SelfEmployment", kind: ReviewKind, start: Moment, days: int, calendar: Calendar
) -> Due:
    return deadline(kind, track.of_project(kind), start, days, calendar)


def visits_of(track: "SelfEmployment", rules: Rules, calendar: Calendar) -> Series:
    """They hang on the track's first delivery."""
    coming = Coming(ReviewKind.VISIT, rules.visit_months, track.number)
    return coming.after(track.first_delivery, track.visits, rules, calendar)
