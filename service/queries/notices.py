"""What somebody must come to know before anything else: it stands on their first page."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from uuid import UUID

from pydantic import Field

from domain.message import Actor, Message, Role
from domain.staff.keys import ENDS_SOON, AccessKey
from domain.staff.notices import standing_for
from domain.staff.passwords import Password
from domain.staff.state import StaffState
from domain.values.calendar import local_date
from service.access.reader import Reading
from service.words.language import Language
from service.words.store import words


class NoticeKind(StrEnum):
    KEY_ISSUED = "key_issued"
    """Somebody was given a key."""
    KEY_IN_YOUR_NAME = "key_in_your_name"
    """A further key was issued in the reader's own name."""
    PASSWORD_INVITED = "password_invited"  # noqa: S105 - no password, but that one may be set
    """Somebody was invited to set a password."""
    PASSWORD_IN_YOUR_NAME = "password_in_your_name"  # noqa: S105 - as above
    """An invitation to set a password was made in the reader's own name."""
    KEY_ENDS = "key_ends"
    """The key the reader came with opens nothing soon."""
    LAST_KEY_ENDS = "last_key_ends"
    """Soon no administrator has a key: whose key is the last to end, for administrators."""


class Notice(Message):
    """A notice on the first page."""

    notice_id: UUID | None
    """By which it is acknowledged; null for one that goes when what it says is done."""
    kind: NoticeKind
    text: str
    """In the language asked for."""
    credential_id: UUID
    """Of the key, or of the password."""
    staff_id: UUID
    """In whose name it is."""
    label: str | None = Field(examples=["taza-caseworker-1"])
    role: Role
    centre: str | None
    issued_on: date
    issued_by: str | None = Field(examples=["administrator"])
    """The label of whoever issued it; null for what was made at the machine itself."""
    expires_on: date | None
    """The last day of a key, or of an invitation while it is not used; null once a password is set."""
    opens: bool
    """Whether it opens anything today."""


def notices_of(reading: Reading, actor: Actor) -> tuple[Notice, ...]:
    """All that stand on the first page of `actor` today."""
    staff = reading.directory.staff()
    found = _found(staff, actor, reading.today)
    return tuple(
        _notice(staff, kind, given, notice_id, reading) for kind, given, notice_id in found
    )


def _found(
    staff: StaffState, actor: Actor, today: date
) -> Iterator[tuple[NoticeKind, AccessKey | Password, UUID | None]]:
    came_with = staff.keys.get(actor.credential) if actor.credential else None
    last = staff.last_administrators_key(today) if actor.role is Role.ADMINISTRATOR else None
    if last is not None and last.expires_on - today <= ENDS_SOON:
        yield NoticeKind.LAST_KEY_ENDS, last, None
    elif came_with is not None and came_with.expires_on - today <= ENDS_SOON:
        yield NoticeKind.KEY_ENDS, came_with, None
    for notice in standing_for(staff, actor.id, today):
        given = staff.credential(notice.credential_id)
        yield _kind(given, own=given.staff_id == actor.id), given, notice.notice_id


def _kind(given: AccessKey | Password, *, own: bool) -> NoticeKind:
    if isinstance(given, AccessKey):
        return NoticeKind.KEY_IN_YOUR_NAME if own else NoticeKind.KEY_ISSUED
    return NoticeKind.PASSWORD_IN_YOUR_NAME if own else NoticeKind.PASSWORD_INVITED


def _notice(
    staff: StaffState,
    kind: NoticeKind,
    given: AccessKey | Password,
    notice_id: UUID | None,
    reading: Reading,
) -> Notice:
    holder, issuer = staff.staff[given.staff_id], staff.staff.get(given.issued_by)
    return Notice(
        notice_id=notice_id,
        kind=kind,
        text=_text(kind, reading.reader.language),
        credential_id=given.credential_id,
        staff_id=given.staff_id,
        label=holder.label,
        role=holder.actor.role,
        centre=holder.actor.centre,
        issued_on=local_date(given.issued_at),
        issued_by=issuer.label if issuer else None,
        expires_on=_end(given),
        opens=given.opens(reading.today),
    )


def _end(given: AccessKey | Password) -> date | None:
    if isinstance(given, AccessKey):
        return given.expires_on
    return None if given.is_set else given.invited_until


def _text(kind: NoticeKind, language: Language) -> str:
    return words(language).page[f"notice_{kind}"]
