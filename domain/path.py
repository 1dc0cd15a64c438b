"""The whole process on a page: every step of a case, who may take it, and when.

Read from top to bottom this is the way of one person, from intake to follow-up. The API,
the list of steps open now, and the ledger all work from this table. A step is open when
all its conditions hold; the first that does not says why it is closed.
"""

from collections.abc import Callable, Sequence
from typing import Any

from domain.case import decide as case
from domain.case import events as e
from domain.case import steps as s
from domain.case.state import CaseState
from domain.case.vocabulary import Route
from domain.handling import Condition, Handling, Rule, reads_nothing_else
from domain.message import Command, Event, Role, Step, StreamKind
from domain.recording import recorded_as
from domain.tracks.self_employment import approval, delivery, follow_up, reads
from domain.tracks.self_employment import events as te
from domain.tracks.self_employment import steps as ts
from domain.tracks.self_employment.state import SelfEmployment
from domain.tracks.self_employment.vocabulary import TrainingStatus

STAFF = frozenset({Role.CASEWORKER, Role.COORDINATOR})
SUPERVISORS = frozenset({Role.COORDINATOR})
RECORDERS = frozenset({Role.CASEWORKER, Role.COORDINATOR, Role.DIVISION})
TIMER = frozenset({Role.TIMER})


def _on_track(test: Callable[[SelfEmployment], bool]) -> Callable[[CaseState], bool]:
    return lambda state: state.self_employment is not None and test(state.self_employment)


NEW = Condition("case_already_open", lambda state: not state.exists)
EXISTS = Condition("case_not_found", lambda state: state.exists)
OPEN = Condition("case_closed", lambda state: state.is_open)
CLOSED = Condition("case_still_open", lambda state: not state.is_open)
ACTIVE = Condition("case_paused", lambda state: state.paused is None)
PAUSED = Condition("case_not_paused", lambda state: state.paused is not None)
DETENTION_ROUTE = Condition("route_without_detention", lambda c: c.route is Route.DETENTION)
DETAINED = Condition("not_in_detention", lambda state: state.custody.in_detention)
NOT_RELEASED = Condition("already_released", lambda state: state.custody.released is None)
FROM_PRISON = Condition(
    "route_without_detention", lambda state: state.route is not Route.WITHOUT_DETENTION
)
CUSTODY_KNOWN = Condition(
    "detention_not_recorded",
    lambda state: state.route is not Route.DETENTION or state.custody.status is not None,
)
FREE = Condition("not_released", lambda state: state.is_free)
ENQUIRED = Condition("social_enquiry_missing", lambda state: state.enquired is not None)
ELIGIBLE = Condition("not_eligible", lambda state: state.eligible is True)
ASSESSED = Condition("needs_not_assessed", lambda state: bool(state.needs))
PLANNED = Condition("plan_not_agreed", lambda state: state.planned is not None)
NO_TRACK = Condition("track_already_open", lambda state: state.self_employment is None)
TRACK = Condition("track_not_open", lambda state: state.self_employment is not None)
UNTRAINED = Condition("training_already_completed", lambda state: not state.trained)
NOT_ENROLLED = Condition(
    "already_enrolled", _on_track(lambda t: t.training is not TrainingStatus.ENROLLED)
)
ENROLLED = Condition("not_enrolled", _on_track(lambda t: t.training is TrainingStatus.ENROLLED))
TRAINED = Condition("training_not_completed", lambda state: state.trained)
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

AT_WORK = (EXISTS, OPEN, ACTIVE)
IN_CUSTODY = (*AT_WORK, DETENTION_ROUTE, DETAINED)
ON_TRACK = (*AT_WORK, TRACK)
WITH_PROJECT = (*ON_TRACK, PROJECT)
WITH_APPROVAL = (*ON_TRACK, APPROVED)
WITH_UNDERTAKING = (*WITH_APPROVAL, SIGNED)


def _step(
    step: type[Step],
    rule: Rule | type[Event],
    *when: Condition,
    who: frozenset[Role] = STAFF,
    reads: Callable[[Command, Any], Sequence[str]] = reads_nothing_else,
    creates: bool = False,
) -> Handling:
    """A row; a step recorded as it came names its event instead of a rule."""
    decide = recorded_as(rule) if isinstance(rule, type) else rule
    return Handling(step, StreamKind.CASE, who, decide, when, reads, creates)


INTAKE = (
    _step(s.OpenCase, case.open_case, NEW, reads=case.reads_to_open, creates=True),
    _step(s.RecordSocialEnquiry, e.SocialEnquiryRecorded, *AT_WORK),
    _step(s.RuleOnEligibility, case.rule_on_eligibility, *AT_WORK, ENQUIRED),
)

CUSTODY = (
    _step(s.RecordDetentionStatus, case.record_detention, *AT_WORK, DETENTION_ROUTE, NOT_RELEASED),
    _step(s.RecordPrisonTransfer, e.PrisonTransferRecorded, *IN_CUSTODY),
    _step(s.ChangeExpectedRelease, case.change_expected_release, *IN_CUSTODY),
    _step(s.RecordPardon, case.record_pardon, *IN_CUSTODY),
    _step(s.RecordEducation, case.record_education, *IN_CUSTODY),
    _step(s.RecordPreReleaseReview, case.record_pre_release_review, *IN_CUSTODY),
    _step(s.RecordRelease, case.record_release, *AT_WORK, FROM_PRISON, NOT_RELEASED, CUSTODY_KNOWN),
)

