"""The steps about what a case waits for."""

from typing import Annotated
from uuid import UUID

from domain.message import FieldClass, LongText, NameText, ShortText, Step
from domain.values.codes import ProviderCode
from domain.values.days import PlannedDay
from domain.values.papers import PaperKind


class AwaitThirdParty(Step):
    """Say that the case waits for somebody outside: from this day on."""

    party: Annotated[ProviderCode | None, FieldClass.JUDICIAL] = None
    """On whom, by the registry."""
    party_name: Annotated[NameText | None, FieldClass.JUDICIAL] = None
    """On whom, where the registry does not have them."""
    awaiting: Annotated[ShortText, FieldClass.HEALTH]
    """What is awaited."""
    support_id: UUID | None = None
    """For which support item."""
    paper: Annotated[PaperKind | None, FieldClass.JUDICIAL] = None
    """Which paper it is."""
    answer_by: PlannedDay | None = None
    """When it was promised for; without it, it falls due after some weeks."""


class AwaitedStep(Step):
    """A step on what is awaited."""

    awaited_id: UUID | None = None
    """Which; may be left out where one only is awaited."""


class AskThirdPartyAgain(AwaitedStep):
    """Say that somebody who did not answer was asked again."""

    answer_by: PlannedDay | None = None
    details: Annotated[LongText | None, FieldClass.HEALTH] = None


class RecordThirdPartyAnswer(AwaitedStep):
    """Record what was answered, and on which day."""

    answer: Annotated[LongText, FieldClass.HEALTH]


class StopAwaiting(AwaitedStep):
    """Say that nothing is awaited any more, and why."""

    explanation: Annotated[LongText, FieldClass.HEALTH]
