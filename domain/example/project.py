"""The example's self-employment track: training, project, delivery, visits."""

from datetime import timedelta
from decimal import Decimal

from domain.asking.vocabulary import RequestGround
from domain.example import ordering
from domain.example.person import Person
from domain.message import Step
from domain.project.items import CashInstalment, ItemEstimate, ItemFound, ItemHandover
from domain.project.vocabulary import (
    DecisionKind,
    EquipmentCondition,
    Premises,
    ProjectCondition,
    ReceivedBy,
    RejectionReason,
)
from domain.rules import FundingSource
from domain.tracks.self_employment import steps as s
from domain.tracks.self_employment.vocabulary import (
    LegalForm,
    OpinionKind,
    ProblemDecision,
    ProblemKind,
)
from domain.tracks.training.steps import CompleteTraining, DropOutOfTraining, EnrolInTraining
from domain.tracks.training.vocabulary import TrainingResult


def training_outside(who: Person) -> tuple[Step, ...]:
    """Instead of the education inside, whose certificate stands for it."""
    return (
        _enrol(who),
        CompleteTraining(occurred_on=who.day(318), result=TrainingResult.PASSED, certificate=True),
    )


def training_waived(who: Person) -> tuple[Step, ...]:
    """Left again, and not needed."""
    return (
        _enrol(who),
        DropOutOfTraining(occurred_on=who.day(310), explanation="Found day work."),
        s.WaiveTraining(
            occurred_on=who.day(311),
            explanation="Ten years in the trade.",
            evidence="Certificate of a former employer.",
        ),
    )


def _enrol(who: Person) -> Step:
    return EnrolInTraining(
        occurred_on=who.day(304),
        trade=who.trade,
        provider=who.trainer,
        planned_end=who.day(318),
    )


DECIDED, HANDED, BACK = 17, 24, 37
"""The numbers of entries such as are corrected here."""


