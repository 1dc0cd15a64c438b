"""The directory of staff, keys and passwords, and the fold that says so."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from dataclasses import replace as with_changed
from datetime import date
from itertools import chain
from typing import Annotated, Any
from uuid import UUID

from domain.folds.evolution import Evolution
from domain.folds.replacing import replace
from domain.message import (
    Actor,
    Envelope,
    Event,
    FieldClass,
    Hidden,
    Role,
    Step,
    StreamKind,
    stream_id,
)
from domain.staff import events as e
from domain.staff.calendar_link.state import CalendarLinks, evolve_calendar_links, without_link
from domain.staff.emergencies.state import Emergencies, evolve_emergencies
from domain.staff.keys import AccessKey, Credential, last_to_end
from domain.staff.notices import Notice
from domain.staff.partners.state import Partners, evolve_partners
from domain.staff.passwords import Password, standing_of
from domain.staff.reach.state import Reaches, evolve_reach, without_reach
from domain.staff.standing_in.state import Delegations, ended_with, evolve_delegations
from domain.staff.steps import AcceptInvitation

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
    left_on: date | None = None
    """The day on which they left; None of whoever works here."""


@dataclass(frozen=True)
class StaffState:
    """All staff, all keys that were ever issued, and what is to be known of them."""

    version: int = 0
    seen: int = 0
    staff: Mapping[UUID, Colleague] = field(default_factory=dict)
    keys: Mapping[UUID, AccessKey] = field(default_factory=dict)
    digests: Hidden[Mapping[str, UUID]] = field(default_factory=dict)
    """Of each key → its key id."""
    passwords: Mapping[UUID, Password] = field(default_factory=dict)
    """Those too that were never set, and those that ended."""
    names: Annotated[Mapping[str, UUID], FieldClass.PERSONAL] = field(default_factory=dict)
    """What is signed in under → the password last invited under it."""
    notices: Mapping[UUID, Notice] = field(default_factory=dict)
    delegations: Delegations = field(default_factory=dict)
    calendar_links: CalendarLinks = field(default_factory=dict)
    reach: Reaches = field(default_factory=dict)
    """How they are told of anything besides the inbox."""
    partners: Partners = field(default_factory=dict)
    emergencies: Emergencies = ()
    """Cases of other centres that were opened to be read, the first first."""

    @property
    def credentials(self) -> Iterable[Credential]:
        """All with which anybody ever came, or was to come."""
        return chain[Credential](self.keys.values(), self.passwords.values())

    def credential(self, credential_id: UUID) -> AccessKey | Password:
        return self.keys.get(credential_id) or self.passwords[credential_id]

    def actor_by(self, credential_id: UUID, today: date) -> Actor | None:
        """Who comes with this key or password; None for one that opens nothing on that day."""
        given = self.keys.get(credential_id) or self.passwords.get(credential_id)
        if given is None or not given.opens(today):
            return None
        return self.as_delegate(self.holder(given), today)

    def as_delegate(self, actor: Actor, today: date) -> Actor:
        """The same, as the coordinator for whom a caseworker stands in on that day.

        A coordinator may all that a caseworker of the centre may; more than that nobody gains.
        """
        absent = (self.staff[each].actor for each in self.absent_for(actor.id, today))
        if actor.role is not Role.CASEWORKER or not any(
            each.role is Role.COORDINATOR and each.centre == actor.centre for each in absent
        ):
            return actor
        return actor.model_copy(update={"role": Role.COORDINATOR})

    def holder(self, given: Credential) -> Actor:
        """Whose it is or was, as who came with it."""
        actor = self.staff[given.staff_id].actor
        return actor.model_copy(update={"credential": given.credential_id})

    def password_named(self, name: str, today: date) -> Password | None:
        """With which one signs in under this name; None where nobody does.

        Beside one that is set another may be invited, and is not set yet.
        """
        last = self.passwords.get(self.names[name]) if name in self.names else None
        if last is None or last.opens(today):
            return last
        theirs = standing_of(self.passwords.values(), last.staff_id, today)
        return next((each for each in theirs if each.opens(today)), None)

    def invitation(self, digest: str, today: date) -> Password | None:
        """What whoever shows the code of this digest may set."""
        found = (each for each in self.passwords.values() if each.digest == digest)
        return next((each for each in found if each.can_be_set(today)), None)

    def actor_with(self, digest: str, today: date) -> Actor | None:
        """Who comes with the key of this digest; None for one that opens nothing on that day."""
        actor = self.holder_of(digest)
        if actor is None or actor.credential is None:
            return None
        if not self.keys[actor.credential].opens(today):
            return None
        return self.as_delegate(actor, today)

    def holder_of(self, digest: str) -> Actor | None:
        """Whose key of this digest is, or was: also of one that opens nothing any more."""
        key_id = self.digests.get(digest)
        if key_id is None:
            return None
        holder = self.staff[self.keys[key_id].staff_id].actor
        return holder.model_copy(update={"credential": key_id})

    def holds(self, actor: Actor, today: date, step: type[Step]) -> bool:
        """Whether the actor's credential is valid and theirs, in the role and centre they say.

        What they began before they stood in for a coordinator goes on: their own post is theirs still.
        An invitation is for the one step that accepts it.
        """
        if actor.credential is None:
            return False
        if step is AcceptInvitation:
            invited = self.passwords.get(actor.credential)
            return invited is not None and self.holder(invited) == actor
        given = self.keys.get(actor.credential) or self.passwords.get(actor.credential)
        if given is None or not given.opens(today):
            return False
        own = self.holder(given)
        return actor in (own, self.as_delegate(own, today))

    def last_administrators_key(self, today: date) -> AccessKey | None:
        """The key that is the last to end of those by which anybody administers; None: nobody does,
        or somebody by a password, which has no last day.

        Once it has ended nobody gives keys but whoever is at the machine itself.
        """
        if any(self.administers(each, today) for each in self.passwords.values()):
            return None
        keys = self.keys.values()
        theirs = (k for k in keys if self.staff[k.staff_id].actor.role is Role.ADMINISTRATOR)
        return last_to_end(theirs, today)

    def administers(self, given: Credential, today: date) -> bool:
        """Whether somebody administers by it."""
        return given.opens(today) and self.holder(given).role is Role.ADMINISTRATOR

    def subject_of(self, event: Event) -> UUID | None:
        """Whom of the staff an event of this stream is about."""
        match event:
            case e.AccessKeyRevoked():
                return self._holder(event.key_id)
            case e.NoticesAcknowledged():
                first = self.notices.get(event.notices[0])
                return self._holder(first.credential_id) if first else None
            case _:
                staff_id: UUID | None = getattr(event, "staff_id", None)
                return staff_id

    def _holder(self, credential_id: UUID) -> UUID | None:
        given = self.keys.get(credential_id) or self.passwords.get(credential_id)
        return given.staff_id if given else None

    def absent_for(self, delegate: UUID, today: date) -> tuple[UUID, ...]:
        """For whom somebody stands in today."""
        standing = (each for each in self.delegations.values() if each.delegate == delegate)
        return tuple(each.staff_id for each in standing if each.holds_on(today))

    def delegates_of(self, absent: UUID, today: date) -> frozenset[UUID]:
        """Who stands in for somebody today."""
        standing = (each for each in self.delegations.values() if each.staff_id == absent)
        return frozenset(each.delegate for each in standing if each.holds_on(today))

    def works_in(self, staff_id: UUID, centre: str) -> bool:
        colleague = self.staff.get(staff_id)
        if colleague is None or colleague.left_on is not None:
            return False
        return colleague.actor.centre == centre


evolve_staff: Evolution[StaffState] = Evolution(
    evolve_delegations, evolve_reach, evolve_partners, evolve_calendar_links, evolve_emergencies
)
evolve_staff.ignore(e.AskedForReferral)
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
        purpose=event.purpose,
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


@on(e.PasswordInvited)
def _invited(state: StaffState, event: e.PasswordInvited, envelope: Envelope) -> StaffState:
    password = Password(
        credential_id=event.credential_id,
        staff_id=event.staff_id,
        name=event.name,
        digest=event.digest,
        invited_until=event.invited_until,
        issued_on=envelope.occurred_on,
        issued_at=envelope.recorded_at,
        issued_by=envelope.actor.id,
        position=envelope.position,
    )
    named = {event.name: event.credential_id} if event.name is not None else {}
    return replace(
        state,
        passwords={**state.passwords, event.credential_id: password},
        names={**state.names, **named},
    )


@on(e.PasswordSet)
def _set(state: StaffState, event: e.PasswordSet, envelope: Envelope) -> StaffState:
    at = envelope.recorded_at
    return _changed(state, event.credential_id, password=event.password, set_at=at)


@on(e.SecondFactorSet)
def _factor_set(state: StaffState, event: e.SecondFactorSet, _: Envelope) -> StaffState:
    return _changed(state, event.credential_id, second_factor=event.second_factor)


@on(e.RecoverySheetMade)
def _sheet_made(state: StaffState, event: e.RecoverySheetMade, _: Envelope) -> StaffState:
    return _changed(state, event.credential_id, recovery_sheet=event.recovery_sheet)


@on(e.PasswordEnded)
def _ended(state: StaffState, event: e.PasswordEnded, envelope: Envelope) -> StaffState:
    return _changed(state, event.credential_id, ended_at=envelope.recorded_at)


def _changed(state: StaffState, credential_id: UUID, **changes: Any) -> StaffState:
    password = state.passwords.get(credential_id)
    if password is None:
        return state
    changed = with_changed(password, **changes)
    return replace(state, passwords={**state.passwords, credential_id: changed})


@on(e.StaffLeft)
def _left(state: StaffState, event: e.StaffLeft, envelope: Envelope) -> StaffState:
    colleague = state.staff.get(event.staff_id)
    if colleague is None:
        return state
    left = with_changed(colleague, left_on=envelope.occurred_on)
    state = ended_with(state, event.staff_id, envelope.recorded_at)
    state = without_link(without_reach(state, event.staff_id), event.staff_id)
    return replace(state, staff={**state.staff, event.staff_id: left})


@on(e.CredentialAnnounced)
def _announced(state: StaffState, event: e.CredentialAnnounced, envelope: Envelope) -> StaffState:
    told = frozenset(event.told)
    notice = Notice(event.notice_id, event.credential_id, told, envelope.occurred_on)
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