NEEDS_AND_PLAN = (
    _step(s.AssessNeeds, e.NeedsAssessed, *AT_WORK, ELIGIBLE),
    _step(s.AgreePlan, e.PlanAgreed, *AT_WORK, ELIGIBLE, ASSESSED),
    _step(s.OpenTrack, case.open_track, *AT_WORK, ELIGIBLE, NO_TRACK),
)

TRAINING = (
    _step(ts.EnrolInTraining, approval.enrol, *ON_TRACK, UNTRAINED, NOT_ENROLLED),
    _step(ts.CompleteTraining, approval.complete_training, *ON_TRACK, ENROLLED),
    _step(ts.DropOutOfTraining, approval.drop_out, *ON_TRACK, ENROLLED),
    _step(ts.WaiveTraining, approval.waive_training, *ON_TRACK, UNTRAINED),
)

PROJECT_APPROVAL = (
    _step(
        ts.ProposeProject,
        approval.propose,
        *ON_TRACK,
        PLANNED,
        TRAINED,
        NO_PROJECT,
        reads=reads.reads_new_project,
    ),
    _step(ts.RecordCoaching, te.CoachingRecorded, *WITH_PROJECT),
    _step(ts.RecordStudy, approval.record_study, *WITH_PROJECT, NOT_SUBMITTED),
    _step(
        ts.SubmitToSession,
        approval.submit,
        *WITH_PROJECT,
        STUDIED,
        SOUND,
        NOT_SUBMITTED,
        reads=reads.reads_agreement_named,
    ),
    _step(
        ts.RecordDecision,
        approval.record_decision,
        *WITH_PROJECT,
        SUBMITTED,
        NOT_APPROVED,
        who=RECORDERS,
        reads=reads.reads_all,
    ),
    _step(ts.SignUndertaking, approval.sign_undertaking, *WITH_APPROVAL, FREE, UNSIGNED),
)

EQUIPMENT_DELIVERY = (
    _step(
        ts.OrderEquipment,
        delivery.order,
        *WITH_UNDERTAKING,
        NOT_DELIVERED,
        ORDER_OPEN,
        reads=reads.reads_all,
    ),
    _step(ts.RecordPayment, delivery.record_payment, *ON_TRACK, ORDERED, reads=reads.reads_all),
    _step(
        ts.ReceiveEquipment,
        delivery.receive,
        *ON_TRACK,
        ORDERED,
        RECEIPT_OPEN,
        reads=reads.reads_all,
    ),
    _step(
        ts.PlaceOnCeremony,
        delivery.place_on_ceremony,
        *WITH_UNDERTAKING,
        NOT_DELIVERED,
        NOT_LISTED,
        reads=reads.reads_ceremony_named,
    ),
    _step(
        ts.TakeOffCeremony,
        delivery.take_off_ceremony,
        *ON_TRACK,
        LISTED,
        NOTHING_GIVEN,
        reads=reads.reads_all,
    ),
    _step(
        ts.ConfirmDelivery,
        delivery.confirm_delivery,
        *WITH_UNDERTAKING,
        FREE,
        RECEIVED,
        NOT_DELIVERED,
        reads=reads.reads_all,
    ),
    _step(
        ts.EndApproval,
        delivery.end_approval,
        *WITH_APPROVAL,
        NOTHING_GIVEN,
        who=SUPERVISORS,
        reads=reads.reads_all,
    ),
    _step(ts.FormaliseBusiness, te.BusinessFormalised, *WITH_APPROVAL),
)

FOLLOW_UP = (
    _step(ts.RecordVisit, follow_up.record_visit, *ON_TRACK, DELIVERED, reads=reads.reads_all),
    _step(ts.RescheduleVisit, follow_up.reschedule_visit, *ON_TRACK, DELIVERED),
)

ANYWHERE = (
    _step(s.RecordContact, e.ContactRecorded, *AT_WORK),
    _step(s.AddNote, e.NoteAdded, EXISTS, OPEN),
    _step(s.ExemptReview, case.exempt_review, *AT_WORK),
    _step(s.ClearExemption, case.clear_exemption, *AT_WORK),
    _step(s.PauseCase, case.pause_case, *AT_WORK),
    _step(s.ResumeCase, case.resume_case, EXISTS, OPEN, PAUSED),
    _step(
        s.AssignCaseworker,
        case.assign,
        EXISTS,
        OPEN,
        who=SUPERVISORS,
        reads=case.reads_staff,
    ),
    _step(s.CloseCase, case.close_case, EXISTS, OPEN, reads=case.reads_beneficiary),
    _step(
        s.ReopenCase,
        case.reopen_case,
        EXISTS,
        CLOSED,
        who=SUPERVISORS,
        reads=case.reads_beneficiary,
    ),
    _step(s.RecordReminder, case.record_reminder, EXISTS, OPEN, who=TIMER),
)

PATH: dict[str, tuple[Handling, ...]] = {
    "intake": INTAKE,
    "custody": CUSTODY,
    "needs_and_plan": NEEDS_AND_PLAN,
    "training": TRAINING,
    "project_approval": PROJECT_APPROVAL,
    "equipment_delivery": EQUIPMENT_DELIVERY,
    "follow_up": FOLLOW_UP,
    "anywhere": ANYWHERE,
}
"""The parts of the path, in order, each with its steps."""
