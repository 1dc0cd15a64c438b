"""Staff and keys made at the machine itself, by whoever may read the master key."""

from datetime import date
from pathlib import Path
from typing import cast
from uuid import UUID, uuid4

from domain.errors import JisrError
from domain.message import Command, Origin, OriginKind, Role, Step, derived_id
from domain.staff.decide import FOUNDING_ADMINISTRATOR
from domain.staff.state import DIRECTORY, StaffState
from domain.staff.steps import IssueAccessKey, RegisterStaff
from ledger.ledger import Ledger
from service.identity.access_keys import ACCESS, access_key, digest_of
from service.running.master_key import ADMINISTRATOR_KEY, write_secret
from service.settings import Settings

LABEL = "administrator"


def ensure_administrator(ledger: Ledger, settings: Settings, today: date) -> bool:
    """Register the first administrator if there is none; whether it was done now.

    The key goes to a file first: it follows from the key store, so a start that is killed
    half-way is finished by the next one.
    """
    staff = _staff(ledger)
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
        occurred_on=today, staff_id=derived_id(registering, "staff"), digest=digest_of(key)
    )
    _record(ledger, (registering, step), (issuing, issue))
    return True


def administrator_key_file(settings: Settings) -> Path:
    return settings.data / ADMINISTRATOR_KEY


def create_key(ledger: Ledger, today: date, label: str, role: Role, centre: str | None) -> str:
    """A new key for the member of staff of that label, who is registered if need be."""
    for staff_id, colleague in _staff(ledger).staff.items():
        if colleague.label == label:
            return _issue(ledger, today, staff_id)
    registering = uuid4()
    step = RegisterStaff(occurred_on=today, label=label, role=role, centre=centre)
    _record(ledger, (registering, step))
    return _issue(ledger, today, derived_id(registering, "staff"))


def _issue(ledger: Ledger, today: date, staff_id: UUID) -> str:
    issuing = uuid4()
    key = access_key(ledger.derived(ACCESS), issuing)
    step = IssueAccessKey(occurred_on=today, staff_id=staff_id, digest=digest_of(key))
    _record(ledger, (issuing, step))
    return key


def _staff(ledger: Ledger) -> StaffState:
    return cast("StaffState", ledger.state(DIRECTORY))


def _record(ledger: Ledger, *steps: tuple[UUID, Step]) -> None:
    """Record them together; raises what refused one of them."""
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
