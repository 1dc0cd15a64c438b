"""Whom a complaint is about, and who therefore never sees it.

It is about who is named in it; about whoever has the case that it is about, or ever had it before it was
filed, and who stood in for them then or does today; and where it names a centre, about everybody of that
centre. To all of them it does not exist: they are told what is told of a complaint that was never filed.
Of the others a caseworker sees those that they
handle or took down, a coordinator those of the centre, the division and the auditor all. One that is
about a coordinator, a centre, or another centre's staff is the division's.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from domain.case.state import CaseState
from domain.complaint.state import ComplaintState
from domain.errors import Refused
from domain.message import Actor, Role
from domain.staff.state import StaffState
from domain.steps.handling import World
from domain.steps.roles import CASE


@dataclass(frozen=True, slots=True)
class Sight:
    """What decides whether somebody sees a complaint."""

    complaint: ComplaintState
    caseworker: UUID | None
    """Who has the case it is about, today."""
    stand_in: frozenset[UUID] = frozenset()
    """Who stands in for them today."""
    raised_to: Role | None = None
    """Who has it beside its handler, because it is late."""

    def is_about(self, staff_id: UUID, centre: str | None) -> bool:
        if staff_id in self.complaint.concerned or staff_id == self.caseworker:
            return True
        if staff_id in self.stand_in:
            return True
        return centre is not None and centre == self.complaint.about_centre

    def is_seen_by(self, actor: Actor) -> bool:
        if self.is_about(actor.id, actor.centre):
            return False
        if actor.role in (Role.DIVISION, Role.AUDITOR):
            return True
        if actor.id == self.complaint.handler:
            return True
        if actor.centre is None or actor.centre != self.complaint.centre:
            return False
        if actor.role is Role.COORDINATOR:
            return not self.complaint.of_division
        return actor.id == self.complaint.taken_by

    def is_read_by(self, actor: Actor) -> bool:
        """Whether they read its words too: of the division whoever has it, also for it is late."""
        if actor.role is not Role.DIVISION:
            return self.is_seen_by(actor)
        has = self.complaint.of_division or self.raised_to is Role.DIVISION
        mine = has or actor.id == self.complaint.handler
        return mine and self.is_seen_by(actor)


def sight_of(world: World, state: ComplaintState, today: date) -> Sight:
    case = world.case if CASE in world.states else None
    return sight(state, case, world.staff, today)


def sight(state: ComplaintState, case: CaseState | None, staff: StaffState, today: date) -> Sight:
    """Of a complaint, with the case that it is about and the directory."""
    if case is None or case.caseworker is None:
        return Sight(state, None)
    return Sight(state, case.caseworker, staff.delegates_of(case.caseworker, today))


def seen_alone(world: World, state: Any, actor: Actor, today: date) -> None:
    """Raises `Refused` as of a complaint that does not exist, for whoever does not see it."""
    if not state.exists or not sight_of(world, state, today).is_seen_by(actor):
        raise Refused("complaint_not_found")
