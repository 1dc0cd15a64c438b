"""How a message leaves the house: what is handed to a channel, and what it says came of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID


class MessageChannel(StrEnum):
    """The ways by which a message leaves the house; what it tells of stands in the inbox before."""

    EMAIL = "email"
    SMS = "sms"
    WEBHOOK = "webhook"
    """A partner's system is told."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message as a channel sends it. Nothing in it is said of anybody by name."""

    message_id: UUID
    """The same at each attempt: by it the receiver knows a message that comes twice."""
    to: str
    """An e-mail address, a telephone number as E.164 has it, or a URL."""
    language: str
    subject: str
    text: str
    body: Mapping[str, Any] | None = None
    """What a webhook carries."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the other side said."""

    accepted: bool
    code: str | None = None
    """Why not, as a stable word: `mailbox_unknown`, `timed_out`."""
    for_good: bool = False
    """Whether no further attempt can come to anything."""
    detail: str = ""
    """For who looks for the cause; nothing personal stands in it, and no address."""


class Transport(Protocol):
    """A way to the other side."""

    async def send(self, message: Outgoing) -> Outcome:
        """Hand it over, within the transport's own time limit.

        Raises nothing for what the other side does, or fails to do: that is the outcome.
        """
