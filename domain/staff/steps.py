"""The steps that administer staff and their access keys."""

from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from domain.message import Role, ShortText, Step

KeyDigest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class RegisterStaff(Step):
    """Register a member of staff under a work label, with a role and, at a centre, its code."""

    label: ShortText = Field(examples=["taza-caseworker-1"])
    """A label of the post, not the person's name."""
    role: Role
    centre: ShortText | None = Field(None, examples=["taza"])


class IssueAccessKey(Step):
    """Issue an access key; only its digest is ever recorded."""

    staff_id: UUID
    digest: KeyDigest


class RevokeAccessKey(Step):
    """Revoke an access key, at once and for good."""

    key_id: UUID
