"""An order is recorded while it is fresh and its author is who they were, and never otherwise."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from domain.case.steps import AddNote
from domain.errors import Refused, Unavailable
from domain.example.beside import register_beneficiary, register_centre, register_staff
from domain.example.person import EXAMPLE
from domain.example.way import Way
from domain.message import (
    Actor,
    Command,
    Origin,
    OriginKind,
    Role,
    Step,
    StreamKind,
    derived_id,
    stream_id,
)
from domain.registry.state import REGISTRY
from domain.staff.decide import FOUNDING_ADMINISTRATOR
from domain.staff.state import DIRECTORY
from domain.staff.steps import (
    AcceptInvitation,
    EndCredentials,
    InvitePassword,
    IssueAccessKey,
    RevokeAccessKey,
)
from ledger.keys.sealing import Sealed
from ledger.ledger import Ledger
from ledger.port import programme
from ledger.store import ANYWHERE
from tests.integration.ledger.place import Clock, Opener

DAY = date(2024, 7, 19)


class Office:
    """The programme's own rules, a caseworker with a key, and their case."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.found(REGISTRY, register_centre())
        self.caseworker, self.key = self.employed("caseworker-1")
        self.person = uuid4()
        self.take(
            stream_id(StreamKind.BENEFICIARY, self.person),
            register_beneficiary(),
            self.caseworker,
        )
        self.case = stream_id(StreamKind.CASE, uuid4())
        opening = Way(self.person, self.caseworker.id).steps()[0]
        self.take(self.case, opening, self.caseworker)

    def found(self, target: str, step: Step) -> UUID:
        """As the command line does."""
        origin = Origin(kind=OriginKind.FOUNDING)
        command = Command(
            id=uuid4(), target=target, step=step, actor=FOUNDING_ADMINISTRATOR, origin=origin
        )
        self.ledger.record(command)
        return command.id

    def employed(self, label: str) -> tuple[Actor, UUID]:
        post = register_staff(label, Role.CASEWORKER, EXAMPLE.centre)
        staff_id = derived_id(self.found(DIRECTORY, post), "staff")
        key = self.issued(staff_id)
        actor = Actor(id=staff_id, role=Role.CASEWORKER, centre=EXAMPLE.centre, credential=key)
        return actor, key

    def issued(self, staff_id: UUID) -> UUID:
        digest = uuid4().hex + uuid4().hex
        issue = IssueAccessKey(occurred_on=DAY, staff_id=staff_id, digest=digest)
        return derived_id(self.found(DIRECTORY, issue), "key")

    def invited(self, staff_id: UUID) -> Actor:
        """They, as who shows the code of an invitation."""
        digest = uuid4().hex * 2
        invite = InvitePassword(
            occurred_on=DAY, staff_id=staff_id, name="caseworker-1", digest=digest
        )
        credential = derived_id(self.found(DIRECTORY, invite), "password")
        return self.caseworker.model_copy(update={"credential": credential})

    def accept(self, actor: Actor) -> None:
        kept = {name: uuid4() for name in ("password", "second_factor", "recovery_sheet")}
        self.take(DIRECTORY, AcceptInvitation(occurred_on=DAY, **kept), actor)

    def revoke(self, key: UUID) -> None:
        self.found(DIRECTORY, RevokeAccessKey(occurred_on=DAY, key_id=key))

    def command(self, actor: Actor, text: str = "seen at the centre") -> Command:
        return self.asked(self.case, AddNote(occurred_on=DAY, text=text), actor)

    def asked(self, target: str, step: Step, actor: Actor) -> Command:
        origin = Origin(kind=OriginKind.API)
        return Command(id=uuid4(), target=target, step=step, actor=actor, origin=origin)

    def take(self, target: str, step: Step, actor: Actor) -> None:
        self.ledger.record(self.asked(target, step, actor))

    def order(self, command: Command) -> Sealed:
        return self.ledger.seal(command, self.person)

    def deliver(self, order: Sealed) -> str:
        return self.ledger.record(self.ledger.open(order)).answer

    def notes(self) -> int:
        history = self.ledger.history(self.case)
        return [recorded.envelope.event_type for recorded in history].count("NoteAdded")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def office(opened: Opener, clock: Clock) -> Office:
    return Office(opened(domain=programme(), clock=clock))


