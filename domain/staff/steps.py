"""The steps that administer staff and their access keys."""

from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from domain.message import NameText, Role, ShortText, Step
from domain.values.days import LastDay

KeyDigest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]

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


class AcknowledgeNotices(Step):
    """Say that you have seen notices that stand on your first page."""

    notices: tuple[UUID, ...] = Field(min_length=1, max_length=MOST_NOTICES)
    """By their ids."""


class RevokeAccessKey(Step):
    """Revoke an access key, at once and for good."""

    key_id: UUID
