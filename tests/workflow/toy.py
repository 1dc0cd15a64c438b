"""A domain of a few lines, to try the workflow's mechanics on a real ledger and server."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, ClassVar
from uuid import UUID

from domain.case.steps import RecordReminder
from domain.errors import Refused
from domain.events.stored import by_name
from domain.folds.evolution import counted
from domain.folds.past import Past
from domain.message import Command, Envelope, Event, Step, StreamKind
from domain.steps.handling import Context, Events, State, World
from domain.steps.roles import StreamRole
from domain.values.calendar import Calendar
from ledger.port import Domain

DAY = date(2024, 7, 18)


class Open(Step):
    """Open the case."""


class Note(Step):
    """Note something, also on a closed case when it is important."""

    text: str


class NeedsNote(Step):
    """Passes only after a note."""


class Close(Step):
    pass


class Reopen(Step):
    pass


class Plan(Step):
    """Have a review fall due at this instant."""

    due: datetime


class Stumble(Step):
    """A rule with a fault."""

    text: str = ""


class CaseEvent(Event):
    stream: ClassVar[StreamKind] = StreamKind.CASE


class Opened(CaseEvent, stored="Opened"):
    pass


class Noted(CaseEvent, stored="Noted"):
    text: str


class Closed(CaseEvent, stored="Closed"):
    pass


class Reopened(CaseEvent, stored="Reopened"):
    pass


class Planned(CaseEvent, stored="Planned"):
    due: datetime


class Reminded(CaseEvent, stored="Reminded"):
    key: str


@dataclass(frozen=True)
class ToyCase:
    version: int = 0
    seen: int = 0
    is_open: bool = False
    notes: int = 0
    planned: tuple[datetime, ...] = ()
    reminded: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Due:
    at: datetime

    @property
    def key(self) -> str:
        return f"visit/{self.at:%Y-%m-%d-%H-%M-%S-%f}"

    @property
    def due_on(self) -> Any:
        return self.at.date()


def evolve(_kind: StreamKind, state: Any, event: Event, envelope: Envelope) -> ToyCase:
    change: dict[str, Any] = {}
    match event:
        case Opened() | Reopened():
            change = {"is_open": True}
        case Noted():
            change = {"notes": state.notes + 1}
        case Closed():
            change = {"is_open": False}
        case Planned():
            change = {"planned": (*state.planned, event.due)}
        case Reminded():
            change = {"reminded": state.reminded | {event.key}}
    changed: ToyCase = replace(state, **change)
    return counted(changed, envelope)


def off(at: datetime, calendar: Calendar) -> datetime:
    """What falls on a holiday is an hour later."""
    return at + timedelta(hours=1) if at.date() in calendar.holidays else at


def pending(state: ToyCase, calendar: Calendar) -> list[Due]:
    dues = [Due(off(at, calendar)) for at in sorted(state.planned)]
    return [due for due in dues if due.key not in state.reminded]


def fires_at(due: Due, _rules: None, _case: str) -> datetime:
    return due.at


def next_fire(state: ToyCase, _case: str, calendar: Calendar) -> datetime | None:
    return min((due.at for due in pending(state, calendar)), default=None)


def rules_of(_state: ToyCase) -> None:
    return None


def remind(state: ToyCase, step: RecordReminder, ctx: Context) -> Event:
    for due in pending(state, ctx.calendar):
        if due.key == step.review:
            if step.at < due.at:
                raise Refused("not_due_yet")
            return Reminded(key=due.key)
    raise Refused("review_not_outstanding")


def after_note(state: ToyCase, _step: Step, _ctx: Context) -> Event:
    if not state.notes:
        raise Refused("note_missing", needed=1)
    return Noted(text="")


def stumble(_state: ToyCase, step: Stumble, _ctx: Context) -> Event:
    raise KeyError(step.text)


Decide = Callable[[ToyCase, Any, Context], Event]
CASE: StreamRole[ToyCase] = StreamRole("case", StreamKind.CASE)


@dataclass(frozen=True)
class Row:
    """One step: when it is open, and what it comes to."""

    rule: Decide
    closed_too: bool = False
    creates: bool = False
    role: StreamRole[Any] = CASE

    def world(self, command: Command, load: Callable[[str], State], _past: Past, /) -> World:
        return World({CASE: load(command.target)}, {CASE: command.target})

    def decide(self, world: World, step: Any, ctx: Context, /) -> Events:
        state = world[CASE]
        if not self.closed_too and not state.is_open:
            raise Refused("case_closed")
        return [(CASE, self.rule(state, step, ctx))]


ROWS: dict[type[Step], Row] = {
    Open: Row(lambda *_: Opened(), closed_too=True),
    Note: Row(lambda _, step, __: Noted(text=step.text)),
    NeedsNote: Row(after_note),
    Close: Row(lambda *_: Closed()),
    Reopen: Row(lambda *_: Reopened(), closed_too=True),
    Plan: Row(lambda _, step, __: Planned(due=step.due)),
    Stumble: Row(stumble),
    RecordReminder: Row(remind),
}


def subject_of(_world: World, _step: Step, _role: StreamRole[Any], _: Event) -> UUID | None:
    return None


def toy_domain() -> Domain:
    return Domain(
        handlings=ROWS,
        steps={step.__name__: step for step in ROWS},
        events=by_name((Opened, Noted, Closed, Reopened, Planned, Reminded)),
        by_day=frozenset({StreamKind.CASE}),
        initial=lambda _kind: ToyCase(),
        evolve=evolve,
        upcasts={},
        step_name=lambda step: (step if isinstance(step, type) else type(step)).__name__,
        subject_of=subject_of,
        rules_version_of=lambda _world: "toy",
        directory="staff/directory",
        holds=lambda _state, _actor, _today, _step: True,
        is_erased=lambda _state: True,
    )
