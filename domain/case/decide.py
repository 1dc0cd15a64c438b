"""The rules of a case's own steps, read as the programme states them."""

from datetime import date
from uuid import UUID

from domain.beneficiary import events as b
from domain.beneficiary.family import family, has_open_case
from domain.beneficiary.state import BeneficiaryState
from domain.beneficiary.whose import require_followed_in
from domain.case import events as e
from domain.case import steps as s
from domain.case.ending import require_ended_so
from domain.case.moment import day_of
from domain.case.reviewing import require_to_hold
from domain.case.schedule import ReviewKind
from domain.case.state import CaseState
from domain.errors import NotAllowed, Refused
from domain.message import Command, Event, StreamKind, stream_id
from domain.reference.events import ReferenceGiven
from domain.reference.state import reference, references_of
from domain.registry.state import REGISTRY, require_centre_open
from domain.staff.state import DIRECTORY
from domain.steps.checks import born_by, known, not_before
from domain.steps.handling import Context, Events, Roles, World
from domain.steps.recording import echo
from domain.steps.roles import BENEFICIARY, CASE, CENTRES, REFERENCES, STAFF


def reads_to_open(command: Command, _state: CaseState) -> Roles:
    """Opening looks at the beneficiary, the centres and the staff, and takes a reference."""
    step = command.step
    assert isinstance(step, s.OpenCase)  # noqa: S101 - the table pairs them
    person = stream_id(StreamKind.BENEFICIARY, step.beneficiary_id)
    references = references_of(step.centre, step.occurred_on)
    return {BENEFICIARY: person, CENTRES: REGISTRY, STAFF: DIRECTORY, REFERENCES: references}


def reads_staff(_command: Command, _state: CaseState) -> Roles:
    return {STAFF: DIRECTORY}


def reads_beneficiary(_command: Command, state: CaseState) -> Roles:
    if state.beneficiary_id is None:
        return {}
    return {BENEFICIARY: stream_id(StreamKind.BENEFICIARY, state.beneficiary_id)}


def reads_to_reopen(command: Command, state: CaseState) -> Roles:
    return {CENTRES: REGISTRY, **reads_beneficiary(command, state)}


def open_case(world: World, step: s.OpenCase, ctx: Context) -> Events:
    """One beneficiary, one open case, in a centre that serves the province."""
    person = world.beneficiary
    if not person.exists:
        raise Refused("beneficiary_not_found")
    if ctx.actor.centre not in (None, step.centre):
        raise NotAllowed("other_centre")
    require_centre_open(world.registry, step.centre, step.occurred_on)
    require_followed_in(step.centre, person, world.registry)
    _require_usable(person)
    if any(each.died_on is not None for _, each in family(world)):
        raise Refused("person_died", date=str(step.occurred_on))
    if person.merged_into is not None:
        raise Refused("person_merged")
    if has_open_case(world):
        raise Refused("beneficiary_has_open_case")
    born_by(step.occurred_on, person.born)
    not_before(step.occurred_on, person.closed_on)
    if not world.registry.serves(step.centre, step.province, step.occurred_on):
        raise Refused("centre_does_not_serve", centre=step.centre, province=step.province)
    require_guardian(person, step.occurred_on)
    require_caseworker(world, step.caseworker, step.centre)
    number = world.references.last + 1
    rules = world.registry.rules_on(step.occurred_on)
    opened = e.CaseOpened(
        reference=reference(world.registry.centres[step.centre].code, step.occurred_on, number),
        beneficiary_id=step.beneficiary_id,
        route=step.route,
        centre=step.centre,
        province=step.province,
        commune=step.commune,
        caseworker=step.caseworker,
        consent=step.consent,
        given_as=step.given_as,
        witness=step.witness,
        rules_version=rules.version,
        rules_terms=rules.terms,
        born=person.born,
    )
    return [
        (CASE, opened),
        (REFERENCES, ReferenceGiven(number=number)),
        (BENEFICIARY, b.CaseLinked(case_id=ctx.name, centre=step.centre)),
    ]


def require_guardian(person: BeneficiaryState, day: date) -> None:
    """While the person is a minor it is known who answers for them."""
    of_age = person.of_age_on
    if of_age is not None and day < of_age and not person.has_guardian:
        raise Refused("guardian_missing")


def require_caseworker(world: World, caseworker: UUID, centre: str) -> None:
    """Raises `Refused` unless they work in the centre: who left takes no case any more."""
    if not world.staff.works_in(caseworker, centre):
        raise Refused("caseworker_not_in_centre", centre=centre)


def assign(world: World, step: s.AssignCaseworker, _: Context) -> Event:
    """In the case's centre; not before the day on which it came there."""
    not_before(step.occurred_on, world.case.referrals.moved_on)
    require_caseworker(world, step.caseworker, known(world.case.centre))
    return echo(e.CaseworkerAssigned, step)


def rule_on_eligibility(world: World, step: s.RuleOnEligibility, _: Context) -> Event:
    named = [ruling.criterion for ruling in step.criteria]
    if len(set(named)) < len(named):
        raise Refused("criterion_repeated")
    if step.eligible and not any(ruling.met for ruling in step.criteria):
        raise Refused("eligible_without_criterion")
    if not step.eligible and any(track.money_open for track in world.case.tracks.values()):
        raise Refused("approval_still_open")
    return echo(e.EligibilityRuled, step)


def record_education(world: World, step: s.RecordEducation, _: Context) -> Event:
    born_by(step.started_on, world.beneficiary.born)
    not_before(step.occurred_on, step.started_on)
    return echo(e.EducationRecorded, step)


def record_pre_release_review(world: World, step: s.RecordPreReleaseReview, ctx: Context) -> Event:
    if step.review is not None:
        kind = ReviewKind.PRE_RELEASE
        require_to_hold(world.case, step.review, kind, step.occurred_on, ctx)
    return echo(e.PreReleaseReviewRecorded, step)


def close_case(world: World, step: s.CloseCase, ctx: Context) -> Events:
    require_ended_so(world.case, step, ctx.actor)
    not_before(step.occurred_on, world.case.worked_last)
    unlinked = b.CaseUnlinked(case_id=ctx.name)
    return [(CASE, echo(e.CaseClosed, step)), (BENEFICIARY, unlinked)]


def _require_usable(person: BeneficiaryState) -> None:
    """Nothing more is recorded of an erased person, nor of a restricted one."""
    if person.erased:
        raise Refused("erased")
    if person.restricted:
        raise Refused("person_restricted")


def reopen_case(world: World, step: s.ReopenCase, ctx: Context) -> Events:
    """An old case of somebody who is another centre's since stays closed."""
    centre = known(world.case.centre)
    require_followed_in(centre, world.beneficiary, world.registry)
    _require_usable(world.beneficiary)
    require_centre_open(world.registry, centre, step.occurred_on)
    if world.case.set_aside_for is None and has_open_case(world):
        raise Refused("beneficiary_has_open_case")
    not_before(step.occurred_on, day_of(world.case.turned))
    not_before(step.occurred_on, world.beneficiary.closed_on)
    linked = b.CaseLinked(case_id=ctx.name, centre=centre)
    return [(CASE, echo(e.CaseReopened, step)), (BENEFICIARY, linked)]