def to_submission(who: Person) -> tuple[Step, ...]:
    """From the proposal to the list of a session."""
    return (
        s.ProposeProject(
            occurred_on=who.day(320),
            trade=who.trade,
            items=_items(who),
            start_up_cash=who.cash,
            premises=Premises.FAMILY,
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
        s.GiveOpinion(
            occurred_on=who.day(358),
            opinion=OpinionKind.FAVOURABLE,
            reasons="Two shops wait for what she sews.",
        ),
        submission(who),
    )


def submission(who: Person) -> s.SubmitToSession:
    return s.SubmitToSession(
        occurred_on=who.day(360), agreement_id=who.agreement_id, session_id=who.session_id
    )


def second_funding(who: Person) -> s.AllowSecondFunding:
    return s.AllowSecondFunding(
        occurred_on=who.day(359),
        source=FundingSource.INDH_PRECARIOUS,
        explanation="Her first workshop burnt down; she keeps her clients.",
    )


def revision(who: Person) -> s.ReviseProject:
    """She rents a room, and asks for one machine more."""
    return s.ReviseProject(
        occurred_on=who.day(340),
        items=(*_items(who), ItemEstimate(label="steam iron", estimated=Decimal("1500.00"))),
        start_up_cash=who.cash,
        premises=Premises.LEASE,
        permits=("none needed",),
        address="12, invented street",
        explanation="The family needs its room back.",
    )


def change(who: Person) -> s.ChangeProject:
    """Another machine for the same money."""
    first, *others = _items(who)
    return s.ChangeProject(
        occurred_on=who.day(386),
        items=(first.model_copy(update={"label": "lockstitch sewing machine"}), *others),
        start_up_cash=who.cash,
        premises=Premises.FAMILY,
        permits=("none needed",),
        address="12, invented street",
        explanation="The first one is not made any more.",
    )


def withdrawal(who: Person) -> s.WithdrawSubmission:
    return s.WithdrawSubmission(
        occurred_on=who.day(361),
        agreement_id=who.agreement_id,
        explanation="The lease is not signed yet.",
    )


def rejection(who: Person) -> s.RecordDecision:
    return s.RecordDecision(
        occurred_on=who.day(381),
        decision=DecisionKind.REJECT,
        reason=RejectionReason.PREMISES_UNSUITABLE,
        reasons="The room has no door of its own.",
    )


def appeal(who: Person) -> s.AppealRejection:
    """It waits for the next session."""
    return s.AppealRejection(
        occurred_on=who.day(383),
        agreement_id=who.agreement_id,
        reasons="The landlord lets the front room too.",
    )


def _items(who: Person) -> tuple[ItemEstimate, ...]:
    return tuple(
        ItemEstimate(label=item.label, quantity=1, estimated=item.price) for item in who.items
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
        equipment_amount=who.goods,
        cash_grant=who.cash,
    )


def confirm_approval(who: Person) -> s.ConfirmApproval:
    return s.ConfirmApproval(
        occurred_on=who.day(384),
        explanation="She still wants to sew, and her mother keeps the room.",
    )


def end_approval(who: Person) -> Step:
    return s.EndApproval(
        occurred_on=who.day(385),
        ground=RequestGround.GAVE_UP,
        explanation="She chose another trade.",
    )


def to_delivery(who: Person) -> tuple[Step, ...]:
    """From the undertaking to the handover, at a ceremony where there is one."""
    numbers = range(1, len(who.items) + 1)
    return (
        s.SignUndertaking(occurred_on=who.day(390)),
        *ordering.ordered(who),
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


def mistyped(who: Person) -> tuple[Step, ...]:
    """What was decided of somebody's project, and what somebody was handed, as it really was."""
    return (
        s.CorrectDecision(
            occurred_on=who.day(381),
            entry_number=DECIDED,
            decision=DecisionKind.REJECT,
            reason=RejectionReason.PREMISES_UNSUITABLE,
            explanation="The reason of the line above was entered.",
        ),
        s.CorrectDelivery(
            occurred_on=who.delivered_on,
            entry_number=HANDED,
            items=tuple(
                ItemHandover(item=number, serials=(f"SN-{who.number:03}-{number}0",))
                for number in range(1, len(who.items) + 1)
            ),
            cash=(CashInstalment(amount=who.cash, cheque=f"Q-{who.number:03}"),),
            explanation="The serial numbers were read off the boxes.",
        ),
        s.CorrectRecovery(
            occurred_on=who.day(717),
            entry_number=BACK,
            items=(1,),
            reference=f"R-{who.number:03}",
            explanation="It was brought a day later.",
        ),
    )


def replacement(who: Person) -> tuple[Step, ...]:
    """Another machine for no more money, and what the holder pays of it."""
    first, *_ = who.items
    another = ItemEstimate(
        label="used sewing machine",
        estimated=first.price,
        own_cash=Decimal("500.00"),
    )
    return (
        s.ReplaceItem(
            occurred_on=who.day(382), item=1, by=another, explanation="Hers is not made any more."
        ),
        s.RecordOwnPart(
            occurred_on=who.day(383), amount=Decimal("500.00"), reference="receipt 2024/7"
        ),
    )


def given_back(who: Person) -> tuple[Step, ...]:
    """A cheaper one instead, and to the holder what they had paid of the dearer one."""
    first, *_ = who.items
    cheaper = ItemEstimate(
        label="used sewing machine with a table",
        estimated=first.price - 300,
        own_cash=Decimal("200.00"),
    )
    return (
        s.ReplaceItem(
            occurred_on=who.day(384),
            item=len(who.items) + 1,
            by=cheaper,
            explanation="The shop sold the first one.",
        ),
        s.GiveBackOwnPart(
            occurred_on=who.day(384), amount=Decimal("300.00"), reference="receipt 2024/9"
        ),
    )


def drop_cash(who: Person) -> Step:
    return s.DropItems(
        occurred_on=who.day(384), cash=True, explanation="The goods are enough to begin with."
    )


def listing(who: Person) -> tuple[Step, ...]:
    if who.ceremony_id is None:
        return ()
    return (s.PlaceOnCeremony(occurred_on=who.day(500), ceremony_id=who.ceremony_id),)


def listed_again(who: Person) -> tuple[Step, ...]:
    """Taken off the list, and placed on it anew."""
    return (s.TakeOffCeremony(occurred_on=who.day(500)), *listing(who))


def added_to_list(who: Person) -> tuple[Step, ...]:
    """Somebody who was handed theirs at the ceremony, and whose name its list lacked."""
    if who.ceremony_id is None:
        return ()
    added = s.AddMissingLine(
        occurred_on=who.delivered_on,
        ceremony_id=who.ceremony_id,
        explanation="Her name was left out when the list was copied.",
    )
    return (added,)


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
        last_visit(who),
    )


def last_visit(who: Person) -> s.RecordVisit:
    """On the day it was moved to; the first machine is not with her any more."""
    held = visit(who, 9)
    moved = held.occurred_on + timedelta(days=7)
    return held.model_copy(update={"occurred_on": moved, "items": held.items[1:]})


def problem(who: Person) -> tuple[Step, ...]:
    """A sale after the delivery, and what is done about it."""
    return (
        s.RaiseProblem(
            occurred_on=who.day(700),
            kind=ProblemKind.SOLD,
            items=(1,),
            explanation="Sold to a neighbour, to pay a debt.",
        ),
        s.DecideProblem(
            occurred_on=who.day(712),
            raised_on=who.day(700),
            decision=ProblemDecision.RECOVERY,
            explanation="The neighbour gives it back.",
        ),
        s.RecordRecovery(
            occurred_on=who.day(716),
            raised_on=who.day(700),
            items=(1,),
            reference=f"R-{who.number:03}",
        ),
        s.ResolveProblem(
            occurred_on=who.day(720),
            raised_on=who.day(700),
            explanation="It stands in the centre again.",
        ),
    )


def visit(who: Person, months: int) -> s.RecordVisit:
    """The visit so many months after the delivery, on the day it falls due."""
    return s.RecordVisit(
        occurred_on=who.visit_due(months),
        review=who.visit_key(months),
        project=ProjectCondition.RUNNING,
        items=tuple(
            ItemFound(item=number, condition=EquipmentCondition.IN_USE)
            for number in range(1, len(who.items) + 1)
        ),
        monthly_income=Decimal("3200.00"),
        people_employed=1,
        remarks="Sews for two shops.",
    )
