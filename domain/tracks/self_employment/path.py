"""The steps of a self-employment track, in their order: who, when, and what each makes.

Every condition is asked of the case with the track in question alone.
"""

from collections.abc import Callable, Mapping

from domain.agreement import events as a
from domain.case.path import AT_WORK, FREE, PLANNED, STAFF, SUPERVISORS
from domain.case.state import CaseState
from domain.case.vocabulary import TrackKind
from domain.ceremony import events as c
from domain.message import Event, Role, Step
from domain.project import events as p
from domain.steps.handling import (
    Condition,
    Handling,
    Reads,
    Rule,
    Whose,
    of_its_centre,
    reads_nothing_else,
)
from domain.steps.table import NOTHING_LEFT_OUT, Part, row
from domain.tracks.row import in_track
from domain.tracks.self_employment import events as e
from domain.tracks.self_employment import steps as s
from domain.tracks.self_employment.decide import approval, delivery, follow_up, reads
from domain.tracks.self_employment.state import SelfEmployment, find_track
from domain.tracks.self_employment.vocabulary import TrainingStatus

RECORDERS = STAFF | {Role.DIVISION}


def _on_track(test: Callable[[SelfEmployment], bool]) -> Callable[[CaseState], bool]:
    def holds(case: CaseState) -> bool:
        track = find_track(case)
        return track is not None and test(track)

    return holds


def _trained(case: CaseState) -> bool:
    track = find_track(case)
    return track is not None and track.trained(case.certified)


TRACK = Condition("track_not_open", _on_track(lambda _: True))
UNTRAINED = Condition("training_already_completed", lambda case: not _trained(case))
NOT_ENROLLED = Condition(
    "already_enrolled", _on_track(lambda t: t.training is not TrainingStatus.ENROLLED)
)
ENROLLED = Condition("not_enrolled", _on_track(lambda t: t.training is TrainingStatus.ENROLLED))
TRAINED = Condition("training_not_completed", _trained)
NO_PROJECT = Condition("project_already_proposed", _on_track(lambda t: t.proposed is None))
PROJECT = Condition("project_not_proposed", _on_track(lambda t: t.proposed is not None))
STUDIED = Condition("study_missing", _on_track(lambda t: t.studied is not None))
SOUND = Condition("study_not_favourable", _on_track(lambda t: t.study_favourable))
NOT_SUBMITTED = Condition("already_submitted", _on_track(lambda t: t.submitted is None))
SUBMITTED = Condition("not_submitted", _on_track(lambda t: t.submitted is not None))
NOT_APPROVED = Condition("already_approved", _on_track(lambda t: t.approved is None))
APPROVED = Condition("not_approved", _on_track(lambda t: t.approved is not None))
UNSIGNED = Condition("undertaking_already_signed", _on_track(lambda t: t.undertaking is None))
SIGNED = Condition("undertaking_not_signed", _on_track(lambda t: t.undertaking is not None))
ORDER_OPEN = Condition("order_already_complete", _on_track(lambda t: not t.order_complete))
ORDERED = Condition("nothing_ordered", _on_track(lambda t: t.ordered is not None))
RECEIPT_OPEN = Condition("all_received", _on_track(lambda t: not t.receipt_complete))
RECEIVED = Condition("nothing_received", _on_track(lambda t: t.received is not None))
NOT_LISTED = Condition("already_on_ceremony", _on_track(lambda t: t.ceremony_id is None))
LISTED = Condition("not_on_ceremony", _on_track(lambda t: t.ceremony_id is not None))
NOTHING_GIVEN = Condition("already_delivered", _on_track(lambda t: t.first_delivery is None))
NOT_DELIVERED = Condition("already_delivered", _on_track(lambda t: t.delivered is None))
DELIVERED = Condition("not_delivered", _on_track(lambda t: t.delivered is not None))

ON_TRACK = (*AT_WORK, TRACK)
WITH_PROJECT = (*ON_TRACK, PROJECT)
WITH_APPROVAL = (*ON_TRACK, APPROVED)
WITH_UNDERTAKING = (*WITH_APPROVAL, SIGNED)


def _row(
    step: type[Step],
    *makes: type[Event],
    when: tuple[Condition, ...],
    by: Rule | None = None,
    who: frozenset[Role] = STAFF,
    reads: Reads = reads_nothing_else,
    whose: Whose = of_its_centre,
    left_out: Mapping[str, str] = NOTHING_LEFT_OUT,
) -> Handling:
    made = row(step, *makes, who=who, when=when, by=by, reads=reads, whose=whose, left_out=left_out)
    return in_track(TrackKind.SELF_EMPLOYMENT, made)


