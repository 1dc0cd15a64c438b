"""An entry that moved money, left out of case and project, and told anew there."""

from typing import Any, TypeVar, cast
from uuid import UUID

from domain.case.state import CaseState
from domain.errors import Refused
from domain.mending.decide import Mending
from domain.mending.entries import Entry, entry_of
from domain.mending.recording import Stream
from domain.message import Event, Step, StreamKind, name_of
from domain.steps.roles import StreamRole

E = TypeVar("E", bound=Event)


class MoneyMending(Mending):
    """As any mending; what the entry moved elsewhere, its own rule compensates."""

    def entry_with(self, number: int, kind: type[E]) -> tuple[Entry, E]:
        """The entry of that number, and what of the kind it recorded."""
        entry = entry_of(self._case.before, number)
        for each in entry.events:
            if isinstance(each.event, kind) and not entry.mends:
                return entry, each.event
        steps = dict.fromkeys(way.correct or "correct-entries" for way in entry.ways)
        raise Refused("mended_otherwise", entry=number, steps=",".join(steps))

    def project_of(self, entry: Entry) -> tuple[UUID, Stream]:
        """The project that the same step wrote into, by its id."""
        for name, stream in self._streams.items():
            if stream.role.kind is StreamKind.PROJECT and any(
                each.envelope.command_id == entry.about.command_id for each in stream.before
            ):
                return UUID(name_of(name)), stream
        raise Refused("history_incomplete")

    def require_standing(self) -> None:
        """As any mending; and no money is to come under a case that is closed."""
        self._standing()
        after = cast("CaseState", self._case.state)
        if not after.is_open and any(track.money_open for track in after.tracks.values()):
            raise Refused("case_closed")

    def told_anew(
        self, role: StreamRole[Any], event: Event, step: Step, entry: Entry
    ) -> tuple[StreamRole[Any], Event]:
        """In a stream that folds anew in the entry's place; in another as it comes."""
        stream = self._streams.get(self._world.ids[role])
        if stream is None:
            return role, event
        part = stream.role.entering(step, self._place(stream, entry))
        stream.add(part, event, self._ctx, step.occurred_on)
        return part, event
