"""The example's self-employment track: training, project, delivery, visits."""

from datetime import timedelta
from decimal import Decimal

from domain.example.person import Person
from domain.message import Step
from domain.project.items import CashInstalment, ItemEstimate, ItemHandover, ItemPrice
from domain.project.vocabulary import (
    DecisionKind,
    EquipmentCondition,
    Premises,
    ProjectCondition,
    ReceivedBy,
)
from domain.tracks.self_employment import steps as s
from domain.tracks.self_employment.vocabulary import LegalForm, TrainingResult


def training_outside(who: Person) -> tuple[Step, ...]:
    """Instead of the education inside, whose certificate stands for it."""
    return (
        _enrol(who),
        s.CompleteTraining(
            occurred_on=who.day(318), result=TrainingResult.PASSED, certificate=True
        ),
    )


def training_waived(who: Person) -> tuple[Step, ...]:
    """Left again, and not needed."""
    return (
        _enrol(who),
        s.DropOutOfTraining(occurred_on=who.day(310), explanation="Found day work."),
        s.WaiveTraining(
            occurred_on=who.day(311),
            explanation="Ten years in the trade.",
            evidence="Certificate of a former employer.",
        ),
    )


def _enrol(who: Person) -> Step:
    return s.EnrolInTraining(
        occurred_on=who.day(304),
        trade=who.trade,
        provider="ISTA Taza",
        planned_end=who.day(318),
    )


def to_submission(who: Person) -> tuple[Step, ...]:
    """From the proposal to the list of a session."""
    return (
        s.ProposeProject(
            occurred_on=who.day(320),
            trade=who.trade,
            items=tuple(
                ItemEstimate(label=item.label, quantity=1, estimated=item.price)
                for item in who.items
            ),
            premises=Premises.FAMILY,
            own_contribution=Decimal("1000.00"),
            permits=("none needed",),
            address="12, invented street",
        ),
        s.RecordStudy(
            occurred_on=who.day(350),
            provider="ANAPEC",
            technically_sound=True,
            financially_sound=True,
            recommended_amount=who.cost,
        ),
        s.SubmitToSession(
            occurred_on=who.day(360),
            agreement_id=who.agreement_id,
            session_on=who.session_on,
        ),
    )


def coaching(who: Person) -> Step:
    return s.RecordCoaching(
        occurred_on=who.day(330), provider="ANAPEC", remarks="Knows her prices well."
    )


def decision(who: Person) -> s.RecordDecision:
    """Recorded by another person than the proposer."""
    return s.RecordDecision(
        occurred_on=who.day(381),
        decision=DecisionKind.APPROVE,
        session_on=who.session_on,
        minutes=f"{who.session_on.year}/{who.number}",
        equipment_amount=who.goods,
        cash_grant=who.cash,
    )


def end_approval(who: Person) -> Step:
    return s.EndApproval(occurred_on=who.day(385), explanation="She chose another trade.")


def to_delivery(who: Person) -> tuple[Step, ...]:
    """From the undertaking to the handover, at a ceremony where there is one."""
    numbers = range(1, len(who.items) + 1)
    prices = zip(numbers, who.items, strict=True)
    return (
        s.SignUndertaking(occurred_on=who.day(390)),
        s.OrderEquipment(
            occurred_on=who.day(400),
            supplier="a supplier in Taza",
            contract=f"C-{who.number:03}",
            prices=tuple(ItemPrice(item=number, price=item.price) for number, item in prices),
        ),
        s.ReceiveEquipment(occurred_on=who.day(450), items=tuple(numbers)),
        s.RecordPayment(occurred_on=who.day(455), amount=who.goods, invoice=f"F-{who.number:03}"),
        *listing(who),
        s.ConfirmDelivery(
            occurred_on=who.delivered_on,
            items=tuple(
                ItemHandover(item=number, serials=(f"SN-{who.number:03}-{number}",))
                for number in numbers
            ),
            cash=(CashInstalment(amount=who.cash, cheque=f"Q-{who.number:03}"),),
            received_by=ReceivedBy.HOLDER,
        ),
    )


def listing(who: Person) -> tuple[Step, ...]:
    if who.ceremony_id is None:
        return ()
    return (s.PlaceOnCeremony(occurred_on=who.day(500), ceremony_id=who.ceremony_id),)


def listed_again(who: Person) -> tuple[Step, ...]:
    """Taken off the list, and placed on it anew."""
    return (s.TakeOffCeremony(occurred_on=who.day(500)), *listing(who))


def follow_up(who: Person) -> tuple[Step, ...]:
    return (
        s.FormaliseBusiness(
            occurred_on=who.day(562),
            form=LegalForm.AUTO_ENTREPRENEUR,
            registered_as="AE 000001",
        ),
        visit(who, 3),
        s.RescheduleVisit(
            occurred_on=who.day(811),
            review=who.visit_key(9),
            due_on=who.visit_due(9) + timedelta(days=7),
        ),
    )


def visit(who: Person, months: int) -> s.RecordVisit:
    """The visit so many months after the delivery, on the day it falls due."""
    return s.RecordVisit(
        occurred_on=who.visit_due(months),
        review=who.visit_key(months),
        project=ProjectCondition.RUNNING,
        equipment=EquipmentCondition.IN_USE,
        monthly_income=Decimal("3200.00"),
        people_employed=1,
        remarks="Sews for two shops.",
    )
