"""A small programme to make events with: real steps, on a real ledger, with made-up people."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID, uuid4

from domain.agreement import steps as a
from domain.beneficiary import steps as b
from domain.beneficiary.vocabulary import Sex
from domain.calendar import Calendar
from domain.case import steps as c
from domain.case import vocabulary as words
from domain.ceremony import steps as ceremony
from domain.errors import JisrError
from domain.message import (
    TIMER,
    Actor,
    Command,
    Origin,
    OriginKind,
    Role,
    Step,
    StreamKind,
    derived_id,
    stream_id,
)
from domain.project.items import CashInstalment, ItemEstimate, ItemHandover, ItemPrice
from domain.project.vocabulary import DecisionKind, EquipmentCondition, Premises, ProjectCondition
from domain.registry import steps as r
from domain.registry.state import REGISTRY
from domain.rules import FundingSource
from domain.staff.decide import FOUNDING_ADMINISTRATOR
from domain.staff.state import DIRECTORY
from domain.staff.steps import RegisterStaff
from domain.tracks.self_employment import steps as t
from domain.trades import Trade
from ledger.ledger import Ledger, Receipt

CALENDAR = Calendar("test", frozenset({date(2024, 7, 30)}))
IMPORT = Origin(kind=OriginKind.IMPORT)
DIVISION = Actor(id=UUID(int=20), role=Role.DIVISION)
SECOND_DIVISION = Actor(id=UUID(int=21), role=Role.DIVISION)
FIRST_DAY = date(2023, 9, 4)


class Clock:
    """Goes on by a second each time it is asked, so that no two records share an instant."""

    def __init__(self) -> None:
        self.now = datetime(2024, 9, 1, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@dataclass
class Programme:
    """Records steps as the service would."""

    ledger: Ledger
    random: Random = field(default_factory=lambda: Random(7))
    agreements: dict[str, UUID] = field(default_factory=dict)
    ceremonies: dict[str, UUID] = field(default_factory=dict)
    staff: dict[str, Actor] = field(default_factory=dict)

    def order(
        self,
        kind: StreamKind,
        name: UUID | str,
        step: Step,
        actor: Actor,
        *,
        reason: str | None = None,
        command_id: UUID | None = None,
    ) -> Command:
        """A command, not yet recorded."""
        return Command(
            id=command_id or self.new_id(),
            target=stream_id(kind, name),
            step=step,
            actor=actor,
            origin=IMPORT,
            reason=reason,
        )

    def new_id(self) -> UUID:
        return UUID(int=self.random.getrandbits(128), version=4)

    def record(self, *commands: Command) -> list[Receipt]:
        results = self.ledger.record_all(commands)
        for command, result in zip(commands, results, strict=True):
            assert not isinstance(result, JisrError), (command.step, result.code, result.params)
        return [result for result in results if isinstance(result, Receipt)]

    def settle(self, provinces: Sequence[str] = ("taza", "midelt")) -> None:
        """A centre of its own for each province, with staff, an agreement and a ceremony."""
        for province in provinces:
            catchment = (r.Catchment(province=province, since=date(2015, 1, 1)),)
            centre = r.RegisterCentre(
                occurred_on=FIRST_DAY,
                centre=province,
                code=province[:3].upper(),
                name_fr=province,
                name_ar=province,
                catchment=catchment,
            )
            registry = REGISTRY.partition("/")[2]
            self.record(self.order(StreamKind.REGISTRY, registry, centre, FOUNDING_ADMINISTRATOR))
            for role in (Role.CASEWORKER, Role.COORDINATOR):
                self._employ(province, role)
            self.agreements[province] = self.sign(province)
            self.ceremonies[province] = self.new_id()
            scheduled = ceremony.ScheduleCeremony(
                occurred_on=date(2024, 6, 1),
                province=province,
                city=province,
                place="siège de la province",
                held_on=date(2024, 7, 18),
                presided_by="the governor of the province",
            )
            name = self.ceremonies[province]
            self.record(self.order(StreamKind.CEREMONY, name, scheduled, DIVISION))

    def _employ(self, centre: str, role: Role) -> None:
        directory = DIRECTORY.partition("/")[2]
        label = f"{centre}-{role}"
        step = RegisterStaff(occurred_on=FIRST_DAY, label=label, role=role, centre=centre)
        command = self.order(StreamKind.STAFF, directory, step, FOUNDING_ADMINISTRATOR)
        self.record(command)
        self.staff[label] = Actor(id=derived_id(command.id, "staff"), role=role, centre=centre)

    def sign(self, province: str, envelope: str = "900000000.00", places: int = 5000) -> UUID:
        name = self.new_id()
        season = a.Season(label="2023-2024", starts_on=date(2023, 9, 1), ends_on=date(2024, 12, 31))
        step = a.SignAgreement(
            occurred_on=FIRST_DAY,
            parties=("the Foundation", "the committee"),
            province=province,
            season=season,
            funding_source=FundingSource.INDH_PRECARIOUS,
            signed_at=province,
            envelope=Decimal(envelope),
            planned_places=places,
        )
        self.record(self.order(StreamKind.AGREEMENT, name, step, DIVISION))
        return name

    def caseworker(self, centre: str) -> Actor:
        return self.staff[f"{centre}-caseworker"]

    def coordinator(self, centre: str) -> Actor:
        return self.staff[f"{centre}-coordinator"]


@dataclass
class Person:
    """One person's way; `steps` gives the commands, each of which needs the ones before."""

    programme: Programme
    centre: str = "taza"
    name_ar: str | None = "سلمى المثال"
    name_latin: str | None = "Salma Elmithal"
    sex: Sex = Sex.FEMALE
    trade: Trade = Trade.SEWING
    beneficiary_id: UUID = field(default_factory=uuid4)
    case_id: UUID = field(default_factory=uuid4)
    project_id: UUID | None = None

    def commands(self) -> list[Command]:
        """From registration to two visits, released, with everything delivered."""
        return [*self.intake(), *self.towards_approval(), *self.towards_delivery(), *self.visits()]

    def intake(self) -> list[Command]:
        register = b.RegisterBeneficiary(
            occurred_on=FIRST_DAY,
            name_ar=self.name_ar,
            name_latin=self.name_latin,
            sex=self.sex,
            birth_date=date(1990, 5, 17),
            phone="+212 600 000 001",
        )
        worker = self.programme.caseworker(self.centre)
        return [
            self.programme.order(StreamKind.BENEFICIARY, self.beneficiary_id, register, worker),
            self._step(
                c.OpenCase(
                    occurred_on=FIRST_DAY,
                    beneficiary_id=self.beneficiary_id,
                    route=words.Route.DETENTION,
                    centre=self.centre,
                    province=self.centre,
                    caseworker=worker.id,
                ),
                reason="asked for by the family of Salma",
            ),
            self._step(
                c.RecordSocialEnquiry(
                    occurred_on=date(2023, 9, 6),
                    household_size=4,
                    has_housing=True,
                    findings="lives with her aunt Zineb",
                )
            ),
            self._step(
                c.RuleOnEligibility(
                    occurred_on=date(2023, 9, 7),
                    eligible=True,
                    criteria=(c.CriterionRuling(criterion=words.Criterion.WILL, met=True),),
                )
            ),
            self._step(
                c.RecordDetentionStatus(
                    occurred_on=date(2023, 9, 8),
                    status=words.DetentionStatus.SENTENCED,
                    detained_since=date(2021, 1, 5),
                    expected_release=date(2024, 3, 4),
                    prison="the prison of Taza",
                )
            ),
            self._step(
                c.RecordContact(
                    occurred_on=date(2023, 9, 20),
                    channel=words.Channel.VISIT_IN_PRISON,
                    outcome=words.ContactOutcome.REACHED,
                    note="wants to sew",
                )
            ),
        ]

    def towards_approval(self) -> list[Command]:
        items = (
            ItemEstimate(label="sewing machine", estimated=Decimal("20000.00")),
            ItemEstimate(label="cloth", quantity=10, estimated=Decimal("5000.00")),
        )
        propose = self._step(
            t.ProposeProject(
                occurred_on=date(2023, 11, 2),
                trade=self.trade,
                items=items,
                premises=Premises.FAMILY,
                address="rue de la Source 3",
            )
        )
        self.project_id = derived_id(propose.id, "project")
        agreement = self.programme.agreements[self.centre]
        return [
            self._step(
                c.AssessNeeds(
                    occurred_on=date(2023, 10, 1),
                    areas={words.NeedArea.HEALTH: words.NeedStatus.IN_PROGRESS},
                    remarks="asthma",
                )
            ),
            self._step(
                c.AgreePlan(
                    occurred_on=date(2023, 10, 2), trade_wished=self.trade, goals=("a shop",)
                )
            ),
            self._step(
                c.OpenTrack(occurred_on=date(2023, 10, 3), track=words.TrackKind.SELF_EMPLOYMENT)
            ),
            self._step(
                t.WaiveTraining(
                    occurred_on=date(2023, 10, 4), explanation="sewed for years", evidence="seen"
                )
            ),
            propose,
            self._step(
                t.RecordStudy(
                    occurred_on=date(2023, 11, 20),
                    provider="ANAPEC",
                    technically_sound=True,
                    financially_sound=True,
                    recommended_amount=Decimal("25000.00"),
                )
            ),
            self._step(
                t.SubmitToSession(
                    occurred_on=date(2023, 12, 1),
                    agreement_id=agreement,
                    session_on=date(2023, 12, 12),
                )
            ),
            self._step(
                t.RecordDecision(
                    occurred_on=date(2023, 12, 12),
                    decision=DecisionKind.APPROVE,
                    session_on=date(2023, 12, 12),
                    minutes="2023/12",
                    equipment_amount=Decimal("25000.00"),
                    cash_grant=Decimal("3000.00"),
                ),
                actor=self.programme.coordinator(self.centre),
            ),
        ]

    def towards_delivery(self) -> list[Command]:
        prices = (
            ItemPrice(item=1, price=Decimal("19000.50")),
            ItemPrice(item=2, price=Decimal("4999.50")),
        )
        handed = (ItemHandover(item=1, serials=("SN-1",)), ItemHandover(item=2))
        return [
            self._step(
                c.RecordRelease(
                    occurred_on=date(2024, 3, 4), release=words.ReleaseKind.END_OF_SENTENCE
                )
            ),
            self._step(
                c.RecordContact(
                    occurred_on=date(2024, 3, 8),
                    channel=words.Channel.AT_CENTRE,
                    outcome=words.ContactOutcome.REACHED,
                )
            ),
            self._step(t.SignUndertaking(occurred_on=date(2024, 3, 11))),
            self._step(
                t.OrderEquipment(
                    occurred_on=date(2024, 3, 20),
                    supplier="a supplier",
                    contract="2024/3",
                    prices=prices,
                )
            ),
            self._step(
                t.RecordPayment(
                    occurred_on=date(2024, 4, 1), amount=Decimal("24000.00"), invoice="17"
                )
            ),
            self._step(t.ReceiveEquipment(occurred_on=date(2024, 5, 2), items=(1, 2))),
            self._step(
                t.PlaceOnCeremony(
                    occurred_on=date(2024, 7, 1),
                    ceremony_id=self.programme.ceremonies[self.centre],
                )
            ),
            self._step(
                t.ConfirmDelivery(
                    occurred_on=date(2024, 7, 18),
                    items=handed,
                    cash=(CashInstalment(amount=Decimal("3000.00"), cheque="0001"),),
                )
            ),
        ]

    def visits(self) -> list[Command]:
        return [
            self._step(
                t.RecordVisit(
                    occurred_on=date(2024, 8, 19),
                    review="visit/1/2024-07-18",
                    project=ProjectCondition.RUNNING,
                    equipment=EquipmentCondition.IN_USE,
                    monthly_income=Decimal("2500.00"),
                    remarks="her sister Hind helps",
                )
            ),
            self._step(c.AddNote(occurred_on=date(2024, 8, 20), text="a quiet note")),
        ]

    def late(self) -> list[Command]:
        """What is entered long after it happened, and belongs among the earlier steps."""
        return [
            self._step(
                c.RecordContact(
                    occurred_on=day,
                    channel=words.Channel.PHONE,
                    outcome=words.ContactOutcome.REACHED,
                )
            )
            for day in (date(2024, 3, 6), date(2023, 10, 9), date(2024, 9, 1), date(2024, 6, 3))
        ]

    def reminder(self, review: str, due_on: date, at: datetime) -> Command:
        step = c.RecordReminder(occurred_on=date(2024, 9, 1), review=review, due_on=due_on, at=at)
        return Command(
            id=derived_id(self.case_id, f"reminder/{review}/{due_on}"),
            target=stream_id(StreamKind.CASE, self.case_id),
            step=step,
            actor=TIMER,
            origin=Origin(kind=OriginKind.TIMER),
        )

    def erase(self) -> None:
        """Close the case, ask, agree, and destroy the key, as the service does."""
        close = c.CloseCase(occurred_on=date(2024, 8, 30), outcome=words.Outcome.WITHDREW_CONSENT)
        ask = b.RequestErasure(occurred_on=date(2024, 8, 30))
        agree = b.ApproveErasure(occurred_on=date(2024, 8, 31))
        person = (StreamKind.BENEFICIARY, self.beneficiary_id)
        self.programme.record(
            self._step(close),
            self.programme.order(*person, ask, DIVISION),
            self.programme.order(*person, agree, SECOND_DIVISION),
        )
        self.programme.ledger.destroy_key(self.beneficiary_id)

    def _step(
        self, step: Step, *, actor: Actor | None = None, reason: str | None = None
    ) -> Command:
        actor = actor or self.programme.caseworker(self.centre)
        return self.programme.order(StreamKind.CASE, self.case_id, step, actor, reason=reason)