def refused(office: Office, order: Sealed) -> str:
    with pytest.raises(Refused) as refusal:
        office.deliver(order)
    assert office.notes() == 0
    return refusal.value.code


def test_an_order_held_back_until_its_authors_key_was_revoked_is_not_recorded(
    office: Office,
) -> None:
    order = office.order(office.command(office.caseworker))
    office.revoke(office.key)
    assert refused(office, order) == "credential_ended"


def test_an_order_by_a_password_passes_until_the_password_is_ended(office: Office) -> None:
    by_password = office.invited(office.caseworker.id)
    with pytest.raises(Refused, match="credential_ended"):
        office.ledger.record(office.command(by_password))  # an invitation opens nothing else
    office.accept(by_password)
    office.deliver(office.order(office.command(by_password)))
    assert office.notes() == 1
    order = office.order(office.command(by_password, "typed while it still opened"))
    office.found(DIRECTORY, EndCredentials(occurred_on=DAY, staff_id=office.caseworker.id))
    with pytest.raises(Refused, match="credential_ended"):
        office.deliver(order)
    assert office.notes() == 1


def test_of_two_who_accept_one_invitation_one_has(office: Office) -> None:
    invited = office.invited(office.caseworker.id)
    office.accept(invited)
    with pytest.raises(Refused, match="invitation_over"):
        office.accept(invited)


def test_an_order_held_back_until_its_authors_key_expired_is_not_recorded(
    office: Office, clock: Clock
) -> None:
    clock.now = datetime(2025, 7, 20, 22, 59, tzinfo=UTC)
    order = office.order(office.command(office.caseworker))
    clock.now += timedelta(minutes=1)
    assert refused(office, order) == "credential_ended"


def test_an_order_on_the_last_day_of_a_key_is_recorded(office: Office, clock: Clock) -> None:
    clock.now = datetime(2025, 7, 20, 22, 59, tzinfo=UTC)
    office.deliver(office.order(office.command(office.caseworker)))
    assert office.notes() == 1


def test_another_key_of_the_same_author_does_not_let_the_old_order_pass(office: Office) -> None:
    order = office.order(office.command(office.caseworker))
    office.revoke(office.key)
    office.issued(office.caseworker.id)
    assert refused(office, order) == "credential_ended"


@pytest.mark.parametrize(
    "lie",
    [
        {"credential": None},
        {"credential": UUID(int=9)},
        {"role": Role.COORDINATOR},
        {"centre": "midelt"},
        {"centre": None},
        {"id": UUID(int=9)},
    ],
    ids=str,
)
def test_nobody_acts_in_a_role_or_centre_or_name_that_their_key_does_not_give(
    office: Office, lie: dict[str, object]
) -> None:
    command = office.command(office.caseworker.model_copy(update=lie))
    assert refused(office, office.order(command)) == "credential_ended"
    with pytest.raises(Refused, match="credential_ended"):
        office.ledger.check(command)
    with pytest.raises(Refused, match="credential_ended"):
        office.ledger.record(command)


def test_an_order_older_than_two_minutes_is_not_recorded(office: Office, clock: Clock) -> None:
    order = office.order(office.command(office.caseworker))
    clock.now += timedelta(seconds=121)
    assert refused(office, order) == "order_expired"


def test_an_order_from_a_clock_more_than_a_minute_ahead_is_not_recorded(
    office: Office, clock: Clock
) -> None:
    clock.now += timedelta(seconds=61)
    order = office.order(office.command(office.caseworker))
    clock.now -= timedelta(seconds=61)
    assert refused(office, order) == "clock"


