"""One person's whole way, as steps: for any test that needs a case at some stage.

The journey names no ids but those it is given, so it can be taken on paper, straight into
a ledger, or through the API.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from domain.agreement.steps import Season, SignAgreement
from domain.beneficiary.steps import RegisterBeneficiary
from domain.beneficiary.vocabulary import Sex
from domain.case import steps as s
from domain.case.vocabulary import (
    Channel,
    ContactOutcome,
    Criterion,
    DetentionStatus,
    EducationLevel,
    EducationResult,
    NeedArea,
    NeedStatus,
    ReleaseKind,
    Route,
    TrackKind,
)
from domain.ceremony.steps import ScheduleCeremony
from domain.message import Step
from domain.money import total
from domain.project.items import CashInstalment, ItemEstimate, ItemHandover, ItemPrice
from domain.project.vocabulary import DecisionKind, Premises
from domain.registry.steps import Catchment, RegisterCentre
from domain.rules import FundingSource
from domain.tracks.self_employment import steps as ts
from domain.trades import Trade

CENTRE, PROVINCE = "fes", "taza"
PRICES = (Decimal("21500.50"), Decimal("8499.50"))
GOODS = total(PRICES)
CASH = Decimal("2000.00")
COST = GOODS + CASH


def register_centre(centre: str = CENTRE, province: str = PROVINCE) -> RegisterCentre:
    catchment = (Catchment(province=province, since=date(2015, 1, 1)),)
    return RegisterCentre(
        occurred_on=date(2020, 1, 1),
        centre=centre,
        code=centre[:3].upper(),
        name_fr="Centre d'essai",
        name_ar="مركز التجربة",
        catchment=catchment,
    )


def register_beneficiary(name: str = "Salma Elmithal") -> RegisterBeneficiary:
    return RegisterBeneficiary(
        occurred_on=date(2023, 1, 9),
        name_ar="سلمى المثال",
        name_latin=name,
        sex=Sex.FEMALE,
        birth_date=date(1991, 5, 17),
        phone="+212 600 000 000",
    )


def sign_agreement(envelope: str = "1000000.00", places: int = 40) -> SignAgreement:
    return SignAgreement(
        occurred_on=date(2023, 11, 2),
        parties=("Foundation", "INDH committee of the province"),
        province=PROVINCE,
        season=Season(label="2024", starts_on=date(2024, 1, 1), ends_on=date(2024, 12, 31)),
        funding_source=FundingSource.INDH_PRECARIOUS,
        signed_at="Taza",
        envelope=Decimal(envelope),
        planned_places=places,
    )


def schedule_ceremony(held_on: date = date(2024, 7, 18)) -> ScheduleCeremony:
    return ScheduleCeremony(
        occurred_on=date(2024, 6, 20),
        province=PROVINCE,
        city="Taza",
        place="siège de la province",
        held_on=held_on,
        presided_by="the governor of the province",
    )


@dataclass(frozen=True)
class Journey:
    """The steps of one case from intake to delivery, in order, with dates of their own."""

    beneficiary_id: UUID
    caseworker: UUID
    agreement_id: UUID
    ceremony_id: UUID | None = None
    begins: date = date(2023, 1, 10)

    def day(self, days: int) -> date:
        return self.begins + timedelta(days=days)

    @property
    def delivered_on(self) -> date:
        return self.day(555)

    def steps(self) -> Iterator[Step]:
        yield from self.to_release()
        yield from self.to_submission()
        yield self.decision()
        yield from self.to_delivery()

    def to_release(self) -> Iterator[Step]:
        yield s.OpenCase(
            occurred_on=self.day(0),
            beneficiary_id=self.beneficiary_id,
            route=Route.DETENTION,
            centre=CENTRE,
            province=PROVINCE,
            caseworker=self.caseworker,
        )
        yield s.RecordSocialEnquiry(
            occurred_on=self.day(5), household_size=5, has_housing=True, findings="Lives with kin."
        )
        yield s.RuleOnEligibility(
            occurred_on=self.day(12),
            eligible=True,
            criteria=(s.CriterionRuling(criterion=Criterion.VULNERABILITY, met=True),),
        )
        yield s.RecordDetentionStatus(
            occurred_on=self.day(13),
            status=DetentionStatus.SENTENCED,
            detained_since=date(2021, 6, 1),
            expected_release=self.day(300),
            prison="Local prison",
        )
        yield s.RecordEducation(
            occurred_on=self.day(200),
            level=EducationLevel.VOCATIONAL,
            started_on=self.day(40),
            result=EducationResult.COMPLETED,
            trade=Trade.SEWING,
            certificate=True,
        )
        yield s.AssessNeeds(
            occurred_on=self.day(210),
            areas={NeedArea.EDUCATION_SKILLS_WORK: NeedStatus.IN_PROGRESS},
        )
        yield s.AgreePlan(occurred_on=self.day(220), trade_wished=Trade.SEWING)
        yield s.OpenTrack(occurred_on=self.day(221), track=TrackKind.SELF_EMPLOYMENT)
        yield s.RecordRelease(occurred_on=self.day(300), release=ReleaseKind.END_OF_SENTENCE)
        yield s.RecordContact(
            occurred_on=self.day(303), channel=Channel.AT_CENTRE, outcome=ContactOutcome.REACHED
        )

    def to_submission(self) -> Iterator[Step]:
        yield self.proposal()
        yield ts.RecordStudy(
            occurred_on=self.day(350),
            provider="ANAPEC",
            technically_sound=True,
            financially_sound=True,
            recommended_amount=COST,
        )
        yield ts.SubmitToSession(
            occurred_on=self.day(360),
            agreement_id=self.agreement_id,
            session_on=self.day(380),
        )

    def proposal(self) -> ts.ProposeProject:
        return ts.ProposeProject(
            occurred_on=self.day(320),
            trade=Trade.SEWING,
            items=(
                ItemEstimate(label="industrial sewing machine", estimated=PRICES[0]),
                ItemEstimate(label="overlock machine", estimated=PRICES[1]),
            ),
            premises=Premises.FAMILY,
            address="12, invented street",
        )

    def decision(self, equipment: Decimal = GOODS, cash: Decimal = CASH) -> ts.RecordDecision:
        """Recorded by another person than the proposer."""
        return ts.RecordDecision(
            occurred_on=self.day(381),
            decision=DecisionKind.APPROVE,
            session_on=self.day(380),
            minutes="2024/3",
            equipment_amount=equipment,
            cash_grant=cash,
        )

    def to_delivery(self) -> Iterator[Step]:
        yield ts.SignUndertaking(occurred_on=self.day(390))
        yield ts.OrderEquipment(
            occurred_on=self.day(400),
            supplier="Atelier Fourniture",
            contract="C-17",
            prices=tuple(ItemPrice(item=n, price=p) for n, p in enumerate(PRICES, start=1)),
        )
        yield ts.RecordPayment(occurred_on=self.day(420), amount=PRICES[0], invoice="F-1")
        yield ts.ReceiveEquipment(occurred_on=self.day(450), items=(1, 2))
        if self.ceremony_id is not None:
            yield ts.PlaceOnCeremony(occurred_on=self.day(500), ceremony_id=self.ceremony_id)
        yield ts.ConfirmDelivery(
            occurred_on=self.delivered_on,
            items=(ItemHandover(item=1, serials=("SN-1",)), ItemHandover(item=2)),
            cash=(CashInstalment(amount=CASH, cheque="CH-9"),),
        )
