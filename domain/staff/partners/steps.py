"""The steps of partners' systems."""

from uuid import UUID

from pydantic import Field

from domain.message import NameText, Step
from domain.staff.partners.heard import Heard
from domain.values.codes import Code
from domain.values.web import WebAddress


class RegisterPartner(Step):
    """Have a partner's system told by webhook of what happens, or change where and of what.

    It is told of what is recorded from then on: of which kind it was, an id that means nothing outside,
    and its position in the ledger; of nobody. One that had ended, or wanted to hear nothing any more,
    is told again. The secret by which it knows what comes from here is read by `get-partner-secret`.
    """

    partner: Code = Field(examples=["anapec-taza"])
    """The code by which it goes here, for good."""
    name: NameText = Field(examples=["ANAPEC Taza"])
    url: WebAddress
    hears: tuple[Heard, ...] = Field(min_length=1, max_length=len(Heard))
    new_secret: bool = False
    """Whether its secret is made anew; the one before then signs nothing any more."""


class EndPartner(Step):
    """Tell a partner's system nothing any more; what still waits to be sent is not sent."""

    partner: Code = Field(examples=["anapec-taza"])


class NotePartnerGone(Step):
    """A partner's system answered that it wants to hear nothing any more (410)."""

    partner: Code = Field(examples=["anapec-taza"])
    message_id: UUID
    """Of the message that it answered so."""
