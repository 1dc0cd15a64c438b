"""What is recorded of a complaint. What was said in it is encrypted under a key of its own."""

from typing import ClassVar
from uuid import UUID

from domain.complaint.vocabulary import Complainant, ComplaintChannel, ComplaintOutcome
from domain.message import Event, Personal, StreamKind


class ComplaintEvent(Event):
    stream: ClassVar[StreamKind] = StreamKind.COMPLAINT


class ComplaintAbout(ComplaintEvent):
    """What a complaint is about, and what followed from it that day."""

    case_id: UUID | None = None
    staff_id: UUID | None = None
    about_centre: str | None = None
    concerned: tuple[UUID, ...] = ()
    """Whom of the staff it is about: who is named, and who had the case that day."""
    of_division: bool = False
    """Whether the division has it: it is about a coordinator, a centre, or another centre's staff."""


class ComplaintFiled(ComplaintAbout, stored="ComplaintFiled"):
    number: str
    """`C-FES-26-0007`."""
    centre: str
    complainant: Complainant
    channel: ComplaintChannel
    name: Personal[str] = None
    reply_to: Personal[str] = None
    words: Personal[str] = None
    answer_days: int = 0
    """In which it is to be answered, by the rules in force on its day."""
    escalation_days: tuple[int, ...] = ()
    """After that, on which it goes one further up each time, by the same rules."""


class ComplaintRedirected(ComplaintAbout, stored="ComplaintRedirected"):
    handler_freed: bool = False
    """Whether it is about who handled it: they do no longer."""
    explanation: Personal[str] = None


class ComplaintHandlerNamed(ComplaintEvent, stored="ComplaintHandlerNamed"):
    handler: UUID


class ComplaintAnswered(ComplaintEvent, stored="ComplaintAnswered"):
    channel: ComplaintChannel
    answer: Personal[str] = None


class ComplaintClosed(ComplaintEvent, stored="ComplaintClosed"):
    outcome: ComplaintOutcome
    explanation: Personal[str] = None


class ComplaintWithdrawn(ComplaintEvent, stored="ComplaintWithdrawn"):
    explanation: Personal[str] = None


class ComplaintPassedOn(ComplaintEvent, stored="ComplaintPassedOn"):
    authority: str
    explanation: Personal[str] = None


class ComplaintReopened(ComplaintEvent, stored="ComplaintReopened"):
    explanation: Personal[str] = None


class ComplaintErased(ComplaintEvent, stored="ComplaintErased"):
    """Its key is destroyed once this stands."""
