"""What a decision is given, and how a step is described to whoever runs it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast
from uuid import UUID

from domain.errors import NotAllowed, Unexpected
from domain.folds.past import Past
from domain.message import (
    Actor,
    Command,
    Event,
    Origin,
    Recorded,
    Role,
    Step,
    StreamKind,
    name_of,
    stream_id,
)
from domain.steps.checks import alive_on, not_before
from domain.steps.codes import require_in_force, require_registered, resolved
from domain.steps.conditions import Condition, Standing
from domain.steps.days import require_within_bounds
from domain.steps.roles import (
    AGREEMENT,
    BENEFICIARY,
    CASE,
    CENTRES,
    CEREMONY,
    COHORT,
    COMPLAINT,
    ORDER,
    PROJECT,
    REFERENCES,
    SESSION,
    STAFF,
    TARGETS,
    StreamRole,
)
from domain.values.calendar import Calendar
from domain.values.papers import PaperFacts

if TYPE_CHECKING:
    from domain.agreement.state import AgreementState
    from domain.beneficiary.state import BeneficiaryState
    from domain.case.state import CaseState
    from domain.ceremony.state import CeremonyState
    from domain.cohort.state import CohortState
    from domain.complaint.state import ComplaintState
    from domain.order.state import OrderState
    from domain.project.state import ProjectState
    from domain.reference.state import ReferenceState
    from domain.registry.state import RegistryState
    from domain.session.state import SessionState
    from domain.staff.state import StaffState

S = TypeVar("S")


class State(Protocol):
    """The folded state of a stream; version 0 is a stream without events."""

    @property
    def version(self) -> int: ...

    @property
    def seen(self) -> int:
        """The version of the last event that a person made; a timer's changes nothing they see."""


See = Callable[[Any], Any]


def _as_it_is(state: Any) -> Any:
    return state


@dataclass(frozen=True, slots=True)
class World:
    """The states a decision may read, by the role that each stream plays in it."""

    states: Mapping[StreamRole[Any], State]
    ids: "Roles"
    marks: tuple[str, ...] = ()
    """As of the command."""
    known: tuple[tuple[str, str], ...] = ()
    """As of the command."""
    alike: tuple[UUID, ...] = ()
    """As of the command."""
    papers: Mapping[UUID, PaperFacts] = field(default_factory=dict)
    """What is known of the paper that the step attaches, where there is one. Whoever keeps papers
    puts it there before it is decided."""
    day: date = date.max
    """The step's own."""
    past: Past | None = None
    """What was recorded in them, and had come to by a day; None where no more is asked than whose a
    thing is.
    """
    seen: Mapping[StreamRole[Any], "See"] = field(default_factory=dict)
    """In which way some of them are seen."""

    def __getitem__(self, role: StreamRole[S]) -> S:
        return cast("S", self.states[role])

    def role_of(self, kind: StreamKind, name: UUID | str) -> StreamRole[Any]:
        """The role of the stream of this name. Raises `LookupError` where it was not read."""
        stream = stream_id(kind, name)
        for role, each in self.ids.items():
            if each == stream:
                return role
        raise LookupError(stream)

    @property
    def case(self) -> "CaseState":
        return self[CASE]

    @property
    def then(self) -> "CaseState":
        """The case as of the step's own day, by what is known of it now."""
        return self.then_in(CASE)

    def then_in(self, role: StreamRole[S]) -> S:
        """What the stream had come to by the end of the step's own day.

        The very present where nothing later is folded, or where it does not fold by day.
        """
        now, see = self.states[role], self.seen.get(role)
        if self.past is None:
            return cast("S", now)
        then = self.past.as_of(self.ids[role], self.day, now)
        return cast("S", then if see is None or then is now else see(then))

    def recorded(self, role: StreamRole[Any]) -> Sequence[Recorded]:
        """The events of a stream, as they were recorded."""
        return () if self.past is None else self.past(self.ids[role])

    def seen_as(self, role: StreamRole[S], see: Callable[[S], S]) -> "World":
        """The same, with one stream seen in that way, now and then."""
        states = {**self.states, role: cast("State", see(self[role]))}
        return replace(self, states=states, seen={**self.seen, role: see})

    def standing(self, role: StreamRole[Any], conditions: Iterable[Condition]) -> Standing:
        """What these conditions are asked of."""
        now, then = self[role], self[role]
        if any(condition.then for condition in conditions):
            then = self.then_in(role)

        def since(holds: Callable[[Any], bool]) -> date | None:
            if self.past is None:
                return None
            see = self.seen.get(role, _as_it_is)
            return self.past.first(self.ids[role], self.day, lambda state: holds(see(state)))

        return Standing(now, then, self.day, since)

    @property
    def project(self) -> "ProjectState":
        return self[PROJECT]

    @property
    def agreement(self) -> "AgreementState":
        return self[AGREEMENT]

    @property
    def order(self) -> "OrderState":
        return self[ORDER]

    @property
    def session(self) -> "SessionState":
        return self[SESSION]

    @property
    def ceremony(self) -> "CeremonyState":
        return self[CEREMONY]

    @property
    def cohort(self) -> "CohortState":
        return self[COHORT]

    @property
    def complaint(self) -> "ComplaintState":
        return self[COMPLAINT]

    @property
    def beneficiary(self) -> "BeneficiaryState":
        return self[BENEFICIARY]

    @property
    def staff(self) -> "StaffState":
        return self[STAFF]

    @property
    def references(self) -> "ReferenceState":
        return self[REFERENCES]

    @property
    def registry(self) -> "RegistryState":
        return self[CENTRES]


