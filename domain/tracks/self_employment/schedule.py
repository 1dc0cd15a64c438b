"""Which reviews the track calls for: each milestone's deadline, then the visits."""

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from domain.case.moment import Moment
from domain.case.schedule import Due, ReviewKind, deadline
from domain.case.state import CaseState
from domain.rules import Rules
from domain.tracks.self_employment.vocabulary import TrainingStatus
from domain.values.calendar import Calendar, months_after

if TYPE_CHECKING:
    from domain.tracks.self_employment.state import SelfEmployment


def scheduled_on(
    state: CaseState, track: "SelfEmployment", rules: Rules, calendar: Calendar
) -> Iterator[Due]:
    """Every review the track calls for, done or not."""
    if track.delivered is not None:
        yield from _visits(track.delivered, rules, calendar)
    elif track.approved is not None:
        yield from _towards_delivery(state, track, track.approved, rules, calendar)
    elif track.proposed is not None:
        yield from _towards_approval(track, track.proposed, rules, calendar)
    elif track.training is TrainingStatus.ENROLLED and track.training_planned_end is not None:
        known = track.enrolled.known if track.enrolled else track.opened.known
        end = Moment(track.training_planned_end, known)
        yield deadline(ReviewKind.TRAINING_END, end, rules.training_end_days, calendar)


def _towards_approval(
    track: "SelfEmployment", proposed: Moment, rules: Rules, calendar: Calendar
) -> Iterator[Due]:
    if track.studied is None:
        yield deadline(ReviewKind.STUDY, proposed, rules.study_days, calendar)
    elif track.submitted is not None and track.session_on is not None:
        session = Moment(track.session_on, track.submitted.known)
        yield deadline(ReviewKind.DECISION, session, rules.decision_days_after_session, calendar)
    elif track.submitted is not None:
        yield deadline(ReviewKind.DECISION, track.submitted, rules.decision_days, calendar)


def _towards_delivery(
    state: CaseState, track: "SelfEmployment", approved: Moment, rules: Rules, calendar: Calendar
) -> Iterator[Due]:
    """The next of undertaking, order, receipt and handover; all wait for the release."""
    if not state.is_free:
        return
    if track.undertaking is None:
        free = state.custody.released
        start = max((approved, free or approved), key=lambda moment: moment.on)
        yield deadline(ReviewKind.UNDERTAKING, start, rules.undertaking_days, calendar)
    elif track.ordered is None:
        start = max((approved, track.undertaking), key=lambda moment: moment.on)
        yield deadline(ReviewKind.ORDER, start, rules.order_days, calendar)
    elif not track.receipt_complete:
        yield deadline(ReviewKind.RECEIPT, track.ordered, rules.receipt_days, calendar)
    elif track.received is not None:
        yield deadline(ReviewKind.HANDOVER, track.received, rules.handover_days, calendar)


def _visits(delivered: Moment, rules: Rules, calendar: Calendar) -> Iterator[Due]:
    width = timedelta(days=rules.visit_window_days)
    for months in rules.visit_months:
        due_on = calendar.on_or_after(months_after(delivered.on, months))
        yield Due(
            key=f"{ReviewKind.VISIT}/{months}/{delivered.on}",
            kind=ReviewKind.VISIT,
            due_on=due_on,
            window_start=due_on - width,
            window_end=due_on + width,
            known_since=delivered.known,
        )
