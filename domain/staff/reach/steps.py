"""The steps of how staff are reached."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.message import FieldClass, Step
from domain.staff.reach.addresses import EmailAddress, TelephoneNumber
from domain.staff.reach.vocabulary import ReaderLanguage, StaffChannel


class ChangeReach(Step):
    """Say how you are reached: in which language, where, and by what besides your inbox.

    It says all as it is now; an address that it does not name is not used any more.
    """

    language: ReaderLanguage
    channels: Annotated[tuple[StaffChannel, ...], Field(max_length=len(StaffChannel))] = ()
    """By what you are told besides the inbox; none: there alone."""
    email: Annotated[EmailAddress | None, FieldClass.PERSONAL] = Field(
        None, examples=["s.office@example.org"]
    )
    telephone: Annotated[TelephoneNumber | None, FieldClass.PERSONAL] = Field(
        None, examples=["+212612345678"]
    )
    """By which short messages come."""
    daily_digest: bool = True
    """Whether one e-mail a day says all that is new, in the place of one for each."""


class EndReach(Step):
    """End how somebody is reached, as when an address is theirs no more: then in the inbox alone.

    Everybody for themselves, an administrator for all.
    """

    staff_id: UUID
