"""The steps of the self-employment track, from the project to follow-up; training is a room of its own.

Amounts are in MAD. Items are named by their place in the proposal: 1 for the first.
"""

from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from domain.asking.steps import TakesTwo
from domain.case.steps import EntryNumber, PersonalText, RequiredText, ReviewKey, TrackStep
from domain.message import FieldClass, LongText, NameText, ShortText, Step
from domain.project.items import (
    MOST_ITEMS,
    CashInstalment,
    ItemEstimate,
    ItemFound,
    ItemHandover,
    ItemKeptBack,
    ItemNumber,
    Reference,
)
from domain.project.vocabulary import (
    DecisionKind,
    Premises,
    ProjectCondition,
    ReceivedBy,
    RejectionReason,
)
from domain.rules import FundingSource, HolderKind
from domain.tracks.self_employment.vocabulary import (
    LegalForm,
    OpinionKind,
    ProblemDecision,
    ProblemKind,
)
from domain.values.days import PlannedDay, ProgrammeDay
from domain.values.money import NOTHING, Amount, PositiveAmount
from domain.values.trades import Trade


class WaiveTraining(TrackStep):
    """Waive the training, because the person knows the trade; evidence is needed."""

    with_the_person: ClassVar[bool] = True

    trade: Trade | None = None
    """The trade they know; without it they are taken to be qualified in none."""
    explanation: RequiredText
    evidence: RequiredText


class _Plan(TrackStep):
    """What is to be bought, and where the business will be."""

    with_the_person: ClassVar[bool] = True

    items: tuple[ItemEstimate, ...] = Field(min_length=1, max_length=MOST_ITEMS)
    start_up_cash: Amount = Field(NOTHING, examples=["2000.00"])
    """What the plan asks for beside the items, to begin with."""
    premises: Premises
    permits: tuple[ShortText, ...] = Field((), max_length=20)
    address: PersonalText = None


class ProposeProject(_Plan):
    """Propose an income-generating project to be funded.

    In another trade than the plan's wish and every one the person is qualified in, say why.
    """

    holder_kind: HolderKind = HolderKind.PERSON
    trade: Trade
    explanation: PersonalText = None


class ReviseProject(_Plan):
    """Tell the whole plan anew: items, amounts, premises, permits; the old one no longer counts.

    Where the cost moved by more than a tenth since the study, it is studied anew.
    """

    explanation: RequiredText


class ChangeProject(_Plan):
    """Change what an approved project buys, in its trade and within what was approved.

    Only before anything is ordered. What asks for more, or is another trade, goes to a session.
    """

    explanation: RequiredText


class RecordCoaching(TrackStep):
    """Record a coaching session on the project."""

    with_the_person: ClassVar[bool] = True

    provider: NameText = Field(examples=["ANAPEC"])
    remarks: PersonalText = None


class RecordStudy(TrackStep):
    """Record the technical and financial study of the project."""

    with_the_person: ClassVar[bool] = True

    provider: NameText = Field(examples=["ANAPEC"])
    technically_sound: bool
    financially_sound: bool
    recommended_amount: PositiveAmount


class GiveOpinion(TrackStep):
    """Give the division's opinion on a studied project, before it goes to a session."""

    opinion: OpinionKind
    reasons: PersonalText = None


class AllowSecondFunding(TrackStep):
    """Let a source fund somebody again, or somebody whose equipment was sold: the division's yes."""

    source: FundingSource
    explanation: RequiredText


class SubmitToSession(TrackStep):
    """Submit the project to a session, under an agreement; deferred, to the next one."""

    with_the_person: ClassVar[bool] = True

    agreement_id: UUID
    session_id: UUID | None = None
    """None: it waits until a session is scheduled."""


class WithdrawSubmission(TrackStep):
    """Take the project back before it is decided: off the session's list, or from waiting."""

    agreement_id: UUID | None = None
    """Under which it is submitted, where there are several."""
    explanation: RequiredText


class DecisionTold(Step):
    """What was decided in session."""

    decision: DecisionKind
    reason: RejectionReason | None = None
    """Of a rejection."""
    next_session_on: PlannedDay | None = None
    """To which it is deferred, where the minutes name the day."""
    equipment_amount: Amount = Field(NOTHING, examples=["0.00"])
    cash_grant: Amount = Field(NOTHING, examples=["0.00"])
    reasons: PersonalText = None


class RecordDecision(DecisionTold, TrackStep):
    """Record what was decided in session; not by whoever proposed or submitted the project."""

    agreement_id: UUID | None = None
    """Under which it is submitted, where there are several."""


class CorrectDecision(DecisionTold):
    """Enter a decision as it really was, on its own day, in the place of a wrong entry."""

    entry_number: EntryNumber
    explanation: RequiredText


class AppealRejection(TrackStep):
    """Bring a rejected project to the next session, once; under the same agreement or another."""

    with_the_person: ClassVar[bool] = True

    agreement_id: UUID
    session_id: UUID | None = None
    """None: it waits until a session is scheduled."""
    reasons: RequiredText


class SignUndertaking(TrackStep):
    """Record the signed undertaking not to sell the equipment."""

    with_the_person: ClassVar[bool] = True


