"""How events change a fold: its state by the domain's own rules, and what no rule asks here.

A fold changes in place, event by event, and is made anew where one belongs earlier. It depends
on its own stream alone, so it comes out the same whatever batches the events came in. Every
type of event is noted, or named as left to the state: what a new one means for the views is
decided when it is made.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from domain.agreement import events as agreement
from domain.beneficiary import events as beneficiary
from domain.case import events as case
from domain.ceremony import events as ceremony
from domain.commands import evolve
from domain.folds.order import BEFORE_ALL, BY_DAY, belongs_earlier, in_order, latest_day
from domain.message import Envelope, Event, OriginKind, Recorded, StreamKind
from domain.money import NOTHING
from domain.project import events as project
from domain.tracks.self_employment import events as track
from domain.tracks.self_employment.state import SelfEmployment
from domain.veil import outward_day
from projections.folds import (
    AgreementFold,
    BeneficiaryFold,
    CaseFold,
    CeremonyFold,
    Delivery,
    Fold,
    Line,
    ProjectFold,
)

F = TypeVar("F", bound=Fold)
E = TypeVar("E", bound=Event)
Note = Callable[[F, E, Envelope], None]

FOLDS: Mapping[str, Callable[[], Fold]] = {
    StreamKind.CASE: CaseFold,
    StreamKind.BENEFICIARY: BeneficiaryFold,
    StreamKind.AGREEMENT: AgreementFold,
    StreamKind.PROJECT: ProjectFold,
    StreamKind.CEREMONY: CeremonyFold,
}
"""The kinds of streams that views are made of."""

NOTES: dict[type[Event], Note[Any, Any]] = {}
"""What is kept of an event beside the state; called after the state has changed."""

LEFT_TO_THE_STATE: frozenset[type[Event]] = frozenset(
    {
        agreement.AgreementAmended,
        agreement.AgreementClosed,
        agreement.FundsCommitted,
        agreement.FundsContracted,
        agreement.FundsDelivered,
        agreement.FundsFreed,
        agreement.FundsPaid,
        agreement.FundsReceived,
        agreement.MorePlacesAllowed,
        beneficiary.BeneficiaryErased,
        beneficiary.BeneficiaryRegistered,
        beneficiary.CaseUnlinked,
        beneficiary.DetailsChanged,
        beneficiary.ErasureRequested,
        case.CaseClosed,
        case.CaseOpened,
        case.CasePaused,
        case.CaseReopened,
        case.CaseResumed,
        case.CaseworkerAssigned,
        case.CircumstancesRecorded,
        case.ContactRecorded,
        case.DetentionStatusRecorded,
        case.EducationRecorded,
        case.EligibilityRuled,
        case.ExemptionCleared,
        case.ExpectedReleaseChanged,
        case.NeedsAssessed,
        case.NoteAdded,
        case.PardonRecorded,
        case.PlanAgreed,
        case.PreReleaseReviewRecorded,
        case.PrisonTransferRecorded,
        case.ReleaseRecorded,
        case.ReminderRecorded,
        case.ReviewExempted,
        case.SocialEnquiryRecorded,
        case.TrackOpened,
        ceremony.CeremonyCancelled,
        ceremony.CeremonyHeld,
        ceremony.CeremonyPostponed,
        project.ItemsOrdered,
        project.ItemsReceived,
        project.ProjectApprovalEnded,
        project.ProjectVisited,
        project.SupplierPaid,
        track.ApprovalEnded,
        track.BusinessFormalised,
        track.CoachingRecorded,
        track.DecisionRecorded,
        track.EquipmentOrdered,
        track.EquipmentReceived,
        track.PaymentRecorded,
        track.PlacedOnCeremony,
        track.StudyRecorded,
        track.SubmittedToSession,
        track.TakenOffCeremony,
        track.TrainingCompleted,
        track.TrainingDroppedOut,
        track.TrainingEnrolled,
        track.TrainingWaived,
        track.UndertakingSigned,
        track.VisitRecorded,
        track.VisitRescheduled,
    }
)


def take(fold: Fold, recorded: Recorded) -> None:
    """Fold one more event, which does not belong earlier."""
    event, about = recorded.event, recorded.envelope
    fold.state = evolve(fold.kind, fold.state, event, about)
    fold.latest = latest_day(fold.latest, (recorded,))
    if isinstance(fold, CaseFold) and about.origin.kind is not OriginKind.TIMER:
        fold.last_event_on = max(fold.last_event_on or BEFORE_ALL, outward_day(recorded))
    note = NOTES.get(type(event))
    if note is not None:
        note(fold, event, about)


def is_late(fold: Fold, recorded: Recorded) -> bool:
    """Whether the stream must be folded anew, because this happened before what is folded."""
    return fold.kind in BY_DAY and belongs_earlier(recorded, fold.latest)


def folded(kind: StreamKind, events: Iterable[Recorded]) -> Fold:
    """The fold of a stream's events, given as they were recorded."""
    fold = FOLDS[kind]()
    for recorded in in_order(events) if kind in BY_DAY else events:
        take(fold, recorded)
    return fold


