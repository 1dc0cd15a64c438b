"""The programme on paper: the real rules over plain dictionaries, for tests of the rules.

No ledger and no database: a step is decided, its events are folded, and that is all.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from uuid import UUID, uuid5

from domain import commands
from domain.beneficiary.state import BeneficiaryState
from domain.case.state import CaseState
from domain.errors import Refused
from domain.example.beside import register_centre
from domain.example.person import EXAMPLE, Person
from domain.example.registered import register_entries
from domain.example.way import of_project
from domain.folds.order import BEFORE_ALL, BY_DAY, belongs_earlier, in_order, latest_day
from domain.folds.past import Folds, Past
from domain.message import (
    TIMER,
    Actor,
    Command,
    Envelope,
    Event,
    Origin,
    OriginKind,
    Recorded,
    Role,
    Step,
    StreamKind,
    kind_of,
    stream_id,
)
from domain.papers.decide import paper_asked
from domain.registry.state import REGISTRY
from domain.resting import require_standing
from domain.staff.state import DIRECTORY
from domain.steps.handling import Context, State
from domain.tracks.self_employment.state import projects_of
from domain.values.calendar import Calendar, local_date
from domain.values.papers import MediaType, PaperFacts, PaperPlace

ROOT = UUID("a2c1d7f0-58a4-4b0e-9d53-0f3c4b6f8a11")
ADMINISTRATOR = Actor(id=uuid5(ROOT, "administrator"), role=Role.ADMINISTRATOR)
DIVISION = Actor(id=uuid5(ROOT, "division"), role=Role.DIVISION)
API = Origin(kind=OriginKind.API, id="test")
SECRET = b"what an installation keys its hashes by"
FOLDS = Folds(commands.initial, commands.evolve)
NO_HOLIDAYS = Calendar("none", frozenset())


@dataclass
class Paper:
    """A whole programme in memory; `now` is whatever the test says it is."""

    now: datetime = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    calendar: Calendar = NO_HOLIDAYS
    states: dict[str, State] = field(default_factory=dict)
    events: list[Recorded] = field(default_factory=list)
    streams: dict[str, tuple[Recorded, ...]] = field(default_factory=dict)
    """The same events, each stream's by themselves."""
    latest: dict[str, date] = field(default_factory=dict)
    """The latest day folded of each stream."""
    unsent: set[UUID] = field(default_factory=set)
    """Papers that nobody sent; every other was, an hour ago."""
    _commands: int = 0

    @property
    def today(self) -> date:
        return local_date(self.now)

    def sent(self, place: PaperPlace) -> PaperFacts:
        """What would be known of a paper there."""
        digest = sha256(f"{place.stream} {place.paper}".encode()).hexdigest()
        at = self.now - timedelta(hours=1)
        return PaperFacts(
            sha256=digest, size=20_480, media_type=MediaType.PDF, pages=2, by=ROOT, at=at
        )

    def state(self, stream: str) -> State:
        return self.states.get(stream) or commands.initial(kind_of(stream))

    def case(self, case_id: UUID) -> CaseState:
        state = self.state(stream_id(StreamKind.CASE, case_id))
        assert isinstance(state, CaseState)
        return state

    def beneficiary(self, beneficiary_id: UUID) -> BeneficiaryState:
        state = self.state(stream_id(StreamKind.BENEFICIARY, beneficiary_id))
        assert isinstance(state, BeneficiaryState)
        return state

    def found(self, who: Person = EXAMPLE) -> None:
        """Register the person's centre, and all that their steps name by a code."""
        for step in (register_centre(who), *register_entries(who)):
            self.take(REGISTRY, step, ADMINISTRATOR)

    def take(
        self, target: str, step: Step, actor: Actor, command_id: UUID | None = None
    ) -> list[Event]:
        """Decide a step and fold what comes of it; raises `Refused` and changes nothing."""
        command = self.command(target, step, actor, command_id)
        handling = commands.HANDLINGS[type(step)]
        world = handling.world(commands.marked(command, SECRET, self.state), self.state, self.past)
        if (place := paper_asked(world, command)) is not None and place.paper not in self.unsent:
            world = replace(world, papers={place.paper: self.sent(place)})
        ctx = self.context(command)
        decided = handling.decide(world, step, ctx)
        before = self._later({world.ids[role] for role, _ in decided}, step)
        kept = self.copy() if before else None
        for role, event in decided:
            told = role.entry.step if role.entry else step
            mends = role.entry.mends if role.entry else None
            self._append(world.ids[role], event, command, ctx, told, mends)
        try:
            for stream, events in before.items():
                require_standing(in_order(events), in_order(self.of(stream)))
        except Refused:
            assert kept is not None
            self.states, self.events = kept.states, kept.events
            self.streams, self.latest = kept.streams, kept.latest
            raise
        return [event for _, event in decided]

    def _later(self, streams: Iterable[str], step: Step) -> dict[str, list[Recorded]]:
        """The cases among these in which later days are told of already, with their events."""
        return {
            stream: self.of(stream)
            for stream in streams
            if kind_of(stream) is StreamKind.CASE and step.occurred_on < self.latest_of(stream)
        }

    def of(self, stream: str) -> list[Recorded]:
        """Its events, as they were recorded."""
        return list(self.streams.get(stream, ()))

    def latest_of(self, stream: str) -> date:
        """The latest day folded of it."""
        return self.latest.get(stream, BEFORE_ALL)

    @property
    def past(self) -> Past:
        return Past(self.of, self.latest_of, FOLDS)

    def follow(self, case_id: UUID, order_id: UUID, step: Step, actor: Actor) -> list[Event]:
        """Take one of a person's steps: on their case, or on their order of their project."""
        project_id = next(projects_of(self.case(case_id)), None)
        if project_id is not None:
            step = of_project(step, project_id)
        kind = commands.HANDLINGS[type(step)].kind
        name = order_id if kind is StreamKind.ORDER else case_id
        return self.take(stream_id(kind, name), step, actor)

    def command(
        self, target: str, step: Step, actor: Actor, command_id: UUID | None = None
    ) -> Command:
        self._commands += 1
        command_id = command_id or uuid5(ROOT, f"command {self._commands}")
        return Command(id=command_id, target=target, step=step, actor=actor, origin=API)

    def context(self, command: Command) -> Context:
        return Context(
            command_id=command.id,
            now=self.now,
            today=self.today,
            actor=command.actor,
            origin=command.origin,
            target=command.target,
            calendar=self.calendar,
        )

    def _append(
        self,
        stream: str,
        event: Event,
        command: Command,
        ctx: Context,
        told: Step | None = None,
        mends: int | None = None,
    ) -> None:
        state, told = self.state(stream), told or command.step
        envelope = Envelope(
            event_id=uuid5(command.id, f"{len(self.events)}"),
            event_type=type(event).stored,
            event_version=event.schema_version,
            stream=stream,
            version=state.version + 1,
            position=len(self.events) + 1,
            subject=None,
            occurred_on=told.occurred_on,
            recorded_at=ctx.now,
            step=commands.step_name(told),
            actor=command.actor,
            origin=command.origin,
            command_id=command.id,
            rules_version="v1",
            calendar_version=self.calendar.version,
            mends=mends,
        )
        self.events.append(recorded := Recorded(envelope, event))
        self.streams[stream] = (*self.streams.get(stream, ()), recorded)
        kind, latest = kind_of(stream), self.latest.get(stream, BEFORE_ALL)
        if belongs_earlier(recorded, latest, by_day=kind in BY_DAY):
            self.states[stream] = self._folded_anew(stream)
        else:
            self.states[stream] = commands.evolve(kind, state, event, envelope)
        if kind in BY_DAY:
            self.latest[stream] = latest_day(latest, (recorded,))

    def _folded_anew(self, stream: str) -> State:
        kind = kind_of(stream)
        state = commands.initial(kind)
        for each in in_order(self.of(stream), by_day=kind in BY_DAY):
            state = commands.evolve(kind, state, each.event, each.envelope)
        return state

    def copy(self) -> "Paper":
        """The same programme, to go on differently."""
        return replace(
            self,
            states=dict(self.states),
            events=list(self.events),
            streams=dict(self.streams),
            latest=dict(self.latest),
        )

    def pass_days(self, days: int) -> None:
        self.now += timedelta(days=days)

    def with_calendar(self, calendar: Calendar) -> "Paper":
        return replace(self, calendar=calendar)


__all__ = ["ADMINISTRATOR", "API", "DIRECTORY", "DIVISION", "REGISTRY", "TIMER", "Paper"]