class DropItems(TrackStep):
    """Give up approved items, or what is left of the cash grant: not wanted, or not to be had."""

    items: tuple[ItemNumber, ...] = Field((), max_length=MOST_ITEMS)
    cash: bool = False
    explanation: RequiredText


class ReplaceItem(TrackStep):
    """Put another thing in an approved item's place, for no more money from anybody who approved."""

    with_the_person: ClassVar[bool] = True

    item: ItemNumber
    by: ItemEstimate
    explanation: RequiredText


class RecordOwnPart(TrackStep):
    """Record that the holder paid of their own part."""

    with_the_person: ClassVar[bool] = True

    amount: PositiveAmount
    reference: Reference


class GiveBackOwnPart(TrackStep):
    """Record that the holder got back what they had paid above their own part."""

    amount: PositiveAmount
    reference: Reference


class PlaceOnCeremony(TrackStep):
    """Place the person on the list of a handover ceremony, of any province."""

    with_the_person: ClassVar[bool] = True

    ceremony_id: UUID
    replaces: UUID | None = None
    """The case of somebody on the list in whose place they come; whose goods stay theirs."""


class TakeOffCeremony(TrackStep):
    """Take the person off the ceremony's list, to be placed on another or on none."""


class AddMissingLine(TrackStep):
    """Correct the list of a ceremony that was held: the person was there, and received."""

    ceremony_id: UUID
    explanation: RequiredText


class DeliveryTold(Step):
    """What a person was handed."""

    with_the_person: ClassVar[bool] = True

    items: tuple[ItemHandover, ...] = Field((), max_length=MOST_ITEMS)
    cash: tuple[CashInstalment, ...] = Field((), max_length=12)
    received_by: ReceivedBy = ReceivedBy.HOLDER
    proxy: Annotated[LongText | None, FieldClass.PERSONAL] = None
    """Who signed for the person, and by what right."""


class ConfirmDelivery(DeliveryTold, TrackStep):
    """Confirm what this person received, line by line; the rest can follow later."""

    kept_back: tuple[ItemKeptBack, ...] = Field((), max_length=MOST_ITEMS)
    """What had come in and was not handed over, and why; it waits as before."""


class CorrectDelivery(DeliveryTold):
    """Enter a delivery as it really was, on its own day; with neither items nor cash it was none."""

    entry_number: EntryNumber
    explanation: RequiredText


class ConfirmApproval(TrackStep):
    """Confirm that an approval under which nothing was ordered yet still holds."""

    explanation: RequiredText


class EndApproval(TakesTwo, TrackStep):
    """Ask to end the approval: what was handed over stays, what is on order goes to stock."""

    explanation: RequiredText


class FormaliseBusiness(TrackStep):
    """Record the business's legal form."""

    with_the_person: ClassVar[bool] = True

    form: LegalForm
    registered_as: Annotated[ShortText | None, FieldClass.PERSONAL] = None


class RecordVisit(TrackStep):
    """Record a follow-up visit after delivery; it completes the review it is held for."""

    with_the_person: ClassVar[bool] = True

    review: ReviewKey | None = None
    """The scheduled visit; none: that in whose window it was made, if any."""
    project: ProjectCondition
    items: tuple[ItemFound, ...] = Field((), max_length=MOST_ITEMS)
    """How each was found; an item that nobody saw is left out."""
    monthly_income: Amount | None = None
    people_employed: int = Field(0, ge=0, le=500)
    remarks: PersonalText = None


class RescheduleVisit(TrackStep):
    """Move a scheduled visit, inside its window."""

    with_the_person: ClassVar[bool] = True

    review: ReviewKey
    due_on: PlannedDay


ProblemNumber = Annotated[int, Field(ge=1, le=1000, examples=[1])]
"""Tells apart the problems raised on one day."""


class RaiseProblem(TrackStep):
    """Raise a problem after the delivery: a sale, a theft, a death, a return to detention."""

    kind: ProblemKind
    items: tuple[ItemNumber, ...] = Field((), max_length=MOST_ITEMS)
    """Those it is about."""
    explanation: RequiredText


class DecideProblem(TrackStep):
    """Decide what follows from a problem; until that is done, it can be decided anew."""

    raised_on: ProgrammeDay
    number: ProblemNumber = 1
    decision: ProblemDecision
    explanation: RequiredText


class RecoveryTold(Step):
    """What came back from a holder."""

    items: tuple[ItemNumber, ...] = Field((), max_length=MOST_ITEMS)
    amount: PositiveAmount | None = None
    """In MAD."""
    agreement_id: UUID | None = None
    """Whose money comes back; none where one alone was handed over from."""
    reference: Reference
    """Of the receipt that the holder was given."""


class RecordRecovery(RecoveryTold, TrackStep):
    """Record what came back from the holder, as it was decided: goods, into stock, or money."""

    raised_on: ProgrammeDay
    number: ProblemNumber = 1


class CorrectRecovery(RecoveryTold):
    """Enter what came back as it really did, on its own day; with neither goods nor money, nothing."""

    entry_number: EntryNumber
    explanation: RequiredText


class ResolveProblem(TrackStep):
    """Record that what was decided of a problem is done."""

    raised_on: ProgrammeDay
    number: ProblemNumber = 1
    explanation: RequiredText
