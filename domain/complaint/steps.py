"""The steps of a complaint."""

from uuid import UUID

from pydantic import Field

from domain.complaint.vocabulary import Complainant, ComplaintChannel, ComplaintOutcome
from domain.message import LongText, NameText, ShortText, Step
from domain.values.codes import Code


class FileComplaint(Step):
    """File a complaint: written, or told and taken down; about a case, somebody, a centre, or nobody."""

    centre: Code = Field(examples=["taza"])
    """Where it came in."""
    complainant: Complainant
    channel: ComplaintChannel
    name: NameText | None = Field(None, examples=["Amina Elmithal"])
    """Of who complains; of somebody anonymous none."""
    reply_to: ShortText | None = Field(None, examples=["+212 600 000 002"])
    """How to reach them with the answer."""
    case_id: UUID | None = None
    """The case it is about, if it is about one."""
    staff_id: UUID | None = None
    """The member of staff it is about."""
    about_centre: Code | None = None
    """The centre it is about, as a whole."""
    words: LongText
    """What is complained of, in their own words."""


class RedirectComplaint(Step):
    """Say anew whom or what a complaint is about: from then on whoever it is about never sees it."""

    case_id: UUID | None = None
    staff_id: UUID | None = None
    about_centre: Code | None = None
    explanation: LongText


class NameComplaintHandler(Step):
    """Name who handles a complaint; nobody it is about."""

    handler: UUID


class AnswerComplaint(Step):
    """Record how a complaint was answered, and what was said."""

    channel: ComplaintChannel
    answer: LongText


class CloseComplaint(Step):
    """Close a complaint with what looking into it came to."""

    outcome: ComplaintOutcome
    explanation: LongText


class WithdrawComplaint(Step):
    """Record that whoever complained takes it back."""

    explanation: LongText


class PassComplaintOn(Step):
    """Record that a complaint was passed to another body, which decides of it."""

    authority: NameText = Field(examples=["the regional ombudsman"])
    """The body, not a person's name."""
    explanation: LongText


class ReopenComplaint(Step):
    """Open a complaint again that was ended: by mistake, or because something new was said."""

    explanation: LongText


class EraseComplaint(Step):
    """Erase for good what a complaint says and who complained; its days and its number stay."""
