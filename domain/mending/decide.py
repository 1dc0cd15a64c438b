"""Whether entries may be mended, and what comes of it.

Each entry that is told anew is decided by its own step's rule, on its own day, in the mended one's
place among those of a day, and with all that is mended left out. What the house is like was judged
when it was entered first. Then what stands in the case must still stand.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast
from uuid import UUID

from pydantic import ValidationError

from domain.case.events import CaseOpened
from domain.case.path import OPEN
from domain.case.state import CaseState
from domain.case.steps import CorrectEntries, Correction, OpenCase, RetractEntry, TrackStep
from domain.errors import NotAllowed, Refused
from domain.folds.mended import Mended
from domain.folds.order import in_order, place, up_to
from domain.mending.entries import Entry, entry_of, of_events, require_mender, undone_with
from domain.mending.opening import opened_anew
from domain.mending.proposals import require_nothing_built_on
from domain.mending.recording import FOLDS, MENDING, Said, Stream, folded, in_the_case
from domain.mending.undoing import undone_beside
from domain.mending.ways import Way, way_of
from domain.message import Command, Event, Recorded, Role, Step, StreamKind, name_of
from domain.resting import require_standing
from domain.steps.handling import Context, Events, Handling, Roles, State, World
from domain.steps.roles import BENEFICIARY, CASE, StreamRole
from domain.tracks.parts import ENTERED
from domain.tracks.row import TrackHandling, meant_track

MENDERS = frozenset({Role.CASEWORKER, Role.COORDINATOR, Role.DIVISION})
"""Who recorded it, in the first days, or a coordinator of the case's centre."""


@dataclass(frozen=True, slots=True)
class Told:
    """An entry, and what it should have said; None: it is retracted."""

    entry: Entry
    row: Handling
    instead: Step | None


