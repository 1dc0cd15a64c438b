"""The directory of staff and keys, and the fold that says so."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from dataclasses import replace as with_changed
from datetime import date
from typing import Annotated
from uuid import UUID

from domain.folds.evolution import Evolution
from domain.folds.replacing import replace
from domain.message import Actor, Envelope, Event, FieldClass, Hidden, Role, StreamKind, stream_id
from domain.staff import events as e
from domain.staff.keys import AccessKey, last_to_end
from domain.staff.notices import Notice

DIRECTORY = stream_id(StreamKind.STAFF, "directory")


@dataclass(frozen=True, slots=True)
class Colleague:
    """A member of staff, as far as the programme needs to know."""

    actor: Actor
    label: Annotated[str | None, FieldClass.PERSONAL]
    """Of the post; None once their key is destroyed, and while it is lost."""
    since: int
    """The position in the ledger from which they have this role."""
    since_on: date
    """The day of it."""
    key_lost: bool = False


@dataclass(frozen=True)
class StaffState:
    """All staff, all keys that were ever issued, and what is to be known of them."""

    version: int = 0
    seen: int = 0
    staff: Mapping[UUID, Colleague] = field(default_factory=dict)
    keys: Mapping[UUID, AccessKey] = field(default_factory=dict)
    digests: Hidden[Mapping[str, UUID]] = field(default_factory=dict)
    """Of each key → its key id."""
    notices: Mapping[UUID, Notice] = field(default_factory=dict)

    def actor_with(self, digest: str, today: date) -> Actor | None:
        """Who comes with the key of this digest; None for one that opens nothing on that day."""
        actor = self.holder_of(digest)
        if actor is None or actor.credential is None:
            return None
        return actor if self.keys[actor.credential].opens(today) else None

    def holder_of(self, digest: str) -> Actor | None:
        """Whose key of this digest is, or was: also of one that opens nothing any more."""
        key_id = self.digests.get(digest)
        if key_id is None:
            return None
        holder = self.staff[self.keys[key_id].staff_id].actor
        return holder.model_copy(update={"credential": key_id})

    def holds(self, actor: Actor, today: date) -> bool:
        """Whether the actor's credential is valid and theirs, in the role and centre they say."""
        key = self.keys.get(actor.credential) if actor.credential else None
        if key is None or not key.opens(today):
            return False
        return self.staff[key.staff_id].actor == actor.model_copy(update={"credential": None})

    def last_administrators_key(self, today: date) -> AccessKey | None:
        """The key that is the last to end of those by which anybody administers; None: nobody does.

        Once it has ended nobody gives keys but whoever is at the machine itself.
        """
        keys = self.keys.values()
        theirs = (k for k in keys if self.staff[k.staff_id].actor.role is Role.ADMINISTRATOR)
        return last_to_end(theirs, today)

    def subject_of(self, event: Event) -> UUID | None:
        """Whom of the staff an event of this stream is about."""
        match event:
            case e.StaffRegistered() | e.AccessKeyIssued() | e.AccessKeyAnnounced():
                return event.staff_id
            case e.AccessKeyRevoked():
                return self._holder(event.key_id)
            case e.NoticesAcknowledged():
                first = self.notices.get(event.notices[0])
                return self._holder(first.key_id) if first else None
            case _:
                return None

    def _holder(self, key_id: UUID) -> UUID | None:
        key = self.keys.get(key_id)
        return key.staff_id if key else None

    def works_in(self, staff_id: UUID, centre: str) -> bool:
        colleague = self.staff.get(staff_id)
        return colleague is not None and colleague.actor.centre == centre


evolve_staff: Evolution[StaffState] = Evolution()
on = evolve_staff.on


@on(e.StaffRegistered)
def _registered(state: StaffState, event: e.StaffRegistered, envelope: Envelope) -> StaffState:
    actor = Actor(id=event.staff_id, role=event.role, centre=event.centre)
    colleague = Colleague(
        actor, event.label, envelope.position, envelope.occurred_on, envelope.lost
    )
    return replace(state, staff={**state.staff, event.staff_id: colleague})


@on(e.AccessKeyIssued)
def _issued(state: StaffState, event: e.AccessKeyIssued, envelope: Envelope) -> StaffState:
    key = AccessKey(
        key_id=event.key_id,
        staff_id=event.staff_id,
        digest=event.digest,
        expires_on=event.expires_on,
        issued_on=envelope.occurred_on,
        issued_at=envelope.recorded_at,
        issued_by=envelope.actor.id,
        position=envelope.position,
    )
    return replace(
        state,
        keys={**state.keys, event.key_id: key},
        digests={**state.digests, event.digest: event.key_id},
    )


@on(e.AccessKeyAnnounced)
def _announced(state: StaffState, event: e.AccessKeyAnnounced, envelope: Envelope) -> StaffState:
    told = frozenset(event.told)
    notice = Notice(event.notice_id, event.key_id, told, envelope.occurred_on)
    return replace(state, notices={**state.notices, event.notice_id: notice})


@on(e.NoticesAcknowledged)
def _acknowledged(
    state: StaffState, event: e.NoticesAcknowledged, envelope: Envelope
) -> StaffState:
    seen = {
        notice_id: with_changed(notice, seen_by=notice.seen_by | {envelope.actor.id})
        for notice_id in event.notices
        if (notice := state.notices.get(notice_id)) is not None
    }
    return replace(state, notices={**state.notices, **seen})


@on(e.AccessKeyRevoked)
def _revoked(state: StaffState, event: e.AccessKeyRevoked, envelope: Envelope) -> StaffState:
    key = state.keys.get(event.key_id)
    if key is None:
        return state
    revoked = with_changed(key, revoked_at=envelope.recorded_at)
    return replace(state, keys={**state.keys, event.key_id: revoked})
