"""The rules of a beneficiary's identity."""

from datetime import date

from domain.beneficiary import events as e
from domain.beneficiary import steps as s
from domain.beneficiary.known import reads_numbers, take_numbers
from domain.beneficiary.state import BeneficiaryState, born_on
from domain.errors import Refused
from domain.message import Command, StreamKind, stream_id
from domain.steps.checks import born_by
from domain.steps.handling import Context, Events, Roles, World
from domain.steps.recording import echo
from domain.steps.roles import BENEFICIARY, StreamRole

CASE_OF = "persons_case_{}"
OLDEST_BIRTH = date(1900, 1, 1)


def _check_identity(step: s.RegisterBeneficiary, ctx: Context) -> None:
    if step.name_ar is None and step.name_latin is None:
        raise Refused("name_missing")
    if step.birth_date is not None and not OLDEST_BIRTH <= step.birth_date < ctx.today:
        raise Refused("birth_date_impossible", earliest=str(OLDEST_BIRTH), latest=str(ctx.today))
    if step.birth_year is not None and step.birth_year >= ctx.today.year:
        raise Refused("birth_date_impossible", earliest=str(OLDEST_BIRTH), latest=str(ctx.today))
    born = born_on(step.birth_date, step.birth_year)
    born_by(step.occurred_on, born)
    if step.identity is not None and step.identity.expires_on is not None:
        born_by(step.identity.expires_on, born)


def register(world: World, step: s.RegisterBeneficiary, ctx: Context) -> Events:
    _check_identity(step, ctx)
    registered = echo(e.BeneficiaryRegistered, step)
    return [(BENEFICIARY, registered), *take_numbers(world, ctx.actor, step.anyway_because)]


def reads_to_change(command: Command, state: BeneficiaryState) -> Roles:
    """The step's numbers, and the person's cases, which ask their age."""
    return {**reads_numbers(command, state), **_cases(state)}


def _cases(person: BeneficiaryState) -> Roles:
    """Apart from those of whoever has a number of the step already."""
    names = ((CASE_OF.format(number), case) for number, case in enumerate(person.cases, 1))
    return {
        StreamRole(name, StreamKind.CASE, answered=False): stream_id(StreamKind.CASE, case)
        for name, case in names
    }


def change_details(world: World, step: s.ChangeDetails, ctx: Context) -> Events:
    _check_identity(step, ctx)
    changed = echo(e.DetailsChanged, step)
    return [
        (BENEFICIARY, changed),
        *take_numbers(world, ctx.actor, step.anyway_because),
        *tell_birth(world, born_on(step.birth_date, step.birth_year)),
    ]


def tell_birth(world: World, born: date | None) -> Events:
    """What each case of the person must know, where it knew of another day."""
    if born == world.beneficiary.born:
        return []
    return [(role, e.BirthDateKnown(born=born)) for role in _cases(world.beneficiary)]
