"""The steps of a reception."""

from pydantic import Field

from domain.message import LongText, ShortText, Step
from domain.reception.vocabulary import ReceptionReason
from domain.values.codes import Code, EntryCode


class RecordReception(Step):
    """Record that somebody came who has no case: why, and where they were sent; nobody's name."""

    centre: Code = Field(examples=["taza"])
    reason: ReceptionReason
    sent_to: EntryCode | None = None
    """To whom of the registry they were sent on."""
    sent_elsewhere: ShortText | None = Field(None, examples=["the court's social desk"])
    """Where, if it is none of the registry. Not who came."""


class CancelReception(Step):
    """Take back a reception that was entered by mistake: it is counted no more."""

    explanation: LongText