def of(event: type[E]) -> Callable[[Note[F, E]], Note[F, E]]:
    """Register what the decorated function notes of this type."""

    def register(note: Note[F, E]) -> Note[F, E]:
        NOTES[event] = note
        return note

    return register


@of(track.ProjectProposed)
def _proposed(fold: CaseFold, event: track.ProjectProposed, _: Envelope) -> None:
    fold.projects.append(event.project_id)


@of(track.DeliveryConfirmed)
def _delivered(fold: CaseFold, event: track.DeliveryConfirmed, about: Envelope) -> None:
    on = fold.state.tracks.get(event.track_id)
    assert isinstance(on, SelfEmployment)  # noqa: S101 - the event is its own
    fold.deliveries.append(
        Delivery(
            position=about.position,
            on=about.occurred_on,
            goods=event.goods,
            cash=event.cash,
            complete=event.complete,
            project_id=on.project_id,
            agreement_id=on.agreement_id,
            ceremony_id=event.ceremony_id,
            trade=on.trade,
            province=fold.state.province,
            centre=fold.state.centre,
        )
    )


@of(beneficiary.CaseLinked)
def _linked(fold: BeneficiaryFold, event: beneficiary.CaseLinked, _: Envelope) -> None:
    if event.case_id not in fold.cases:
        fold.cases.append(event.case_id)


@of(agreement.AgreementSigned)
def _signed(fold: AgreementFold, event: agreement.AgreementSigned, about: Envelope) -> None:
    fold.signed, fold.signed_on = event, about.occurred_on


@of(project.ProjectRegistered)
def _registered(fold: ProjectFold, event: project.ProjectRegistered, _: Envelope) -> None:
    fold.registered = event


@of(project.ProjectDecided)
def _decided(fold: ProjectFold, event: project.ProjectDecided, _: Envelope) -> None:
    fold.decision, fold.agreement_id = event.decision, event.agreement_id


@of(project.ItemsDelivered)
def _handed_over(fold: ProjectFold, event: project.ItemsDelivered, _: Envelope) -> None:
    for line in event.items:
        fold.delivered_goods += fold.state.prices.get(line.item, NOTHING)


@of(ceremony.CeremonyScheduled)
def _scheduled(fold: CeremonyFold, event: ceremony.CeremonyScheduled, _: Envelope) -> None:
    fold.scheduled = event


@of(ceremony.BeneficiaryListed)
def _listed(fold: CeremonyFold, event: ceremony.BeneficiaryListed, _: Envelope) -> None:
    fold.lines[event.case_id] = Line(event.project_id, event.agreement_id)


@of(ceremony.BeneficiaryUnlisted)
def _unlisted(fold: CeremonyFold, event: ceremony.BeneficiaryUnlisted, _: Envelope) -> None:
    fold.lines.pop(event.case_id, None)


@of(ceremony.LineConfirmed)
def _confirmed(fold: CeremonyFold, event: ceremony.LineConfirmed, _: Envelope) -> None:
    line = fold.lines.get(event.case_id) or Line(None, None)
    fold.lines[event.case_id] = replace(
        line, confirmed=True, goods=line.goods + event.goods, cash=line.cash + event.cash
    )
