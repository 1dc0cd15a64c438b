"""The steps of a self-employment track, in their order: who, when, and what each makes.

Every condition (`conditions.py`) is asked of the case with the track in question alone.
"""

from collections.abc import Mapping

from domain.agreement import events as a
from domain.asking.rows import Asking, asks
from domain.case.path import FREE, PLANNED, STAFF, SUPERVISORS
from domain.case.vocabulary import TrackKind
from domain.ceremony import events as c
from domain.message import Event, Role, Step
from domain.project import events as p
from domain.project.funders import follows_funders
from domain.session import events as l
from domain.steps.conditions import Condition
from domain.steps.handling import (
    Follows,
    Handling,
    Reads,
    Rule,
    Whose,
    follows_nothing,
    of_its_centre,
    reads_nothing_else,
)
from domain.steps.table import NOTHING_LEFT_OUT, Part, row
from domain.tracks.row import in_track
from domain.tracks.self_employment import events as e
from domain.tracks.self_employment import steps as s
from domain.tracks.self_employment.conditions import (
    FAVOURED,
    FREE_OR_FAMILY,
    IN_PREPARATION,
    LISTED,
    NO_PROJECT,
    NOT_APPEALED,
    NOT_DELIVERED,
    NOT_LISTED,
    NOT_ORDERED,
    NOT_REJECTED,
    NOTHING_ORDERED,
    ON_TRACK,
    OPINED,
    PROJECT,
    RECEIVED,
    REJECTED,
    REVISED,
    SOUND,
    STUDIED,
    SUBMITTED,
    TRAINED,
    UNSIGNED,
    UNTRAINED,
    VISITED,
    WITH_APPROVAL,
    WITH_PROBLEM,
    WITH_PROJECT,
    WITH_UNDERTAKING,
)
from domain.tracks.self_employment.decide import (
    again,
    approval,
    ceremony,
    change,
    delivery,
    follow_up,
    plan,
    problems,
    reads,
    recovery,
)
from domain.tracks.training.path import ROWS

RECORDERS = STAFF | {Role.DIVISION}


LABELS_APART = {"items.label": "stands in `labels`, apart from what is public of an item"}


def _row(
    step: type[Step],
    *makes: type[Event],
    when: tuple[Condition, ...],
    by: Rule | None = None,
    who: frozenset[Role] = STAFF,
    reads: Reads = reads_nothing_else,
    follows: Follows = follows_nothing,
    whose: Whose = of_its_centre,
    left_out: Mapping[str, str] = NOTHING_LEFT_OUT,
) -> Handling:
    made = row(
        step,
        *makes,
        who=who,
        when=when,
        by=by,
        reads=reads,
        follows=follows,
        whose=whose,
        left_out=left_out,
    )
    return in_track(TrackKind.SELF_EMPLOYMENT, made)


TRAINING = Part(
    "training",
    (
        *ROWS,
        _row(
            s.WaiveTraining,
            e.TrainingWaived,
            when=(*ON_TRACK, *UNTRAINED),
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
            by=plan.propose,
            reads=reads.reads_new_project,
            left_out=LABELS_APART,
        ),
        _row(
            s.ReviseProject,
            *(e.ProjectRevised, p.PlanRevised),
            when=IN_PREPARATION,
            by=plan.revise,
            reads=reads.reads_project,
            left_out=LABELS_APART,
        ),
        _row(
            s.RecordCoaching,
            e.CoachingRecorded,
            when=WITH_PROJECT,
        ),
        _row(
            s.RecordStudy,
            e.StudyRecorded,
            when=IN_PREPARATION,
            by=plan.record_study,
        ),
        _row(
            s.GiveOpinion,
            e.OpinionGiven,
            who=frozenset({Role.DIVISION}),
            when=(*IN_PREPARATION, STUDIED, SOUND),
            by=plan.give_opinion,
        ),
        _row(
            s.AllowSecondFunding,
            e.SecondFundingAllowed,
            who=frozenset({Role.DIVISION}),
            when=WITH_PROJECT,
            by=again.allow,
        ),
        _row(
            s.SubmitToSession,
            *(e.SubmittedToSession, l.ProjectListed),
            when=(
                *(*WITH_PROJECT, NOT_REJECTED, NOT_DELIVERED),
                *(STUDIED, SOUND, OPINED, FAVOURED, REVISED),
            ),
            by=approval.submit,
            reads=reads.reads_to_submit,
            follows=again.follows_fundings,
        ),
        _row(
            s.WithdrawSubmission,
            *(e.SubmissionWithdrawn, l.ProjectUnlisted),
            when=(*WITH_PROJECT, SUBMITTED),
            by=approval.withdraw,
            reads=reads.reads_submission,
        ),
        _row(
            s.RecordDecision,
            *(e.DecisionRecorded, l.LineDecided, p.ProjectDecided, a.FundsCommitted),
            who=RECORDERS,
            when=(*WITH_PROJECT, SUBMITTED, NOT_DELIVERED),
            by=approval.record_decision,
            reads=reads.reads_submission,
            follows=again.follows_fundings,
        ),
        _row(
            s.AppealRejection,
            *(e.RejectionAppealed, l.ProjectListed),
            when=(*WITH_PROJECT, REJECTED, NOT_APPEALED),
            by=approval.appeal,
            reads=reads.reads_to_submit,
            follows=again.follows_fundings,
        ),
        _row(
            s.ChangeProject,
            *(e.ProjectChanged, p.PlanRevised),
            who=SUPERVISORS,
            when=(*WITH_APPROVAL, NOTHING_ORDERED),
            by=plan.change,
            reads=reads.reads_project,
            left_out=LABELS_APART,
        ),
        _row(
            s.ConfirmApproval,
            e.ApprovalConfirmed,
            who=SUPERVISORS,
            when=(*WITH_APPROVAL, NOT_ORDERED),
            by=approval.confirm,
        ),
        _row(
            s.SignUndertaking,
            e.UndertakingSigned,
            when=(*WITH_APPROVAL, FREE, UNSIGNED),
            by=approval.sign_undertaking,
        ),
    ),
)

