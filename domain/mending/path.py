"""The steps by which entries of a case are mended."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from domain.beneficiary import events as b
from domain.case import events as e
from domain.case import path as case
from domain.case import steps as s
from domain.errors import Refused
from domain.folds.past import Past
from domain.mending.decide import MENDERS, Mending, content_of
from domain.mending.entries import of_events
from domain.message import Command, Event, Recorded, StreamKind, stream_id
from domain.project import events as p
from domain.steps.handling import Context, Events, Handling, Roles, State, World
from domain.steps.roles import BENEFICIARY, CASE, StreamRole, numbered
from domain.steps.table import Part, row
from domain.tracks.parts import ENTERED
from domain.tracks.self_employment.state import projects_of


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
            row = ENTERED.get(of_events(events, each.entry_number).about.step)
            if row is not None and each.content is not None:
                anew = command.model_copy(update={"step": content_of(row.step, each)})
                read |= row.reads(anew, world.case)
    return read


def reads_person(_command: Command, state: Any) -> Roles:
    """Whose case it is."""
    if state.beneficiary_id is None:
        return {}
    return {BENEFICIARY: stream_id(StreamKind.BENEFICIARY, state.beneficiary_id)}


def retract(world: World, step: s.RetractEntry, ctx: Context) -> Events:
    return _mending(world, ctx).retract(step)


def correct(world: World, step: s.CorrectEntries, ctx: Context) -> Events:
    return _mending(world, ctx).correct(step)


def _mending(world: World, ctx: Context) -> Mending:
    """Nothing more is recorded of an erased person, nor of a restricted one."""
    if world.beneficiary.erased:
        raise Refused("erased")
    if world.beneficiary.restricted:
        raise Refused("person_restricted")
    return Mending(world, ctx)


MENDED = (
    *(e.EntriesMended, e.CircumstancesMended),
    *(p.ProjectEntriesMended, b.PersonEntriesMended),
)


def _row(made: Handling) -> MendingHandling:
    fields: dict[str, Any] = {name: getattr(made, name) for name in Handling.__slots__}
    return MendingHandling(**fields)


MENDING = Part(
    "mending",
    (
        _row(
            row(
                s.CorrectEntries,
                *MENDED,
                who=MENDERS,
                when=(case.EXISTS,),
                by=correct,
                reads=reads_person,
                left_out={
                    "entries.entry_number": "stands in `entries`, with all that was recorded with it",
                    "entries.content": "stands in the events of its own step",
                },
            )
        ),
        _row(
            row(
                s.RetractEntry,
                *MENDED,
                who=MENDERS,
                when=(case.EXISTS,),
                by=retract,
                reads=reads_person,
                left_out={
                    "entry_number": "stands in `entries`, with all that was recorded with it"
                },
            )
        ),
    ),
)
