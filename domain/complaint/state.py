"""A complaint, and the fold that says how far it is."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated
from uuid import UUID

from domain.complaint import events as e
from domain.complaint.vocabulary import (
    Complainant,
    ComplaintChannel,
    ComplaintOutcome,
    ComplaintStatus,
)
from domain.folds.evolution import Evolution
from domain.folds.replacing import replace
from domain.message import Envelope, FieldClass, Role
from domain.values.calendar import Calendar

Told = Annotated[str | None, FieldClass.PERSONAL]


@dataclass(frozen=True)
class ComplaintState:
    """A complaint at some version."""

    version: int = 0
    seen: int = 0
    number: str = ""
    centre: str | None = None
    """Where it came in."""
    complainant: Complainant | None = None
    channel: ComplaintChannel | None = None
    name: Told = None
    reply_to: Told = None
    words: Told = None
    case_id: UUID | None = None
    of_case: UUID | None = None
    """The last case that it was about: with its person what it says is erased."""
    staff_id: UUID | None = None
    about_centre: str | None = None
    concerned: frozenset[UUID] = frozenset()
    """Whom of the staff it is, or ever was, about."""
    of_division: bool = False
    taken_by: UUID | None = None
    """Who filed it, or took it down."""
    begun_on: date | None = None
    answer_days: int = 0
    """In which it is to be answered."""
    escalation_days: tuple[int, ...] = ()
    """After that, on which it goes one further up each time."""
    handler: UUID | None = None
    answered_on: date | None = None
    """The last time."""
    asked_again_on: date | None = None
    """The day on which it was opened again, until it is answered anew."""
    answered_by: ComplaintChannel | None = None
    answer: Told = None
    status: ComplaintStatus = ComplaintStatus.WAITING
    outcome: ComplaintOutcome | None = None
    authority: str | None = None
    """To which it was passed on."""
    explanation: Told = None
    """Of how it ended."""
    ended_on: date | None = None
    ended_by: UUID | None = None
    erased_on: date | None = None

    @property
    def exists(self) -> bool:
        return self.version > 0

    @property
    def is_open(self) -> bool:
        return self.exists and self.ended_on is None

    @property
    def erased(self) -> bool:
        return self.erased_on is not None

    @property
    def awaits_answer(self) -> bool:
        return self.is_open and (self.answered_on is None or self.asked_again_on is not None)

    def due_on(self, calendar: Calendar) -> date | None:
        """The last day for an answer; None once it is answered or has ended."""
        since = self.asked_again_on or self.begun_on
        if since is None or not self.awaits_answer:
            return None
        return calendar.on_or_after(since + timedelta(days=self.answer_days))

    def raised(self, calendar: Calendar) -> tuple[date, ...]:
        """From when on it goes to the next above, and to the next again, while it is not answered."""
        due = self.due_on(calendar)
        if due is None:
            return ()
        days = (due + timedelta(days=each) for each in self.escalation_days)
        return tuple(map(calendar.on_or_after, days))

    def raised_to(self, calendar: Calendar, today: date) -> Role | None:
        """Who has it beside its handler, for it is not answered in time: the coordinator, then the
        division; at once the division what the coordinator does not see.
        """
        passed = sum(day <= today for day in self.raised(calendar))
        if not passed:
            return None
        above = passed > 1 or self.of_division
        return Role.DIVISION if above else Role.COORDINATOR


evolve_complaint: Evolution[ComplaintState] = Evolution()
on = evolve_complaint.on


@on(e.ComplaintFiled)
def _filed(state: ComplaintState, event: e.ComplaintFiled, envelope: Envelope) -> ComplaintState:
    filed = replace(
        state,
        number=event.number,
        centre=event.centre,
        complainant=event.complainant,
        channel=event.channel,
        name=event.name,
        reply_to=event.reply_to,
        words=event.words,
        taken_by=envelope.actor.id,
        begun_on=envelope.occurred_on,
        answer_days=event.answer_days,
        escalation_days=event.escalation_days,
    )
    return _about(filed, event)


@on(e.ComplaintRedirected)
def _redirected(state: ComplaintState, event: e.ComplaintRedirected, _: Envelope) -> ComplaintState:
    """Who handles it no longer does, where it is about them now."""
    state = _about(state, event)
    return _standing(replace(state, handler=None)) if event.handler_freed else state


def _about(state: ComplaintState, event: e.ComplaintAbout) -> ComplaintState:
    return replace(
        state,
        case_id=event.case_id,
        of_case=event.case_id or state.of_case,
        staff_id=event.staff_id,
        about_centre=event.about_centre,
        concerned=state.concerned | {*event.concerned},
        of_division=event.of_division,
    )


@on(e.ComplaintHandlerNamed)
def _named(state: ComplaintState, event: e.ComplaintHandlerNamed, _: Envelope) -> ComplaintState:
    return _standing(replace(state, handler=event.handler))


@on(e.ComplaintAnswered)
def _answered(
    state: ComplaintState, event: e.ComplaintAnswered, envelope: Envelope
) -> ComplaintState:
    answered = replace(
        state,
        answered_on=envelope.occurred_on,
        asked_again_on=None,
        answered_by=event.channel,
        answer=event.answer,
    )
    return _standing(answered)


@on(e.ComplaintClosed)
def _closed(state: ComplaintState, event: e.ComplaintClosed, envelope: Envelope) -> ComplaintState:
    state = replace(state, outcome=event.outcome)
    return _ended(state, ComplaintStatus.CLOSED, event.explanation, envelope)


@on(e.ComplaintWithdrawn)
def _withdrawn(
    state: ComplaintState, event: e.ComplaintWithdrawn, envelope: Envelope
) -> ComplaintState:
    return _ended(state, ComplaintStatus.WITHDRAWN, event.explanation, envelope)


@on(e.ComplaintPassedOn)
def _passed_on(
    state: ComplaintState, event: e.ComplaintPassedOn, envelope: Envelope
) -> ComplaintState:
    state = replace(state, authority=event.authority)
    return _ended(state, ComplaintStatus.PASSED_ON, event.explanation, envelope)


@on(e.ComplaintReopened)
def _reopened(
    state: ComplaintState, event: e.ComplaintReopened, envelope: Envelope
) -> ComplaintState:
    """What was answered stays, and another answer falls due."""
    return _standing(
        replace(
            state,
            outcome=None,
            authority=None,
            explanation=event.explanation,
            ended_on=None,
            ended_by=None,
            asked_again_on=envelope.occurred_on,
        )
    )


@on(e.ComplaintErased)
def _erased(state: ComplaintState, _: e.ComplaintErased, envelope: Envelope) -> ComplaintState:
    """With it whatever waited for an answer: nobody can be given one any more."""
    if state.ended_on is None:
        state = _ended(state, ComplaintStatus.CLOSED, None, envelope)
    return replace(
        state,
        name=None,
        reply_to=None,
        words=None,
        answer=None,
        explanation=None,
        erased_on=envelope.occurred_on,
    )


def _ended(
    state: ComplaintState, status: ComplaintStatus, explanation: str | None, envelope: Envelope
) -> ComplaintState:
    return replace(
        state,
        status=status,
        explanation=explanation,
        ended_on=envelope.occurred_on,
        ended_by=envelope.actor.id,
    )


def _standing(state: ComplaintState) -> ComplaintState:
    """As far as it is while it is open."""
    status = ComplaintStatus.WAITING
    if not state.awaits_answer:
        status = ComplaintStatus.ANSWERED
    elif state.handler is not None:
        status = ComplaintStatus.HANDLED
    return replace(state, status=status)
