"""Invitations to set a password, and their end, made at the machine itself: when nobody can sign in."""

import re
from datetime import date
from uuid import UUID, uuid4

from domain.staff.state import Colleague
from domain.staff.steps import EndCredentials, InvitePassword
from ledger.ledger import Ledger
from service.identity.access_keys import ACCESS
from service.identity.passwords.codes import digest_of_code, grouped, invitation_code
from service.identity.passwords.setting import Invited
from service.running.faults import OperatorError
from service.running.founding import directory, record

LONGEST = 40


def invite_password(ledger: Ledger, today: date, label: str, name: str | None) -> Invited:
    """For the member of staff of that label; raises `OperatorError` and `Refused`.

    They sign in under the name given, else the one they have, else the label as it can be typed.
    """
    colleague, command = _labelled(ledger, label), uuid4()
    code = invitation_code(ledger.derived(ACCESS), command)
    step = InvitePassword(
        occurred_on=today,
        staff_id=colleague.actor.id,
        name=name or _name_of(ledger, colleague.actor.id) or suggested(label),
        digest=digest_of_code(code),
    )
    record(ledger, (command, step))
    made = directory(ledger).invitation(step.digest, today)
    assert made is not None  # noqa: S101 - it was recorded just now
    return Invited(step.name, grouped(code), made.invited_until)


def end_credentials(ledger: Ledger, today: date, label: str) -> None:
    """All that they sign in with, at once; raises `OperatorError` and `Refused`."""
    staff_id = _labelled(ledger, label).actor.id
    record(ledger, (uuid4(), EndCredentials(occurred_on=today, staff_id=staff_id)))


def suggested(label: str) -> str:
    """A label as a name that can be typed, as far as anything is left of it."""
    return re.sub(r"[^a-z0-9._-]+", "-", label.casefold()).strip("-._")[:LONGEST]


def _labelled(ledger: Ledger, label: str) -> Colleague:
    found = (each for each in directory(ledger).staff.values() if each.label == label)
    colleague = next(found, None)
    if colleague is None:
        raise OperatorError(
            f"nobody is registered as {label}: `jisr key list` shows the labels of who can sign in, and"
            " the console's page of the staff all of them"
        )
    return colleague


def _name_of(ledger: Ledger, staff_id: UUID) -> str | None:
    passwords = directory(ledger).passwords.values()
    named = [each.name for each in passwords if each.staff_id == staff_id and each.name]
    return named[-1] if named else None
