"""An opening told anew: its day, its route, where they live, the consent.

Whose case it is, and of which centre, stands in its reference and in all that was made of it since:
a case opened for the wrong person is closed as opened in error.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

from domain.beneficiary import events as b
from domain.case import decide
from domain.case import events as c
from domain.case.steps import OpenCase
from domain.errors import Refused
from domain.folds.order import in_order
from domain.mending.entries import Entry
from domain.message import Recorded, Role, name_of
from domain.resting import Fallen, listed
from domain.steps.checks import born_by, not_before
from domain.steps.handling import Events, World
from domain.steps.roles import BENEFICIARY, CASE
from domain.tracks.parts import ENTERED

KEPT = ("beneficiary_id", "centre", "caseworker")
"""What a correction leaves as it is."""


def opened_anew(
    world: World,
    step: OpenCase,
    entry: Entry,
    case: Sequence[Recorded],
    person: Sequence[Recorded],
) -> Events:
    """With the reference it has. Raises `Refused` where it could not have been opened so."""
    was = next(each.event for each in entry.events if isinstance(each.event, c.CaseOpened))
    if any(getattr(step, name) != getattr(was, name) for name in KEPT):
        raise Refused("opening_of_another", entry=entry.number)
    day = step.occurred_on
    if not world.registry.serves(step.centre, step.province, day):
        raise Refused("centre_does_not_serve", centre=step.centre, province=step.province)
    born_by(day, world.beneficiary.born)
    decide.require_guardian(world.beneficiary, day)
    not_before(day, _closed_before(person, entry))
    earlier = tuple(_before(day, case))
    if earlier:
        raise Refused("rests_on_it", entries=listed(earlier), count=len(earlier))
    told = {name: getattr(step, name) for name in ("route", "province", "commune", "consent")}
    opened = c.CaseOpened.model_validate({**dict(was), **told, "born": world.beneficiary.born})
    linked = b.CaseLinked(case_id=UUID(name_of(world.ids[CASE])), centre=step.centre)
    return [(CASE, opened), (BENEFICIARY, linked)]


def _closed_before(person: Sequence[Recorded], entry: Entry) -> date | None:
    """The day on which the person's case before this one was closed."""
    began = next(
        (each for each in person if each.envelope.command_id == entry.about.command_id), None
    )
    closed = [
        each.envelope.occurred_on
        for each in in_order(person)
        if isinstance(each.event, b.CaseUnlinked)
        and began is not None
        and each.envelope.version < began.envelope.version
    ]
    return max(closed, default=None)


def _before(day: date, case: Sequence[Recorded]) -> Iterator[Fallen]:
    """What was done in the case before it would have been opened."""
    for each in in_order(case)[1:]:
        row = ENTERED.get(each.envelope.step)
        of_the_house = each.envelope.actor.role is Role.TIMER or row is None
        if (
            not of_the_house
            and row
            and not row.step.may_precede
            and each.envelope.occurred_on < day
        ):
            yield Fallen(each, frozenset({"case_not_found"}))