@dataclass(frozen=True, slots=True)
class Context:
    """Time, identity and chance, as arguments."""

    command_id: UUID
    now: datetime
    """UTC."""
    today: date
    """Africa/Casablanca's date at `now`."""
    actor: Actor
    origin: Origin
    target: str
    calendar: Calendar

    @property
    def name(self) -> UUID:
        """The id of the case, agreement, session, ceremony or beneficiary the step is taken on."""
        return UUID(name_of(self.target))


Events = Sequence[tuple[StreamRole[Any], Event]]
"""What a decision comes to: each event with the role of the stream it goes into."""

Rule = Callable[[World, Any, Context], Event | Events]
"""A rule that makes one event, in the stream the step is taken on, gives just that."""

Whose = Callable[[World, Any, Actor, date], None]
"""Raises `NotAllowed` unless what a step is taken on, in this state, is the actor's on that day.

Asked at the door, and again where it is decided: it may have changed hands in between.
"""


def of_its_centre(_world: World, state: Any, actor: Actor, _today: date) -> None:
    """What stands already is its centre's; who belongs to no centre may, as their role may."""
    if state.version and actor.centre not in (None, getattr(state, "centre", None)):
        raise NotAllowed("other_centre")


Roles = Mapping[StreamRole[Any], str]
"""Which stream plays which role."""

Reads = Callable[[Command, Any], Roles]
"""The other streams a decision needs, from the command and its own stream's state."""


def reads_nothing_else(_command: Command, _state: Any) -> Roles:
    """Most steps need their own stream only."""
    return {}


Follows = Callable[[World], Roles]
"""The streams that those a decision read name in their turn: a project's case, its agreements."""


def follows_nothing(_world: World) -> Roles:
    """Most decisions know from their step and their stream what they read."""
    return {}


@dataclass(frozen=True, slots=True)
class Handling:
    """One row of a table: a step, what it makes, who may take it, when, and what decides it."""

    step: type[Step]
    makes: tuple[type[Event], ...]
    """All events that can come of it, its own stream's first."""
    who: frozenset[Role]
    rule: Rule
    when: tuple[Condition, ...]
    reads: Reads
    follows: Follows
    whose: Whose
    creates: bool
    """Whether the step makes its stream: the target's id then comes from the command."""
    left_out: Mapping[str, str]
    """Fields of the step that stand in no event of it, each with the reason."""

    @property
    def kind(self) -> StreamKind:
        """The kind of stream the step is taken on."""
        return self.makes[0].stream

    @property
    def role(self) -> StreamRole[Any]:
        """The role of that stream in the decision."""
        return TARGETS[self.kind]

    def world(
        self, command: Command, load: Callable[[str], State], past: Past | None = None
    ) -> World:
        """The states that the command is decided on; `load` gives a stream's.

        Without `past` they can be asked no more than whose a thing is.
        """
        ids = {self.role: command.target, **self.reads(command, load(command.target))}
        states = {role: load(stream) for role, stream in ids.items()}
        day = command.step.occurred_on
        world = World(states, ids, command.marks, command.known, command.alike, day=day, past=past)
        while further := self._named_by(world):
            states = {role: load(stream) for role, stream in further.items()}
            world = replace(world, states={**world.states, **states}, ids={**world.ids, **further})
        return world

    def _named_by(self, world: World) -> Roles:
        """What the streams that were read name in their turn, and is not read yet."""
        named = self.follows(world)
        return {role: stream for role, stream in named.items() if role not in world.ids}

    def decide(self, world: World, step: Step, ctx: Context) -> Events:
        """The events of `step`; raises `Refused`.

        Whoever may not take the step is refused here too, whatever the service let in.
        """
        if ctx.actor.role not in self.who:
            raise NotAllowed(role=str(ctx.actor.role))
        require_within_bounds(step, ctx.today)
        state = world.states[self.role]
        self.whose(world, state, ctx.actor, ctx.today)
        world.standing(self.role, self.when).require(self.when)
        if not step.may_precede:
            not_before(step.occurred_on, getattr(state, "begun_on", None))
        if step.with_the_person:
            alive_on(step.occurred_on, getattr(state, "died_on", None))
        require_in_force(step)
        require_registered(step, world)
        made = self.rule(world, resolved(step, world), ctx)
        events = [(self.role, made)] if isinstance(made, Event) else made
        for _, event in events:
            if not self.may_make(type(event)):
                raise Unexpected(because="event_not_in_row", type=type(event).__name__)
        return events

    def may_make(self, event: type[Event]) -> bool:
        return event in self.makes

    def closed_because(self, state: State) -> str | None:
        """Why this step is not open today in `state`, or None when it is."""
        return next((each.code for each in self.when if not each.holds(state)), None)