END_OF_APPROVAL = Asking(
    _row(
        s.EndApproval,
        *(e.ApprovalEnded, p.ProjectApprovalEnded, a.ApprovalSettled, a.FundsFreed),
        c.BeneficiaryUnlisted,
        who=SUPERVISORS,
        when=(*WITH_APPROVAL, NOT_DELIVERED),
        by=delivery.end_approval,
        reads=reads.reads_all,
        follows=follows_funders,
    ),
    e.ApprovalEndRequested,
)

EQUIPMENT_DELIVERY = Part(
    "equipment_delivery",
    (
        _row(
            s.DropItems,
            *(e.EquipmentDropped, p.ItemsDropped, a.ApprovalSettled, a.FundsFreed),
            who=SUPERVISORS,
            when=(*WITH_APPROVAL, NOT_DELIVERED),
            by=delivery.drop,
            reads=reads.reads_all,
            follows=follows_funders,
        ),
        _row(
            s.ReplaceItem,
            *(e.EquipmentReplaced, p.ItemReplaced),
            who=SUPERVISORS,
            when=(*WITH_APPROVAL, NOT_DELIVERED),
            by=change.replace_item,
            reads=reads.reads_all,
            left_out={"by.label": "stands in `label`, apart from what is public of an item"},
        ),
        _row(
            s.RecordOwnPart,
            *(e.OwnPartRecorded, p.OwnPartPaid),
            when=(*ON_TRACK, PROJECT),
            by=change.record_own_part,
            reads=reads.reads_all,
        ),
        _row(
            s.GiveBackOwnPart,
            *(e.OwnPartGivenBack, p.OwnPartReturned),
            who=SUPERVISORS,
            when=(*ON_TRACK, PROJECT),
            by=change.give_back_own_part,
            reads=reads.reads_all,
        ),
        _row(
            s.PlaceOnCeremony,
            *(e.PlacedOnCeremony, e.TakenOffCeremony, c.LineReplaced, c.BeneficiaryListed),
            when=(*WITH_UNDERTAKING, RECEIVED, NOT_DELIVERED, NOT_LISTED),
            by=ceremony.place_on_ceremony,
            reads=ceremony.reads_to_place,
            left_out={"replaces": "is the case of the line that `LineReplaced` names"},
        ),
        _row(
            s.TakeOffCeremony,
            *(e.TakenOffCeremony, c.BeneficiaryUnlisted),
            when=(*ON_TRACK, LISTED),
            by=ceremony.take_off_ceremony,
            reads=reads.reads_all,
        ),
        _row(
            s.AddMissingLine,
            *(e.MissingLineAdded, c.BeneficiaryListed, c.LineConfirmed),
            who=SUPERVISORS,
            when=(*WITH_UNDERTAKING, NOT_LISTED),
            by=ceremony.add_missing_line,
            reads=reads.reads_ceremony_named,
        ),
        _row(
            s.ConfirmDelivery,
            *(e.DeliveryConfirmed, p.ItemsDelivered, a.FundsDelivered),
            *(a.ApprovalSettled, a.FundsFreed, c.LineConfirmed),
            when=(*WITH_UNDERTAKING, FREE_OR_FAMILY, RECEIVED, NOT_DELIVERED),
            by=delivery.confirm_delivery,
            reads=reads.reads_all,
            follows=follows_funders,
            whose=ceremony.of_its_ceremony_too,
        ),
        asks(END_OF_APPROVAL),
        _row(s.FormaliseBusiness, e.BusinessFormalised, when=WITH_APPROVAL),
    ),
)

FOLLOW_UP = Part(
    "follow_up",
    (
        _row(
            s.RecordVisit,
            *(e.VisitRecorded, p.ProjectVisited),
            when=VISITED,
            by=follow_up.record_visit,
            reads=reads.reads_handed_over,
        ),
        _row(s.RescheduleVisit, e.VisitRescheduled, when=VISITED, by=follow_up.reschedule_visit),
        _row(
            s.RaiseProblem,
            e.ProblemRaised,
            when=VISITED,
            by=problems.raise_problem,
            reads=reads.reads_handed_over,
        ),
        _row(
            s.DecideProblem,
            e.ProblemDecided,
            who=SUPERVISORS,
            when=WITH_PROBLEM,
            by=problems.decide_problem,
        ),
        _row(
            s.RecordRecovery,
            *(e.RecoveryRecorded, p.ItemsRecovered, p.HolderRefunded),
            *(a.FundsRecovered, a.FundsFreed),
            who=SUPERVISORS | {Role.DIVISION},
            when=WITH_PROBLEM,
            by=recovery.record_recovery,
            reads=reads.reads_problem,
            follows=follows_funders,
        ),
        _row(s.ResolveProblem, e.ProblemResolved, when=WITH_PROBLEM, by=problems.resolve_problem),
    ),
)
