"""The directory of staff and keys, and the fold that says so."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from domain.folds.evolution import Evolution
from domain.folds.replacing import replace
from domain.message import Actor, Envelope, Event, StreamKind, stream_id
from domain.staff import events as e

DIRECTORY = stream_id(StreamKind.STAFF, "directory")


@dataclass(frozen=True, slots=True)
class Colleague:
    """A member of staff, as far as the programme needs to know."""

    actor: Actor
    label: str | None
    """Of the post; None once their key is destroyed, and while it is lost."""
    key_lost: bool = False


@dataclass(frozen=True)
class StaffState:
    """All staff and all keys that open anything."""

    version: int = 0
    seen: int = 0
    staff: Mapping[UUID, Colleague] = field(default_factory=dict)
    keys: Mapping[str, UUID] = field(default_factory=dict)
    """Digest of each valid key → its key id."""
    holders: Mapping[UUID, UUID] = field(default_factory=dict)
    """Id of each valid key → member of staff."""

    def actor_with(self, digest: str) -> Actor | None:
        """Who comes with the key of this digest; None for a revoked or unknown one."""
        key = self.keys.get(digest)
        if key is None:
            return None
        return self.staff[self.holders[key]].actor.model_copy(update={"credential": key})

    def holds(self, actor: Actor) -> bool:
        """Whether the actor's credential is valid and theirs, in the role and centre they say."""
        holder = self.holders.get(actor.credential) if actor.credential else None
        if holder is None:
            return False
        return self.staff[holder].actor == actor.model_copy(update={"credential": None})

    def subject_of(self, event: Event) -> UUID | None:
        """Whom of the staff an event of this stream is about."""
        match event:
            case e.StaffRegistered() | e.AccessKeyIssued():
                return event.staff_id
            case e.AccessKeyRevoked():
                return self.holders.get(event.key_id)
            case _:
                return None

    def works_in(self, staff_id: UUID, centre: str) -> bool:
        colleague = self.staff.get(staff_id)
        return colleague is not None and colleague.actor.centre == centre


evolve_staff: Evolution[StaffState] = Evolution()
on = evolve_staff.on


@on(e.StaffRegistered)
def _registered(state: StaffState, event: e.StaffRegistered, envelope: Envelope) -> StaffState:
    actor = Actor(id=event.staff_id, role=event.role, centre=event.centre)
    colleague = Colleague(actor, event.label, envelope.lost)
    return replace(state, staff={**state.staff, event.staff_id: colleague})


@on(e.AccessKeyIssued)
def _issued(state: StaffState, event: e.AccessKeyIssued, _: Envelope) -> StaffState:
    return replace(
        state,
        keys={**state.keys, event.digest: event.key_id},
        holders={**state.holders, event.key_id: event.staff_id},
    )


@on(e.AccessKeyRevoked)
def _revoked(state: StaffState, event: e.AccessKeyRevoked, _: Envelope) -> StaffState:
    keys = {digest: key for digest, key in state.keys.items() if key != event.key_id}
    holders = {key: staff for key, staff in state.holders.items() if key != event.key_id}
    return replace(state, keys=keys, holders=holders)
