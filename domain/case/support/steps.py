"""The steps of support."""

from typing import Annotated
from uuid import UUID

from domain.case.support.vocabulary import DeclinedBy, SupportKind
from domain.case.vocabulary import NeedArea
from domain.message import FieldClass, LongText, NameText, Step
from domain.values.codes import ProviderCode
from domain.values.days import PlannedDay

Details = Annotated[LongText | None, FieldClass.HEALTH]
JudicialDay = Annotated[PlannedDay | None, FieldClass.JUDICIAL]


class OpenSupport(Step):
    """Open a support item: what the person, or somebody of their household, is helped with."""

    kind: Annotated[SupportKind, FieldClass.JUDICIAL]
    need: Annotated[NeedArea | None, FieldClass.HEALTH] = None
    """Which need it answers."""
    member_id: UUID | None = None
    """Who of the household it is for; none: the person."""
    provider: Annotated[ProviderCode | None, FieldClass.HEALTH] = None
    provider_name: Annotated[NameText | None, FieldClass.HEALTH] = None
    """Who provides it, where the registry does not have them."""
    probably_from: JudicialDay = None
    """Of a judicial rehabilitation: from when it can probably be asked for. It is looked at then."""
    look_again_on: JudicialDay = None
    """Of all others: when it is looked at again."""
    details: Details = None


class SupportStep(Step):
    """A step on an item that is open."""

    support_id: UUID | None = None
    """Which; may be left out where only one can be meant."""


class ProgressSupport(SupportStep):
    """Say what was done about a support item, and when it is looked at again."""

    probably_from: JudicialDay = None
    look_again_on: JudicialDay = None
    details: Details = None


class CompleteSupport(SupportStep):
    """Say that a support item came to what it was for."""

    details: Details = None


class DeclineSupport(SupportStep):
    """Say that a support item is not wanted, or cannot be given."""

    declined_by: DeclinedBy
    details: Details = None


class TakeUpSupport(SupportStep):
    """Take up again a support item that was completed or declined."""

    probably_from: JudicialDay = None
    look_again_on: JudicialDay = None
    details: Details = None