class Mending:
    """One decision: which entries go, what comes in their place, and what follows."""

    def __init__(self, world: World, ctx: Context) -> None:
        self._world = world
        self._ctx = ctx
        self._streams = {
            stream: Stream(role, world.recorded(role))
            for role, stream in world.ids.items()
            if role.kind in FOLDS
        }
        self._case = self._streams[world.ids[CASE]]
        self._person = self._streams[world.ids[BENEFICIARY]]

    def retract(self, step: RetractEntry) -> Events:
        entry = self._entry(step.entry_number)
        ways = self._ways_mended(entry) if entry.mends else entry.ways
        if CaseOpened in entry.types:
            raise Refused("opened_in_error_instead", entry=entry.number)
        _require_way([way.retract for way in ways], entry)
        said = Said(frozenset(), step.explanation, step.wrong_person)
        _require_nothing_built(self._case.before, [entry])
        self._require_undoable(entry)
        told = self._ever_told(entry) if step.wrong_person else [entry]
        made = self._leave_out(told, said, step)
        beside = (
            ()
            if entry.mends
            else undone_beside(self._world, self._ctx, entry, self._projects(entry))
        )
        return [*made, *beside, *self._standing()]

    def _require_undoable(self, entry: Entry) -> None:
        """What undid something elsewhere is not taken back: its own step tells it again."""
        if entry.mends:
            again = [way.undone for way in self._ways_left_out(entry)]
            _require_way(again, entry)
        elif any(way.by_coordinator for way in entry.ways):
            role = self._ctx.actor.role
            if role not in (Role.COORDINATOR, Role.DIVISION):
                raise NotAllowed(role=str(role))

    def _projects(self, entry: Entry) -> dict[UUID, Any]:
        """The projects that the entry was written into, as they are without it."""
        command = entry.about.command_id
        return {
            UUID(name_of(name)): stream.state
            for name, stream in self._streams.items()
            if stream.role.kind is StreamKind.PROJECT
            and any(each.envelope.command_id == command for each in stream.before)
        }

    def correct(self, step: CorrectEntries) -> Events:
        named = [each.entry_number for each in step.entries]
        told = [self._told(each) for each in step.entries]
        entries = [each.entry for each in told]
        if len({version for each in entries for version in each.versions}) < sum(
            len(each.versions) for each in entries
        ):
            raise Refused("entry_named_twice", entry=max(named, key=named.count))
        _require_nothing_built(self._case.before, entries)
        corrected = frozenset(
            version for each in told if each.instead is not None for version in each.entry.versions
        )
        made = self._leave_out(entries, Said(corrected, step.explanation), step)
        anew = (each for each in told if each.instead is not None)
        for each in sorted(anew, key=_by_day):
            made += self._enter(each)
        return [*made, *self._standing()]

    def _ways_mended(self, entry: Entry) -> list[Way]:
        """Of what a correction left out, and of what it told instead: where that moved money, another
        step compensates it.
        """
        out = _left_out_by(entry)
        moved = (
            each
            for each in self._case.before
            if each.envelope.version in out
            or (each.envelope.command_id == entry.about.command_id and each.envelope.mends)
        )
        return [way for each in moved if (way := way_of(type(each.event))).compensated]

    def _ways_left_out(self, entry: Entry) -> list[Way]:
        """Of what a retraction left out."""
        out = _left_out_by(entry)
        left = (each for each in self._case.before if each.envelope.version in out)
        return [way_of(type(each.event)) for each in left]

    def _ever_told(self, entry: Entry) -> list[Entry]:
        """With what stood in its place before: none of it is the person's."""
        chain = [each for each in self._case.before if place(each) == entry.place]
        began = {each.envelope.command_id: each.envelope.version for each in reversed(chain)}
        whole = (of_events(self._case.before, number) for number in sorted(began.values()))
        return [each for each in whole if not each.mends]

    def _entry(self, number: int) -> Entry:
        entry = entry_of(self._case.before, number)
        actor = self._ctx.actor
        absent = self._world.staff.absent_for(actor.id, self._ctx.today)
        require_mender(entry, actor, absent, self._ctx.now)
        return entry

    def _told(self, correction: Correction) -> Told:
        entry = self._entry(correction.entry_number)
        if entry.mends:
            raise Refused("mended_otherwise", entry=entry.number, steps="retract-entry")
        retracted = correction.content is None
        named = [way.retract if retracted else way.correct for way in entry.ways]
        undone = ["retract-entry" for way in entry.ways if retracted and way.undone]
        _require_way([*named, *undone], entry)
        row = ENTERED[entry.about.step]
        instead = None if correction.content is None else content_of(row.step, correction, entry)
        return Told(entry, row, instead)

    def _leave_out(
        self, entries: Sequence[Entry], said: Said, step: Step
    ) -> list[tuple[StreamRole[Any], Event]]:
        """What says that these do not count, in each stream that they stand in."""
        made: list[tuple[StreamRole[Any], Event]] = []
        events = self._case.before
        gone = {version for each in entries for version in undone_with(events, each)}
        left = [each for each in events if each.envelope.version in gone]
        made += [(CASE, event) for event in in_the_case(left, said)]
        for stream in self._streams.values():
            mending = MENDING.get(stream.role.kind)
            versions = tuple(v for each in entries for v in _theirs(stream.before, each))
            if mending is not None and versions:
                about = {
                    "entries": versions,
                    "corrected": versions if said.corrected else (),
                    "wrong_person": said.wrong_person,
                }
                made.append((stream.role, mending.model_validate(about)))
        for role, event in made:
            self._streams[self._world.ids[role]].add(role, event, self._ctx, step.occurred_on)
        return made

    def _enter(self, told: Told) -> list[tuple[StreamRole[Any], Event]]:
        """What the entry should have recorded, in the place of what it did."""
        assert told.instead is not None  # noqa: S101 - asked by who calls
        step, entry, row = told.instead, told.entry, told.row
        ctx = replace(self._ctx, command_id=self._begun(entry))
        closed = not self._open_at(self._case.events, step.occurred_on, entry)
        if closed and OPEN in row.when and self._open_at(self._case.before, None, entry):
            raise Refused(OPEN.code)
        roles = reads_of(row, self._ctx, step, self._state_of(self._ctx.target))
        lived = tuple(replace(each, now=False) for each in row.when if each.then)
        judged = replace(row, who=row.who | MENDERS, when=lived)
        made = []
        seen = self._seen(roles, step, entry)
        if isinstance(step, OpenCase):
            decided = opened_anew(seen, step, entry, self._case.before, self._person.before)
        else:
            decided = judged.decide(seen, step, ctx)
        for role, event in decided:
            stream = self._streams[roles[role]]
            part = stream.role.entering(step, self._place(stream, entry))
            made.append((part, event))
            stream.add(part, event, self._ctx, step.occurred_on)
        return made

    def _seen(self, roles: Roles, step: Step, entry: Entry) -> World:
        """What an entry is decided on: the case as it had come to there, on the step's own day."""
        then = up_to(self._case.events, step.occurred_on, entry.place)
        states = {role: self._state_of(stream) for role, stream in roles.items()}
        return World({**states, CASE: folded(CASE.kind, then)}, roles, day=step.occurred_on)

    def _require_open(self, row: Handling, step: Step) -> None:
        """What life must have been like for it, on its own day."""
        then = cast("CaseState", self._case.as_of(step.occurred_on))
        if isinstance(row, TrackHandling):
            then = then.with_only(meant_track(then, row.kinds, getattr(step, "track_id", None)))
        lacking = (each.code for each in row.when if each.then and not each.holds(then))
        if (code := next(lacking, None)) is not None:
            raise Refused(code)

    def _open_at(self, events: Sequence[Recorded], day: date | None, entry: Entry) -> bool:
        """Whether the case was open before what is told in the entry's place; None: of its own day."""
        before = up_to(events, day or entry.about.occurred_on, entry.place)
        return cast("CaseState", folded(CASE.kind, before)).is_open

    def _begun(self, entry: Entry) -> UUID:
        """The command that first recorded what stands there: what it made keeps its id."""
        events = self._case.before
        return next(
            each.envelope for each in events if each.envelope.version == entry.place
        ).command_id

    def _place(self, stream: Stream, entry: Entry) -> int | None:
        """Where the entry stands in that stream; None where it does not stand there yet."""
        theirs = _theirs(stream.before, entry)
        where = (place(each) for each in stream.before if each.envelope.version in theirs)
        return min(where, default=None)

    def _state_of(self, stream: str) -> State:
        growing = self._streams.get(stream)
        if growing is not None:
            return growing.state
        return next(
            self._world.states[role] for role, name in self._world.ids.items() if name == stream
        )

    def _standing(self) -> Events:
        """Nothing more, where what stood still does; raises `Refused`."""
        require_standing(in_order(self._case.before), in_order(self._case.events))
        before, after = self._world.case, cast("CaseState", self._case.state)
        if after.is_open and not before.is_open and self._world.beneficiary.open_case is not None:
            raise Refused("beneficiary_has_open_case")
        if (
            before.is_open
            and not after.is_open
            and any(t.money_open for t in after.tracks.values())
        ):
            raise Refused("approval_still_open")
        return ()


