"""What is recorded of a finding that somebody looked at."""

from typing import ClassVar

from domain.dismissal.vocabulary import DismissedBecause
from domain.message import Event, Personal, StreamKind


class FindingEvent(Event):
    stream: ClassVar[StreamKind] = StreamKind.FINDING


class FindingDismissed(FindingEvent, stored="FindingDismissed"):
    because: DismissedBecause
    explanation: Personal[str] = None
    """It is typed freely, so it may tell of somebody."""


class FindingReopened(FindingEvent, stored="FindingReopened"):
    explanation: Personal[str] = None
