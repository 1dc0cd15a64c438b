"""The rules of a beneficiary's identity."""

from datetime import date

from domain.beneficiary import events as e
from domain.beneficiary import steps as s
from domain.beneficiary.state import born_on
from domain.errors import Refused
from domain.message import Event
from domain.steps.checks import born_by
from domain.steps.handling import Context, World
from domain.steps.recording import echo

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


def register(_: World, step: s.RegisterBeneficiary, ctx: Context) -> Event:
    _check_identity(step, ctx)
    return echo(e.BeneficiaryRegistered, step)


def change_details(_: World, step: s.ChangeDetails, ctx: Context) -> Event:
    _check_identity(step, ctx)
    return echo(e.DetailsChanged, step)