def _require_nothing_built(events: Sequence[Recorded], going: Sequence[Entry]) -> None:
    """On any of those that go, by what does not go with them; raises `Refused`."""
    for entry in going:
        others = {v for each in going if each is not entry for v in each.versions}
        staying = (each for each in in_order(events) if each.envelope.version not in others)
        require_nothing_built_on(list(staying), entry)


def _left_out_by(entry: Entry) -> set[int]:
    return {
        version
        for each in entry.events
        if isinstance(each.event, Mended)
        for version in each.event.entries_mended()
    }


def _theirs(events: Sequence[Recorded], entry: Entry) -> tuple[int, ...]:
    """The versions of what an entry recorded, in any of its streams."""
    about = entry.about
    of_command = [each for each in events if each.envelope.command_id == about.command_id]
    if entry.mends:
        return tuple(each.envelope.version for each in of_command)
    return tuple(
        each.envelope.version
        for each in of_command
        if not isinstance(each.event, Mended)
        and (each.envelope.step, each.envelope.occurred_on) == (about.step, about.occurred_on)
    )


def _by_day(told: Told) -> tuple[Any, int]:
    return (told.instead.occurred_on if told.instead else None), told.entry.place


def _require_way(instead: Sequence[str], entry: Entry) -> None:
    named = ",".join(dict.fromkeys(step for step in instead if step))
    if named:
        raise Refused("mended_otherwise", entry=entry.number, steps=named)


def content_of(step: type[Step], correction: Correction, entry: Entry) -> Step:
    """What the entry should have said, as its step; raises `Refused` where it is none.

    It is of the track that it was of, where none is named: there may be several by now.
    """
    try:
        told = step.model_validate(correction.content)
        own = isinstance(told, TrackStep) and told.track_id is None
        return told.model_copy(update={"track_id": entry.track_id}) if own else told
    except ValidationError as error:
        first = error.errors(include_input=False, include_context=False, include_url=False)[0]
        field = ".".join(str(each) for each in first["loc"])
        raise Refused(
            "correction_unreadable", entry=correction.entry_number, where=f"content.{field}"
        ) from None


def reads_of(row: Handling, ctx: Context, step: Step, case: State) -> Roles:
    """The streams that a step of the case is decided on."""
    command = Command(
        id=ctx.command_id, target=ctx.target, step=step, actor=ctx.actor, origin=ctx.origin
    )
    return {CASE: ctx.target, **row.reads(command, case)}
