"""The steps that administer staff and their access keys."""

from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from domain.message import NameText, Role, ShortText, Step
from domain.values.days import LastDay
from domain.values.looking import ReadingPurpose

KeyDigest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]

LoginName = Annotated[
    str,
    StringConstraints(
        pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", to_lower=True, min_length=3, max_length=40
    ),
]
"""What somebody signs in under: letters, kept small, digits, and `.`, `_`, `-` between them."""

MOST_NOTICES = 500
"""Seen at once."""


class RegisterStaff(Step):
    """Register a member of staff under a work label, with a role and, at a centre, its code."""

    label: NameText = Field(examples=["taza-caseworker-1"])
    """A label of the post, not the person's name."""
    role: Role
    centre: ShortText | None = Field(None, examples=["taza"])


class IssueAccessKey(Step):
    """Issue an access key; only its digest is ever recorded. It is announced to those who watch."""

    staff_id: UUID
    digest: KeyDigest
    expires_on: LastDay | None = Field(None, examples=["2027-03-31"])
    """The last day on which it opens anything: a year from today at most, and unless it is given."""
    purpose: ReadingPurpose | None = None
    """For what it reads of people, unless a request says another; without it each request says."""


class InvitePassword(Step):
    """Invite a member of staff to set a password, by a one-time code that is good for seven days.

    Only the code's digest is ever recorded. It is announced as a key is.
    """

    staff_id: UUID
    name: LoginName = Field(examples=["taza-caseworker-1"])
    """What they will sign in under: the post's label or the like, not a person's name."""
    digest: KeyDigest


class AcceptInvitation(Step):
    """Set the password one was invited to set, its second factor and its recovery sheet.

    Each is named by what it is kept under, apart from what is recorded.
    """

    password: UUID
    second_factor: UUID
    recovery_sheet: UUID


class ChangePassword(Step):
    """Set one's own password, second factor or recovery sheet anew."""

    password: UUID | None = None
    second_factor: UUID | None = None
    recovery_sheet: UUID | None = None


class EndCredentials(Step):
    """End all that somebody can sign in with, at once and for good: keys, password, invitation."""

    staff_id: UUID


class RecordDeparture(Step):
    """Record that somebody works here no more: all that they can sign in with ends."""

    staff_id: UUID


class AcknowledgeNotices(Step):
    """Say that you have seen notices that stand on your first page."""

    notices: tuple[UUID, ...] = Field(min_length=1, max_length=MOST_NOTICES)
    """By their ids."""


class RevokeAccessKey(Step):
    """Revoke an access key, at once and for good."""

    key_id: UUID
