"""The steps of an agreement; amounts in MAD. Approvals and deliveries come from cases."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.agreement.events import AgreedSeason
from domain.agreement.terms import PlannedTranche
from domain.agreement.territory import Territory
from domain.asking.steps import ConfirmRequest, RefuseRequest
from domain.message import LongText, Message, NameText, ShortText, Step
from domain.papers.steps import AttachPaper, WithdrawPaper
from domain.rules import FundingSource
from domain.values.days import PlannedDay
from domain.values.money import PositiveAmount
from domain.values.places import ProvinceCode, RegionCode

MOST_TRANCHES = 24

PlaceCount = Annotated[int, Field(ge=1, le=5000)]


class Season(AgreedSeason, Message):
    """A season has a label and dates of its own: it can span years."""

    label: ShortText = Field(examples=["2024"])
    starts_on: PlannedDay = Field(examples=["2024-01-01"])
    ends_on: PlannedDay = Field(examples=["2024-12-31"])


class Where(Territory, Message):
    """One or several provinces, a region, or the country."""

    provinces: tuple[ProvinceCode, ...] = Field((), max_length=83)
    region: RegionCode | None = None


class Tranche(PlannedTranche, Message):
    """A planned share: an amount for so many people on a day. It limits nothing."""

    amount: PositiveAmount
    people: PlaceCount
    planned_on: PlannedDay


class SignAgreement(Step):
    """Sign a partnership agreement for provinces or prefectures, a region, or the country."""

    parties: tuple[NameText, ...] = Field(min_length=2, max_length=12)
    territory: Where
    season: Season
    funding_source: FundingSource
    indh_phase: int | None = Field(None, ge=1, le=9, examples=[3])
    """The phase of INDH, where INDH pays."""
    signed_at: NameText = Field(examples=["Taza, siège de la province"])
    envelope: PositiveAmount
    planned_places: PlaceCount
    ends_on: PlannedDay = Field(examples=["2024-12-31"])
    """The last day of its term: no later session decides under it."""
    tranches: tuple[Tranche, ...] = Field((), max_length=MOST_TRANCHES)


class AmendAgreement(Step):
    """Sign an amendment: what it says holds from then on, all of it."""

    number: int = Field(ge=1, le=99)
    """Its own; of several the highest is in force, in whatever order they are entered."""
    envelope: PositiveAmount
    planned_places: PlaceCount
    """In the place of those planned, and of what was allowed before."""
    ends_on: PlannedDay
    tranches: tuple[Tranche, ...] = Field((), max_length=MOST_TRANCHES)
    explanation: LongText


class AllowMorePlaces(Step):
    """Ask that more people be approved than were planned, never more money; another confirms."""

    places: int = Field(ge=1, le=500)
    explanation: LongText


class RecordFundsReceived(Step):
    """Record money that came in under the agreement."""

    amount: PositiveAmount
    reference: ShortText
    tranche: int | None = Field(None, ge=1, le=MOST_TRANCHES)
    """Which of the planned shares; 1 for the first."""


class RepayFunds(Step):
    """Record money that went back to the funder."""

    amount: PositiveAmount
    reference: ShortText


class CarryFundsOver(Step):
    """Carry money that is in hand over into another agreement, with the funder's consent."""

    into: UUID
    """The other agreement."""
    amount: PositiveAmount
    explanation: LongText


FundsEntry = Annotated[int, Field(ge=1, le=100_000, examples=[1])]
"""Which of the agreement's entries, as they are numbered in it."""


class CorrectFunds(Step):
    """Enter funds received or repaid as they really were, in the place of a wrong entry."""

    movement: FundsEntry
    amount: PositiveAmount
    reference: ShortText
    tranche: int | None = Field(None, ge=1, le=MOST_TRANCHES)
    """Of what was received: which of the planned shares."""
    explanation: LongText


class ReverseFunds(Step):
    """Undo an entry of funds received, repaid, carried over or lacking that was wrong."""

    movement: FundsEntry
    explanation: LongText


class DeclareShortfall(Step):
    """Declare what the funder will not pay of what is spent."""

    amount: PositiveAmount
    explanation: LongText


class CloseAgreement(Step):
    """Close the agreement, once nothing is to come and nothing is in hand."""

    explanation: LongText


class ReopenAgreement(Step):
    """Ask that a closed agreement be opened again, for what belongs into it; another confirms."""

    explanation: LongText


class ConfirmAgreementRequest(ConfirmRequest):
    """Confirm what another person asked for about an agreement: it is done."""


class RefuseAgreementRequest(RefuseRequest):
    """Refuse what another person asked for about an agreement: nothing changes."""

    explanation: LongText


class AttachAgreementDocument(AttachPaper):
    """Attach to an agreement a paper that was sent before."""


class WithdrawAgreementDocument(WithdrawPaper):
    """Withdraw a paper of an agreement that was attached by mistake: nobody opens it any more."""

    explanation: LongText
