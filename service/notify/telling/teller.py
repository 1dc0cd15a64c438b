"""What somebody is told of: which events give something to tell, and what it says when it goes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from domain.message import Recorded
from service.notify.channels import Outgoing
from service.notify.outbox.message import Audience, MessageRow

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Said:
    """What a message comes to when its time has come."""

    outgoing: Outgoing | None = None
    """None: there is nothing left to tell, or it cannot be told."""
    code: str | None = None
    """Why it cannot be, as a stable word: `no_address`."""
    left_out: tuple[UUID, ...] = ()
    """What was to go with it and has been seen to meanwhile, by message ids."""


NOTHING_LEFT = Said()


class Teller(Protocol):
    """What one audience is told."""

    @property
    def audience(self) -> Audience: ...

    @property
    def topics(self) -> frozenset[str]:
        """Of the events that give something to tell."""

    def messages(self, recorded: Recorded) -> Iterable[MessageRow]:
        """What an event gives to tell; the same each time, so that it is kept once."""

    def said(self, message: MessageRow) -> Said:
        """What a message says by what the ledger has now. Raises `JisrError`."""
