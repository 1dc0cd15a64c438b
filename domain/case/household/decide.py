"""The rules of the household: who is told of lives there on that day."""

from datetime import date
from uuid import UUID

from domain.case.household import events as e
from domain.case.household import steps as s
from domain.case.household.state import lives_there
from domain.case.naming_one import meant
from domain.case.vocabulary import ContactOutcome
from domain.errors import Refused
from domain.message import Event, derived_id
from domain.steps.handling import Context, World
from domain.steps.recording import echo

OLDEST = date(1900, 1, 1)
CODES = ("member_not_found", "member_left")


def add_member(_: World, step: s.AddHouseholdMember, ctx: Context) -> Event:
    if step.birth_year is not None and step.birth_year > step.occurred_on.year:
        latest = str(step.occurred_on)
        raise Refused("birth_date_impossible", earliest=str(OLDEST), latest=latest)
    return echo(e.HouseholdMemberAdded, step, member_id=derived_id(ctx.command_id, "member"))


def record_left(world: World, step: s.RecordMemberLeft, _: Context) -> Event:
    return echo(e.HouseholdMemberLeft, step, member_id=_meant(world, step))


def record_contact(world: World, step: s.RecordFamilyContact, _: Context) -> Event:
    if step.outcome is ContactOutcome.THROUGH_RELATIVE:
        raise Refused("relative_of_a_relative")
    return echo(e.FamilyContactRecorded, step, member_id=_meant(world, step))


def _meant(world: World, step: s.OnMember) -> UUID:
    return require_member(world, step.member_id) or meant(
        world, lambda case: case.household, lives_there, None, CODES
    )


def require_member(world: World, member_id: UUID | None) -> UUID | None:
    """Raises `Refused` unless who is named, if anybody, is of the household on the step's day."""
    if member_id is None:
        return None
    return meant(world, lambda case: case.household, lives_there, member_id, CODES)
