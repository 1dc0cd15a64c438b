"""What is recorded of a finding that somebody looked at."""

from typing import ClassVar
from uuid import UUID

from domain.dismissal.vocabulary import DismissedBecause
from domain.message import Event, Personal, StreamKind


class FindingEvent(Event):
    stream: ClassVar[StreamKind] = StreamKind.FINDING


class FindingDismissed(FindingEvent, stored="FindingDismissed"):
    because: DismissedBecause
    explanation: Personal[str] = None
    """It is typed freely, so it may tell of somebody."""
    people: tuple[UUID, ...] = ()
    """Whom the finding was about then: with each of them its words go."""


class FindingReopened(FindingEvent, stored="FindingReopened"):
    explanation: Personal[str] = None


class FindingForgotten(FindingEvent, stored="FindingForgotten"):
    """What was written of it is read by nobody any more: somebody whom it was about is erased."""


class KeyFoundUsedOnce(FindingEvent, stored="KeyFoundUsedOnce"):
    """An access key was issued, used for one step, and is over: what it was last used for is told by no
    event, so that it was found is one.
    """

    key_id: UUID
    staff_id: UUID
    issued: int
    """The entry by which it was."""
    taken: int
    """The entry that was made with it, and in which stream:"""
    taken_in: str


class KeyFoundUsedAgain(FindingEvent, stored="KeyFoundUsedAgain"):
    """Another step was taken with it since."""

    key_id: UUID
