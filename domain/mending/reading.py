"""What a step that mends reads: what was recorded, of the case and of what it wrote elsewhere."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from domain.case import steps as s
from domain.case.state import CaseState
from domain.errors import Refused
from domain.folds.past import Past
from domain.mending.decide import content_of
from domain.mending.entries import of_events
from domain.mending.undoing import session_before
from domain.message import Command, Event, Recorded, StreamKind, stream_id
from domain.staff.state import DIRECTORY
from domain.steps.handling import Follows, Handling, Roles, State, World
from domain.steps.roles import (
    AGREEMENT,
    CASE,
    CEREMONY,
    SESSION,
    STAFF,
    StreamRole,
    numbered,
)
from domain.tracks.parts import ENTERED
from domain.tracks.self_employment import events as e
from domain.tracks.self_employment.state import SelfEmployment, projects_of
from domain.tracks.training.leaving import role_of


@dataclass(frozen=True, slots=True)
class MendingHandling(Handling):
    """A row that is decided on what was recorded, of the case and of what it wrote elsewhere."""

    def world(
        self, command: Command, load: Callable[[str], State], past: Past | None = None
    ) -> World:
        world = Handling.world(self, command, load, past)
        if past is None or not world.case.exists:
            return world
        ids, states = dict(world.ids), dict(world.states)
        for number, project in enumerate(projects_of(world.case), 1):
            role = numbered(StreamKind.PROJECT, number)
            ids[role] = stream_id(StreamKind.PROJECT, project)
            states[role] = load(ids[role])
        for role, stream in _read_by(command, world, world.recorded(CASE)).items():
            if stream not in ids.values():
                ids[role], states[role] = stream, load(stream)
        return replace(world, states=states, ids=ids)

    def may_make(self, event: type[Event]) -> bool:
        return event in self.makes or any(event in each.makes for each in ENTERED.values())


def _read_by(command: Command, world: World, events: Sequence[Recorded]) -> Roles:
    """What the steps read that are told anew; of what is none, nothing: the rule says so."""
    step, read = command.step, dict[StreamRole[Any], str]()
    for each in step.entries if isinstance(step, s.CorrectEntries) else ():
        with suppress(Refused):
            entry = of_events(events, each.entry_number)
            row = ENTERED.get(entry.about.step)
            if row is not None and each.content is not None:
                anew = command.model_copy(update={"step": content_of(row.step, each, entry)})
                read |= row.reads(anew, world.case)
    return read


@dataclass(frozen=True, slots=True)
class MoneyHandling(MendingHandling):
    """A row that also reads what the entry moved money in."""

    also: Follows

    def world(
        self, command: Command, load: Callable[[str], State], past: Past | None = None
    ) -> World:
        world = MendingHandling.world(self, command, load, past)
        if past is None:
            return world
        # Of what is no entry nothing more is read: the rule says so.
        number = getattr(command.step, "entry_number", 0)
        try:
            entry = of_events(world.recorded(self.role), number)
        except Refused:
            return world
        named = {
            role: name
            for each in entry.events
            for role, name in (
                *_on_list(each.event, world.case),
                *_named(each.event),
                *_withdrawn_from(each, world.recorded(self.role)),
            )
        }
        ids = {**world.ids, STAFF: DIRECTORY, **named}
        states = {role: world.states.get(role) or load(name) for role, name in ids.items()}
        world = replace(world, states=states, ids=ids)
        while further := self._also(world):
            more = {role: load(name) for role, name in further.items()}
            world = replace(world, states={**world.states, **more}, ids={**world.ids, **further})
        return world

    def _also(self, world: World) -> Roles:
        """What is named in its turn by the streams that were read, and is not read yet."""
        return {role: name for role, name in self.also(world).items() if role not in world.ids}


def _named(event: Event) -> Iterator[tuple[StreamRole[Any], str]]:
    """The streams beside the case that an entry was written into."""
    for role, field in (
        (AGREEMENT, "agreement_id"),
        (SESSION, "session_id"),
        (CEREMONY, "ceremony_id"),
    ):
        name: UUID | None = getattr(event, field, None)
        if name is not None:
            yield role, stream_id(role.kind, name)
    cohort: UUID | None = getattr(event, "cohort_id", None)
    if cohort is not None:
        yield role_of(cohort), stream_id(StreamKind.COHORT, cohort)


def _on_list(event: Event, case: CaseState) -> Iterator[tuple[StreamRole[Any], str]]:
    """The ceremony on whose list the person of a delivery stands, or stood."""
    if isinstance(event, e.DeliveryConfirmed):
        track = case.tracks.get(event.track_id)
        if isinstance(track, SelfEmployment) and track.ceremony_id is not None:
            yield CEREMONY, stream_id(StreamKind.CEREMONY, track.ceremony_id)


def _withdrawn_from(
    recorded: Recorded, events: Sequence[Recorded]
) -> Iterator[tuple[StreamRole[Any], str]]:
    """The session on whose list a submission that was withdrawn stood."""
    if isinstance(recorded.event, e.SubmissionWithdrawn):
        session = session_before(events, recorded)
        if session is not None:
            yield SESSION, stream_id(StreamKind.SESSION, session)


def reading(made: Handling, also: Follows) -> MoneyHandling:
    """The row, with what it reads."""
    fields: dict[str, Any] = {name: getattr(made, name) for name in Handling.__slots__}
    return MoneyHandling(**fields, also=also)