TRAINING = Part(
    "training",
    (
        _row(
            s.EnrolInTraining,
            e.TrainingEnrolled,
            when=(*ON_TRACK, UNTRAINED, NOT_ENROLLED),
            by=approval.enrol,
        ),
        _row(
            s.CompleteTraining,
            e.TrainingCompleted,
            when=(*ON_TRACK, ENROLLED),
            by=approval.complete_training,
        ),
        _row(
            s.DropOutOfTraining,
            e.TrainingDroppedOut,
            when=(*ON_TRACK, ENROLLED),
            by=approval.drop_out,
        ),
        _row(
            s.WaiveTraining,
            e.TrainingWaived,
            when=(*ON_TRACK, UNTRAINED),
            by=approval.waive_training,
        ),
    ),
)

PROJECT_APPROVAL = Part(
    "project_approval",
    (
        _row(
            s.ProposeProject,
            *(e.ProjectProposed, p.ProjectRegistered),
            when=(*ON_TRACK, PLANNED, TRAINED, NO_PROJECT),
            by=approval.propose,
            reads=reads.reads_new_project,
            left_out={"items.label": "stands in `labels`, apart from what is public of an item"},
        ),
        _row(
            s.RecordCoaching,
            e.CoachingRecorded,
            when=WITH_PROJECT,
            by=approval.record_coaching,
        ),
        _row(
            s.RecordStudy,
            e.StudyRecorded,
            when=(*WITH_PROJECT, NOT_SUBMITTED),
            by=approval.record_study,
        ),
        _row(
            s.SubmitToSession,
            e.SubmittedToSession,
            when=(*WITH_PROJECT, STUDIED, SOUND, NOT_SUBMITTED),
            by=approval.submit,
            reads=reads.reads_agreement_named,
        ),
        _row(
            s.RecordDecision,
            *(e.DecisionRecorded, p.ProjectDecided, a.FundsCommitted),
            who=RECORDERS,
            when=(*WITH_PROJECT, SUBMITTED, NOT_APPROVED),
            by=approval.record_decision,
            reads=reads.reads_to_decide,
        ),
        _row(
            s.SignUndertaking,
            e.UndertakingSigned,
            when=(*WITH_APPROVAL, FREE, UNSIGNED),
            by=approval.sign_undertaking,
        ),
    ),
)

EQUIPMENT_DELIVERY = Part(
    "equipment_delivery",
    (
        _row(
            s.OrderEquipment,
            *(e.EquipmentOrdered, p.ItemsOrdered, a.FundsContracted),
            when=(*WITH_UNDERTAKING, NOT_DELIVERED, ORDER_OPEN),
            by=delivery.order,
            reads=reads.reads_all,
        ),
        _row(
            s.RecordPayment,
            *(e.PaymentRecorded, p.SupplierPaid, a.FundsPaid),
            when=(*ON_TRACK, ORDERED),
            by=delivery.record_payment,
            reads=reads.reads_all,
        ),
        _row(
            s.ReceiveEquipment,
            *(e.EquipmentReceived, p.ItemsReceived),
            when=(*ON_TRACK, ORDERED, RECEIPT_OPEN),
            by=delivery.receive,
            reads=reads.reads_all,
        ),
        _row(
            s.PlaceOnCeremony,
            *(e.PlacedOnCeremony, c.BeneficiaryListed),
            when=(*WITH_UNDERTAKING, NOT_DELIVERED, NOT_LISTED),
            by=delivery.place_on_ceremony,
            reads=reads.reads_ceremony_named,
        ),
        _row(
            s.TakeOffCeremony,
            *(e.TakenOffCeremony, c.BeneficiaryUnlisted),
            when=(*ON_TRACK, LISTED, NOTHING_GIVEN),
            by=delivery.take_off_ceremony,
            reads=reads.reads_all,
        ),
        _row(
            s.ConfirmDelivery,
            *(e.DeliveryConfirmed, p.ItemsDelivered, a.FundsDelivered, c.LineConfirmed),
            when=(*WITH_UNDERTAKING, FREE, RECEIVED, NOT_DELIVERED),
            by=delivery.confirm_delivery,
            reads=reads.reads_all,
            whose=delivery.of_its_ceremony_too,
        ),
        _row(
            s.EndApproval,
            *(e.ApprovalEnded, p.ProjectApprovalEnded, a.FundsFreed, c.BeneficiaryUnlisted),
            who=SUPERVISORS,
            when=(*WITH_APPROVAL, NOTHING_GIVEN),
            by=delivery.end_approval,
            reads=reads.reads_all,
        ),
        _row(s.FormaliseBusiness, e.BusinessFormalised, when=WITH_APPROVAL),
    ),
)

FOLLOW_UP = Part(
    "follow_up",
    (
        _row(
            s.RecordVisit,
            *(e.VisitRecorded, p.ProjectVisited),
            when=(*ON_TRACK, DELIVERED),
            by=follow_up.record_visit,
            reads=reads.reads_all,
        ),
        _row(
            s.RescheduleVisit,
            e.VisitRescheduled,
            when=(*ON_TRACK, DELIVERED),
            by=follow_up.reschedule_visit,
        ),
    ),
)
