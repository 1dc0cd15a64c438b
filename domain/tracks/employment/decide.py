"""The rules of the employment track."""

from uuid import UUID

from domain.case.consents.uses import require_employers_told
from domain.case.moment import day_of
from domain.case.reviewing import require_to_hold, require_to_move
from domain.case.rolling import standing_name
from domain.case.schedule import ReviewKind
from domain.case.state import CaseState
from domain.errors import Refused
from domain.message import Event, derived_id
from domain.steps.checks import known, not_after, not_before
from domain.steps.handling import Context, World
from domain.steps.recording import echo
from domain.tracks.employment import events as e
from domain.tracks.employment import steps as s
from domain.tracks.employment.state import Employment, Placement, find_employment
from domain.tracks.employment.vocabulary import EMPLOYER_HEARS, EmployerKind, PlacementFound


def record_application(world: World, step: s.RecordApplication, ctx: Context) -> Event:
    _require_employer(step)
    _require_told(world, told=step.employer_told)
    return echo(e.ApplicationMade, step, application_id=derived_id(ctx.command_id, "application"))


def answer_application(world: World, step: s.AnswerApplication, _: Context) -> Event:
    """Each once; where only one waits it need not be named."""
    track = _track(world.case)
    named = step.application_id or _only(track.waiting)
    application = track.applications.get(named)
    if application is None:
        raise Refused("application_unknown")
    if application.answer is not None:
        raise Refused("application_answered")
    not_before(step.occurred_on, application.made.on)
    return echo(e.ApplicationAnswered, step, application_id=named)


def record_hire(world: World, step: s.RecordHire, _: Context) -> Event:
    _require_employer(step)
    _require_told(world, told=step.employer_told)
    return echo(e.Hired, step)


def review_placement(world: World, step: s.ReviewPlacement, ctx: Context) -> Event:
    """Of the job the person was in by that day; whoever left it is not found in it any more."""
    job = _job(world)
    not_before(step.occurred_on, job.hired.on)
    _require_told(world, told=step.heard_from in EMPLOYER_HEARS)
    there = step.found is PlacementFound.STILL_EMPLOYED
    if there and job.ended is not None and job.ended.on <= step.occurred_on:
        raise Refused("placement_ended")
    if step.review is not None:
        _require_of_that_job(world, step.review)
        require_to_hold(world.case, step.review, ReviewKind.PLACEMENT, step.occurred_on, ctx)
    return echo(e.PlacementReviewed, step)


def reschedule_review(world: World, step: s.ReschedulePlacementReview, ctx: Context) -> Event:
    """Of the job the person is in by that day, as every review inside its window."""
    not_before(step.occurred_on, _job(world).hired.on)
    _require_of_that_job(world, step.review)
    require_to_move(world.case, step.review, ReviewKind.PLACEMENT, step, ctx)
    return echo(e.PlacementReviewRescheduled, step)


def _require_of_that_job(world: World, review: str) -> None:
    """Raises `Refused` where the review named is an earlier job's, or a later one's."""
    if standing_name(world.then, review) != review:
        raise Refused("review_not_outstanding", review=review)


def end_placement(world: World, step: s.EndPlacement, _: Context) -> Event:
    """Between when they were last found there, and when they were not found any more."""
    job = _job(world)
    if job.end_told:
        raise Refused("placement_ended")
    not_before(step.occurred_on, day_of(job.found))
    if job.ended is not None:
        not_after(step.occurred_on, job.ended.on)
    return echo(e.PlacementEnded, step)


def _require_employer(step: s.RecordApplication | s.RecordHire) -> None:
    """A partner company is one of the registry; any other employer has a name at most."""
    partner = step.employer is EmployerKind.PARTNER
    if partner != (step.company is not None) or (partner and step.employer_name is not None):
        raise Refused("company_missing_or_superfluous")


def _require_told(world: World, *, told: bool) -> None:
    """An employer knows nothing of the accompaniment without the person's consent."""
    if told:
        require_employers_told(world)


def _only(waiting: list[UUID]) -> UUID:
    if len(waiting) != 1:
        raise Refused("application_not_named" if waiting else "application_unknown")
    return waiting[0]


def _track(case: CaseState) -> Employment:
    return known(find_employment(case))


def _job(world: World) -> Placement:
    """The last one by the step's own day, with what is known of it now."""
    number = len(_track(world.then).placements)
    return _track(world.case).placements[number - 1]
