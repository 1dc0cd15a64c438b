"""The steps of a ceremony."""

from uuid import UUID

from pydantic import Field

from domain.ceremony.vocabulary import SiteKind
from domain.message import LongText, NameText, Step
from domain.papers.steps import AttachPaper, WithdrawPaper
from domain.values.days import PlannedDay
from domain.values.places import ProvinceCode

MOST_LINES = 400


class ScheduleCeremony(Step):
    """Schedule a handover ceremony; any day of the week, for people of any province."""

    province: ProvinceCode
    """Where the site is; it decides neither who is on the list nor who pays."""
    city: NameText = Field(examples=["Taza"])
    site: SiteKind
    site_name: NameText = Field(examples=["siège de la province"])
    held_on: PlannedDay
    presided_by: NameText = Field(examples=["the governor of the province"])
    """The office, not the person's name."""


class PostponeCeremony(Step):
    """Move the ceremony to another day; its list stays."""

    held_on: PlannedDay
    explanation: LongText


class CancelCeremony(Step):
    """Cancel the ceremony; those on its list can be placed on another."""

    explanation: LongText


class RecordCeremonyHeld(Step):
    """Record that the ceremony took place, once each line is confirmed or named as missed."""

    attended: tuple[NameText, ...] = Field((), max_length=40)
    """Which offices."""
    absent: tuple[UUID, ...] = Field((), max_length=MOST_LINES)
    """The cases of those on the list who did not come."""
    later: tuple[UUID, ...] = Field((), max_length=MOST_LINES)
    """The cases of those who are to be handed theirs on another day."""


class AttachCeremonyDocument(AttachPaper):
    """Attach to a ceremony a paper that was sent before."""

    shows: tuple[UUID, ...] = Field((), max_length=MOST_LINES)
    """Of a photograph: the cases of those who can be recognised on it. Each consented."""


class WithdrawCeremonyDocument(WithdrawPaper):
    """Withdraw a paper of a ceremony that was attached by mistake: nobody opens it any more."""

    explanation: LongText
