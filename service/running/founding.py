"""Staff and keys made at the machine itself, by whoever may read the master key."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple, cast
from uuid import UUID, uuid4

from domain.errors import JisrError
from domain.message import Command, Origin, OriginKind, Role, Step, derived_id
from domain.staff.decide import FOUNDING_ADMINISTRATOR
from domain.staff.keys import AccessKey, end_of
from domain.staff.state import DIRECTORY, Colleague, StaffState
from domain.staff.steps import IssueAccessKey, RegisterStaff, RevokeAccessKey
from domain.values.looking import ReadingPurpose
from ledger.ledger import Ledger
from service.identity.access_keys import ACCESS, access_key, digest_of
from service.running.faults import OperatorError
from service.running.master_key import ADMINISTRATOR_KEY, write_secret
from service.settings import Settings

LABEL = "administrator"


class Post(NamedTuple):
    """What a key is for."""

    label: str
    role: Role
    centre: str | None


class Created(NamedTuple):
    """A key that was made, and what else opens the same doors."""

    key: str
    expires_on: date
    others: tuple[AccessKey, ...]
    """Earlier keys of the same member of staff that still open something."""


def ensure_administrator(ledger: Ledger, settings: Settings, today: date) -> bool:
    """Register the first administrator if there is none; whether it was done now.

    The key goes to a file first: it follows from the key store, so a start that is killed
    half-way is finished by the next one.
    """
    staff = directory(ledger)
    if any(colleague.actor.role is Role.ADMINISTRATOR for colleague in staff.staff.values()):
        return False
    registering = derived_id(FOUNDING_ADMINISTRATOR.id, "register")
    issuing = derived_id(FOUNDING_ADMINISTRATOR.id, "issue")
    key = access_key(ledger.derived(ACCESS), issuing)
    file = administrator_key_file(settings)
    if not file.exists():
        write_secret(file, key)
    step = RegisterStaff(occurred_on=today, label=LABEL, role=Role.ADMINISTRATOR)
    issue = IssueAccessKey(
        occurred_on=today,
        staff_id=derived_id(registering, "staff"),
        digest=digest_of(key),
        purpose=ReadingPurpose.UPKEEP,
    )
    record(ledger, (registering, step), (issuing, issue))
    return True


def administrator_key_file(settings: Settings) -> Path:
    return settings.data / ADMINISTRATOR_KEY


def create_key(
    ledger: Ledger,
    today: date,
    post: Post,
    expires_on: date | None,
    purpose: ReadingPurpose | None = None,
) -> Created:
    """A new key for the member of staff of that label, who is registered if need be.

    Raises `OperatorError` where the label is of another role or centre: it would be theirs; and
    `Refused`, then without a trace.
    """
    ends, staff = end_of(today, expires_on), directory(ledger)
    colleague = next((each for each in staff.staff.values() if each.label == post.label), None)
    if colleague is None:
        registering = uuid4()
        record(ledger, (registering, RegisterStaff(occurred_on=today, **post._asdict())))
        made = _issue(ledger, today, derived_id(registering, "staff"), ends, purpose)
        return Created(made, ends, ())
    _require_same(colleague, post)
    others = tuple(_opening(staff, colleague.actor.id, today))
    return Created(_issue(ledger, today, colleague.actor.id, ends, purpose), ends, others)


def _require_same(colleague: Colleague, post: Post) -> None:
    actor = colleague.actor
    if (actor.role, actor.centre) != (post.role, post.centre):
        place = f" of the centre {actor.centre}" if actor.centre else ""
        raise OperatorError(
            f"{post.label} is registered as {actor.role}{place}, and a key for that label is a key "
            f"of theirs: give another role or centre a label of its own. Nothing was made."
        )


def _opening(staff: StaffState, staff_id: UUID, today: date) -> Iterator[AccessKey]:
    for key in staff.keys.values():
        if key.staff_id == staff_id and key.opens(today):
            yield key


def _issue(
    ledger: Ledger,
    today: date,
    staff_id: UUID,
    expires_on: date,
    purpose: ReadingPurpose | None,
) -> str:
    issuing = uuid4()
    key = access_key(ledger.derived(ACCESS), issuing)
    step = IssueAccessKey(
        occurred_on=today,
        staff_id=staff_id,
        digest=digest_of(key),
        expires_on=expires_on,
        purpose=purpose,
    )
    record(ledger, (issuing, step))
    return key


def revoke_key(ledger: Ledger, today: date, key_id: UUID) -> None:
    """Let a key open nothing any more, at once; raises `Refused` for one that is not there."""
    record(ledger, (uuid4(), RevokeAccessKey(occurred_on=today, key_id=key_id)))


def directory(ledger: Ledger) -> StaffState:
    """Staff and keys as they are now."""
    return cast("StaffState", ledger.state(DIRECTORY))


def record(ledger: Ledger, *steps: tuple[UUID, Step]) -> None:
    """Record steps on the staff together, as whoever is at the machine; raises what refused one."""
    commands = [
        Command(
            id=command,
            target=DIRECTORY,
            step=step,
            actor=FOUNDING_ADMINISTRATOR,
            origin=Origin(kind=OriginKind.FOUNDING),
        )
        for command, step in steps
    ]
    for result in ledger.record_all(commands):
        if isinstance(result, JisrError):
            raise result
