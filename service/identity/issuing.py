"""Steps whose answer names what they made: staff and access keys.

What is added to the stored answer follows from the command, or is what was recorded of it for
good, so a repetition answers the same word for word.
"""

import json
from dataclasses import replace
from uuid import UUID

from pydantic import Field

from domain.message import Message, derived_id
from domain.staff.steps import IssueAccessKey
from domain.values.days import LastDay, ProgrammeDay
from domain.values.looking import ReadingPurpose
from service.application import Application, Ask, Taken, command_of
from service.identity.access_keys import access_key, digest_of


class AccessKeyRequest(Message):
    """Issue an access key to a member of staff; it is shown in the answer and nowhere else."""

    occurred_on: ProgrammeDay = Field(examples=["2024-07-18"])
    """The day it is issued."""
    staff_id: UUID
    expires_on: LastDay | None = Field(None, examples=["2027-03-31"])
    """The last day on which it opens anything: a year from today at most, and unless it is given."""
    purpose: ReadingPurpose | None = None
    """For what it reads of people, unless a request says another; without it each request says."""


class Issuing:
    """Issues access keys. Holds the secret from which they are derived."""

    def __init__(self, application: Application, secret: bytes) -> None:
        self._application = application
        self._secret = secret

    async def issue(self, ask: Ask, request: AccessKeyRequest) -> Taken:
        """The ledger's answer with `key_id`, `access_key` and `expires_on` added."""
        draft = IssueAccessKey(digest="0" * 64, **dict(request))
        command = command_of(replace(ask, step=draft)).id
        key = access_key(self._secret, command)
        step = draft.model_copy(update={"digest": digest_of(key)})
        taken = await self._application.take(replace(ask, step=step))
        key_id = derived_id(command, "key")
        issued = await self._application.access_key(key_id)
        return extended(
            taken, key_id=str(key_id), access_key=key, expires_on=str(issued.expires_on)
        )


def with_staff_id(taken: Taken) -> Taken:
    """The answer to registering staff, with the `staff_id` that came of it."""
    command = UUID(json.loads(taken.answer)["command_id"])
    return extended(taken, staff_id=str(derived_id(command, "staff")))


def extended(taken: Taken, **more: str) -> Taken:
    """The answer with members added at its end."""
    added = json.dumps(more, separators=(",", ":"))
    return replace(taken, answer=f"{taken.answer[:-1]},{added[1:]}")