@pytest.mark.parametrize("seconds", [-60, 0, 120])
def test_an_order_within_those_bounds_is_recorded(
    office: Office, clock: Clock, seconds: int
) -> None:
    clock.now += timedelta(minutes=2)
    order = office.order(office.command(office.caseworker))
    clock.now += timedelta(seconds=seconds)
    office.deliver(order)
    assert office.notes() == 1


def test_what_is_recorded_is_answered_at_any_age_and_after_the_key_was_revoked(
    office: Office, clock: Clock
) -> None:
    order = office.order(office.command(office.caseworker))
    answer = office.deliver(order)
    office.revoke(office.key)
    clock.now += timedelta(days=400)
    assert office.deliver(order) == answer
    assert office.notes() == 1


def test_a_repetition_is_sealed_afresh(office: Office, clock: Clock) -> None:
    command = office.command(office.caseworker)
    office.order(command)
    clock.now += timedelta(hours=3)
    office.deliver(office.order(command))
    assert office.notes() == 1


def test_a_key_revoked_in_the_very_group_of_a_step_ends_it(office: Office) -> None:
    """The group is one commit, and each of its commands is decided on what those before it left."""
    revoking = Command(
        id=uuid4(),
        target=DIRECTORY,
        step=RevokeAccessKey(occurred_on=DAY, key_id=office.key),
        actor=FOUNDING_ADMINISTRATOR,
        origin=Origin(kind=OriginKind.FOUNDING),
    )
    results = office.ledger.record_all([revoking, office.command(office.caseworker)])
    assert isinstance(results[1], Refused)
    assert results[1].code == "credential_ended"


def test_what_is_foregone_is_refused_when_it_comes_at_last(office: Office, clock: Clock) -> None:
    command, sent_by = office.command(office.caseworker), clock.now
    order = office.order(command)
    clock.now += timedelta(seconds=180)
    assert not office.ledger.is_foregone(command.id, sent_by)
    clock.now += timedelta(seconds=1)
    assert office.ledger.is_foregone(command.id, sent_by)
    assert refused(office, order) == "order_expired"
    assert office.notes() == 0
    assert office.ledger.is_foregone(command.id, sent_by)


def test_what_was_recorded_is_never_foregone_though_it_was_sent_again(
    office: Office, clock: Clock
) -> None:
    command, sent_by = office.command(office.caseworker), clock.now
    clock.now += timedelta(seconds=200)
    assert office.ledger.is_foregone(command.id, sent_by)
    office.deliver(office.order(command))
    clock.now += timedelta(hours=1)
    assert not office.ledger.is_foregone(command.id, sent_by)
    assert not office.ledger.is_foregone(command.id, clock.now - timedelta(seconds=200))


def test_nothing_is_foregone_while_somebody_may_be_recording_it(
    office: Office, clock: Clock, opened: Opener
) -> None:
    """Who was stopped between deciding and committing still holds the lock."""
    hasty = opened(domain=programme(), clock=clock, lock_seconds=1)
    command, sent_by = office.command(office.caseworker), clock.now
    clock.now += timedelta(seconds=200)
    with office.ledger._store.writing((), ANYWHERE), pytest.raises(Unavailable):
        hasty.is_foregone(command.id, sent_by)
    assert hasty.is_foregone(command.id, sent_by)


def test_a_step_without_a_workflow_expires_on_its_way_too(office: Office, clock: Clock) -> None:
    asked = office.asked(
        stream_id(StreamKind.BENEFICIARY, uuid4()),
        register_beneficiary(card="ZZ000002"),
        office.caseworker,
    )
    held_back = asked.model_copy(update={"sealed_at": clock.now})
    clock.now += timedelta(seconds=121)
    with pytest.raises(Refused, match="order_expired"):
        office.ledger.record(held_back)
    office.ledger.record(asked.model_copy(update={"sealed_at": clock.now}))
