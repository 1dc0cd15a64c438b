"""The steps about consent."""

from typing import Annotated, ClassVar

from pydantic import Field

from domain.case.consents.vocabulary import ConsentForm, Purpose
from domain.message import FieldClass, LongText, NameText, Step

Purposes = Annotated[tuple[Purpose, ...], Field(min_length=1, max_length=len(Purpose))]


class GiveConsent(Step):
    """Record what the person agrees to, how they said so, and who witnessed it.

    Who has come of age says anew whether anything may be told through the guardian.
    """

    with_the_person: ClassVar[bool] = True

    purposes: Purposes
    given_as: ConsentForm
    witness: Annotated[NameText | None, FieldClass.PERSONAL] = None
    """Who was there, where it was not signed."""


class WithdrawConsent(Step):
    """Record what the person does not agree to, or no longer: what needs it stops at once."""

    with_the_person: ClassVar[bool] = True

    purposes: Purposes
    explanation: Annotated[LongText | None, FieldClass.PERSONAL] = None
