"""What an order's rules read: the projects on its lines, their cases, and who funds them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.case.state import CaseState
from domain.errors import NotAllowed, Refused
from domain.message import Actor, Command, StreamKind, stream_id
from domain.order.state import OrderState
from domain.order.steps import AssignLine, PlaceOrder
from domain.project.funders import follows_funders
from domain.project.state import ProjectState
from domain.steps.handling import Roles, World, of_its_centre
from domain.steps.roles import StreamRole, numbered
from domain.tracks.self_employment.state import SelfEmployment


def reads_projects(command: Command, order: OrderState) -> Roles:
    """The projects of the lines the step names, or that it orders."""
    step = command.step
    if isinstance(step, PlaceOrder):
        return _numbered(StreamKind.PROJECT, (line.project_id for line in step.lines))
    named = [n for n in _named(step, order) if n in order.lines]
    taker = [step.project_id] if isinstance(step, AssignLine) else []
    return _numbered(
        StreamKind.PROJECT, [*(order.lines[number].project_id for number in named), *taker]
    )


def _named(step: object, order: OrderState) -> Iterator[int]:
    """The lines a step is about; those of its payment or refund where it names one."""
    payment = order.payments.get(getattr(step, "payment", 0))
    refund = order.refunds.get(getattr(step, "refund", 0))
    for sums in (payment, refund):
        yield from sums.lines if sums is not None else ()
    line = getattr(step, "line", None)
    if line is not None:
        yield line
    for each in getattr(step, "lines", ()):
        yield each if isinstance(each, int) else each.line


def follows_cases(world: World) -> Roles:
    """The cases of those who hold the projects, and the agreements that pay."""
    holders = [
        state.holders[0].case_id
        for state in world.states.values()
        if isinstance(state, ProjectState) and state.holders
    ]
    return {**_numbered(StreamKind.CASE, holders), **follows_funders(world)}


def of_its_lines(world: World, order: OrderState, actor: Actor, today: date) -> None:
    """Of the centre that placed it, but for a line that went to another centre's holder: that is theirs.

    Raises `NotAllowed`; where the lines are of several centres the division acts.
    """
    if actor.centre is None:
        return
    cases = [state for state in world.states.values() if isinstance(state, CaseState)]
    if not cases:
        of_its_centre(world, order, actor, today)
    elif any(case.centre != actor.centre for case in cases):
        own = actor.centre == order.centre or any(c.centre == actor.centre for c in cases)
        raise NotAllowed("line_of_another_centre" if own else "other_centre")


def _numbered(kind: StreamKind, names: Iterable[UUID]) -> Roles:
    return {
        numbered(kind, number): stream_id(kind, name)
        for number, name in enumerate(sorted(set(names)), 1)
    }


@dataclass(frozen=True, slots=True)
class Held:
    """A project on a line, with the case and the track it is held in."""

    project_id: UUID
    project_role: StreamRole[ProjectState]
    project: ProjectState
    case_id: UUID
    case_role: StreamRole[CaseState]
    case: CaseState
    track_id: UUID | None
    """None once the track has left the project behind."""


def held(world: World, project_id: UUID) -> Held:
    """Raises `Refused` for a project that nobody holds."""
    role = world.role_of(StreamKind.PROJECT, project_id)
    project: ProjectState = world[role]
    if not project.holders:
        raise Refused("project_not_found")
    case_id = project.holders[0].case_id
    case_role = world.role_of(StreamKind.CASE, case_id)
    case: CaseState = world[case_role]
    return Held(project_id, role, project, case_id, case_role, case, _track_of(case, project_id))


def _track_of(case: CaseState, project_id: UUID) -> UUID | None:
    for track_id, track in case.tracks.items():
        if isinstance(track, SelfEmployment) and track.project_id == project_id:
            return track_id
    return None
