"""The steps of custody, in their order: who, when, and what each makes."""

from domain.case import decide as care
from domain.case import events as c
from domain.case import steps as cs
from domain.case.custody import decide
from domain.case.custody import events as e
from domain.case.custody import steps as s
from domain.case.custody.evolve import can_return, revocable
from domain.case.path import AT_WORK, STAFF
from domain.case.vocabulary import Route
from domain.steps.conditions import life
from domain.steps.table import Part, row

DETAINED = life("not_in_detention", lambda case: case.custody.in_detention)
BOUND = life(
    "episode_not_running", lambda case: any(each.running for each in case.custody.episodes)
)
CUSTODY_KNOWN = life(
    "detention_not_recorded",
    lambda case: case.route is Route.AFTER_RELEASE or bool(case.custody.episodes),
)
"""Somebody who came after a release may tell of nothing else than that they left."""
CAN_LEAVE = life(
    "not_in_detention", lambda case: case.custody.in_detention or not case.custody.episodes
)
PREPARED = life(
    "conditional_release_not_prepared",
    lambda case: case.custody.detention is not None and case.custody.detention.prepared is not None,
)
REVOCABLE = life("nothing_to_breach", lambda case: revocable(case.custody) is not None)
CAN_RETURN = life("nothing_to_return_from", lambda case: can_return(case.custody))

IN_CUSTODY = (*AT_WORK, DETAINED)

CUSTODY = Part(
    "custody",
    (
        row(
            s.BeginDetention,
            e.DetentionBegun,
            who=STAFF,
            when=AT_WORK,
            by=decide.begin_detention,
            reads=care.reads_beneficiary,
        ),
        row(
            s.BeginAlternativePenalty,
            e.AlternativePenaltyBegun,
            who=STAFF,
            when=AT_WORK,
            by=decide.begin_penalty,
            reads=care.reads_beneficiary,
        ),
        row(
            s.RecordPenaltyHours,
            e.PenaltyHoursRecorded,
            who=STAFF,
            when=(*AT_WORK, BOUND),
            by=decide.record_hours,
        ),
        row(
            s.PlaceInChildProtection,
            e.PlacedInChildProtection,
            who=STAFF,
            when=AT_WORK,
            by=decide.place_in_child_protection,
            reads=care.reads_beneficiary,
        ),
        row(
            s.RecordPrisonTransfer,
            e.PrisonTransferRecorded,
            who=STAFF,
            when=IN_CUSTODY,
        ),
        row(
            s.ChangeExpectedEnd,
            e.ExpectedEndChanged,
            who=STAFF,
            when=(*AT_WORK, BOUND),
            by=decide.change_expected_end,
        ),
        row(
            s.RecordPardon,
            e.PardonRecorded,
            who=STAFF,
            when=(*AT_WORK, BOUND),
            by=decide.record_pardon,
        ),
        row(
            cs.RecordEducation,
            c.EducationRecorded,
            who=STAFF,
            when=IN_CUSTODY,
            by=care.record_education,
            reads=care.reads_beneficiary,
        ),
        row(
            cs.RecordPreReleaseReview,
            c.PreReleaseReviewRecorded,
            who=STAFF,
            when=IN_CUSTODY,
            by=care.record_pre_release_review,
        ),
        row(
            s.RecordExitPermit,
            e.ExitPermitRecorded,
            who=STAFF,
            when=IN_CUSTODY,
            by=decide.record_exit_permit,
        ),
        row(
            s.PrepareConditionalRelease,
            e.ConditionalReleasePrepared,
            who=STAFF,
            when=IN_CUSTODY,
            by=decide.prepare_conditional,
        ),
        row(
            s.AnswerConditionalRelease,
            e.ConditionalReleaseAnswered,
            who=STAFF,
            when=(*IN_CUSTODY, PREPARED),
        ),
        row(
            s.RecordRelease,
            e.ReleaseRecorded,
            who=STAFF,
            when=(*AT_WORK, CUSTODY_KNOWN, CAN_LEAVE),
            by=decide.record_release,
            reads=care.reads_beneficiary,
        ),
        row(
            s.EndEpisode,
            e.EpisodeEnded,
            who=STAFF,
            when=(*AT_WORK, BOUND),
            by=decide.end_episode,
        ),
        row(
            s.RecordBreach,
            e.BreachRecorded,
            who=STAFF,
            when=(*AT_WORK, REVOCABLE),
        ),
        row(
            s.ReturnToDetention,
            e.ReturnedToDetention,
            who=STAFF,
            when=(*AT_WORK, CAN_RETURN),
            by=decide.return_to_detention,
        ),
    ),
)
