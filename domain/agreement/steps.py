"""The steps of an agreement; amounts in MAD. Approvals and deliveries come from cases."""

from pydantic import Field

from domain.agreement.events import AgreedSeason
from domain.message import LongText, Message, ShortText, Step
from domain.rules import FundingSource
from domain.values.days import PlannedDay
from domain.values.money import Amount, PositiveAmount
from domain.values.places import ProvinceCode


class Season(AgreedSeason, Message):
    """A season has a label and dates of its own: it can span years."""

    label: ShortText = Field(examples=["2024"])
    starts_on: PlannedDay = Field(examples=["2024-01-01"])
    ends_on: PlannedDay = Field(examples=["2024-12-31"])


class SignAgreement(Step):
    """Sign a partnership agreement with a province or prefecture."""

    parties: tuple[ShortText, ...] = Field(min_length=2, max_length=12)
    province: ProvinceCode
    season: Season
    funding_source: FundingSource
    signed_at: ShortText = Field(examples=["Taza, siège de la province"])
    envelope: PositiveAmount
    planned_places: int = Field(ge=1, le=5000)


class AmendAgreement(Step):
    """Sign an amendment: another envelope, more places, or both."""

    envelope: PositiveAmount
    planned_places: int = Field(ge=1, le=5000)
    explanation: LongText


class AllowMorePlaces(Step):
    """Let more people be approved than were planned; never more money."""

    places: int = Field(ge=1, le=500)
    explanation: LongText


class RecordFundsReceived(Step):
    """Record money that came in under the agreement."""

    amount: PositiveAmount
    reference: ShortText


class CloseAgreement(Step):
    """Close the agreement and repay what is unspent."""

    repaid: Amount
    explanation: LongText
