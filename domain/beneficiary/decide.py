"""The rules of a beneficiary's identity."""

from datetime import date

from domain.beneficiary import events as e
from domain.beneficiary import steps as s
from domain.beneficiary.family import cases_of, family, follows_their_cases
from domain.beneficiary.known import follows_holders, release_number, take_numbers
from domain.beneficiary.state import born_on
from domain.errors import Refused
from domain.numbers.marks import normal
from domain.steps.checks import born_by
from domain.steps.handling import Context, Events, Roles, World
from domain.steps.recording import echo
from domain.steps.roles import BENEFICIARY

OLDEST_BIRTH = date(1900, 1, 1)


def _check_identity(step: s.Identity, ctx: Context) -> None:
    if step.name_ar is None and step.name_latin is None:
        raise Refused("name_missing")
    if step.birth_date is not None and not OLDEST_BIRTH <= step.birth_date < ctx.today:
        raise Refused("birth_date_impossible", earliest=str(OLDEST_BIRTH), latest=str(ctx.today))
    if step.birth_year is not None and step.birth_year >= ctx.today.year:
        raise Refused("birth_date_impossible", earliest=str(OLDEST_BIRTH), latest=str(ctx.today))
    born = born_on(step.birth_date, step.birth_year)
    born_by(step.occurred_on, born)
    _check_paper(step.identity, born)


def _check_paper(paper: s.IdentityPaper | None, born: date | None) -> None:
    if paper is not None and paper.expires_on is not None:
        born_by(paper.expires_on, born)


def register(world: World, step: s.RegisterBeneficiary, ctx: Context) -> Events:
    _check_identity(step, ctx)
    registered = echo(e.BeneficiaryRegistered, step)
    return [(BENEFICIARY, registered), *take_numbers(world, ctx.actor, step.anyway_because)]


def follows_to_change(world: World) -> Roles:
    """Who has the step's numbers, and the person's cases, which ask their age."""
    return {**follows_holders(world), **follows_their_cases(world)}


def change_details(world: World, step: s.ChangeDetails, ctx: Context) -> Events:
    _check_paper(step.identity, world.then_in(BENEFICIARY).born)
    changed = echo(e.DetailsChanged, step)
    return [(BENEFICIARY, changed), *take_numbers(world, ctx.actor, step.anyway_because)]


def correct_identity(world: World, step: s.CorrectIdentity, ctx: Context) -> Events:
    """Never refused for what it makes wrong: that is a finding. The explanation answers for a
    number that is somebody's already; one that was told in error is free again.
    """
    _check_identity(step, ctx)
    if step.no_paper and step.identity is not None:
        raise Refused("paper_and_none")
    return [
        (BENEFICIARY, echo(e.IdentityCorrected, step)),
        *take_numbers(world, ctx.actor, step.explanation),
        *_release_wrong(world, step),
        *tell_birth(world, step),
    ]


def _release_wrong(world: World, step: s.CorrectIdentity) -> Events:
    """The number that was told last, where it is said to be another or none."""
    wrong = world.then_in(BENEFICIARY).paper
    if step.identity is None:
        return release_number(world, wrong) if step.no_paper else []
    return [] if normal(step.identity.number) == wrong else release_number(world, wrong)


def tell_birth(world: World, step: s.Identity) -> Events:
    """What each case of the person must know, where it knew of another day.

    What is told late, of a day before the last of which it was told who they are, is not the present.
    """
    person, born = world.beneficiary, born_on(step.birth_date, step.birth_year)
    if person.identified_on is not None and step.occurred_on < person.identified_on:
        born = person.born
    cases = (role for _, person in family(world) for role in cases_of(world, person))
    return [(role, e.BirthDateKnown(born=born)) for role in cases if world[role].born != born]
